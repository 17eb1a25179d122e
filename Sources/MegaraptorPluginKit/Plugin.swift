// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// A plugin: who it is and what it offers.
///
/// The kit asks for the lists once, after ``activate()``; handlers run concurrently, each in a task of its own that is
/// cancelled when nobody waits for the answer any more.
public protocol Plugin: Sendable {
    static var identity: PluginIdentity { get }

    /// Made once, when the library is opened. Must be quick: connections are made at the first call that needs them.
    init(host: HostServices) throws

    var tools: [Tool] { get }
    var resources: [Resource] { get }
    var resourceTemplates: [ResourceTemplate] { get }
    var prompts: [Prompt] { get }
    /// Ways to run tools that other plugins' manifests write without code.
    var runners: [Runner] { get }
    /// What other plugins may ask of this one, through the host.
    var providers: [Provider] { get }

    /// Runs before the first call. Throwing refuses the plugin with the error's words.
    func activate() async throws(MegaraptorError)

    /// Runs when service ends; calls still under way have been cancelled.
    func deactivate() async

    /// Proposes values for an argument of a prompt or a place of a resource template.
    func complete(_ request: CompletionRequest, context: CallContext) async throws(MegaraptorError) -> Completion

    /// Somebody listens to a resource now, for the first time or again: announce its changes by
    /// ``HostServices/resourceUpdated(_:)`` until ``unsubscribe(_:)``.
    func subscribe(_ uri: String) async throws(MegaraptorError)

    /// Nobody listens to the resource any more.
    func unsubscribe(_ uri: String) async throws(MegaraptorError)

    /// What is to be said of this plugin's state when somebody looks for a fault. Bounded in time by the host.
    func health(context: CallContext) async throws -> [HealthCheck]
}

extension Plugin {
    public var tools: [Tool] { [] }
    public var resources: [Resource] { [] }
    public var resourceTemplates: [ResourceTemplate] { [] }
    public var prompts: [Prompt] { [] }
    public var runners: [Runner] { [] }
    public var providers: [Provider] { [] }
    public func activate() async throws(MegaraptorError) {}
    public func deactivate() async {}

    public func complete(
        _ request: CompletionRequest,
        context: CallContext
    ) async throws(MegaraptorError) -> Completion {
        Completion(values: [])
    }

    public func subscribe(_ uri: String) async throws(MegaraptorError) {
        throw MegaraptorError(.unsupported, "This plugin announces no changes.")
    }

    public func unsubscribe(_ uri: String) async throws(MegaraptorError) {
        throw MegaraptorError(.unsupported, "This plugin announces no changes.")
    }

    public func health(context: CallContext) async throws -> [HealthCheck] { [] }
}

/// Who a plugin is. Must equal the manifest.
public struct PluginIdentity: Sendable, Hashable {
    /// Reverse DNS, such as `org.example.greeter`.
    public var id: String
    /// Semantic version.
    public var version: String
    /// The lowest minor version of the contract that a host must have.
    public var minimumHostMinor: UInt32

    /// `id` and `version` must be those of the manifest.
    public init(id: String, version: String, minimumHostMinor: UInt32 = 0) {
        self.id = id
        self.version = version
        self.minimumHostMinor = minimumHostMinor
    }
}
