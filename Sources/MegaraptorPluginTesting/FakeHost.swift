// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors
public import MegaraptorPluginKit
internal import Synchronization

/// A host for tests: answers a plugin from what the test sets, and keeps everything that the plugin says.
///
/// May be used from any thread. One host serves one plugin.
public final class FakeHost: Sendable {
    /// A line that the plugin wrote to the host's log.
    public struct LogLine: Sendable, Hashable {
        /// How grave the plugin calls it.
        public let level: HostServices.LogLevel
        /// The line's text.
        public let message: String

        /// A line to compare with.
        public init(level: HostServices.LogLevel, message: String) {
            self.level = level
            self.message = message
        }
    }

    /// How far the plugin says that a call has come.
    public struct Progress: Sendable, Hashable {
        /// What is done, in the plugin's own unit.
        public let done: Double
        /// What there is to do; `nil` where the plugin does not know.
        public let total: Double?
        /// What the plugin says to people.
        public let message: String
    }

    /// Answers one of the methods that a plugin asks of the host.
    public typealias Service = @Sendable (JSONValue) throws(MegaraptorError) -> JSONValue

    let record: Mutex<FakeHostRecord>

    /// - Parameters:
    ///   - config: the settings that operations gave the plugin.
    ///   - secrets: what operations keep for the plugin, by name.
    ///   - paths: the plugin's own folders; a plugin that asks for them where none are set is refused.
    public init(config: JSONValue = [:], secrets: [String: String] = [:], paths: JSONValue? = nil) {
        record = Mutex(FakeHostRecord(config: config, secrets: secrets, paths: paths))
    }

    /// Answers a method in a way of the test's own: `clock`, or one that this host has no answer for.
    public func answer(_ method: String, with service: @escaping Service) {
        record.withLock { $0.services[method] = service }
    }

    /// Answers questions to the person: message and form schema to `{action, content?}`.
    public func answerQuestions(with answer: @escaping @Sendable (String, JSONValue) -> JSONValue) {
        self.answer("elicit") { params throws(MegaraptorError) in
            answer(params["message"]?.stringValue ?? "", params["requestedSchema"] ?? [:])
        }
    }

    /// What the plugin has logged so far.
    public var log: [LogLine] { record.withLock { $0.log } }

    /// What the plugin has said of the progress of its calls so far.
    public var progress: [Progress] { record.withLock { $0.progress } }

    /// The addresses of resources whose content the plugin says has changed.
    public var updatedResources: [String] { record.withLock { $0.updatedResources } }

    /// What the plugin keeps over restarts. Set it to have the plugin find something.
    public var state: [String: JSONValue] {
        get { record.withLock { $0.state } }
        set { record.withLock { $0.state = newValue } }
    }
}

/// Everything a fake host knows.
struct FakeHostRecord {
    let config: JSONValue
    var secrets: [String: FakeHost.Kept]
    let paths: JSONValue?
    var services: [String: FakeHost.Service] = [:]
    /// By interface and name: what a list says of it, and how it answers.
    var providers: [String: [String: (entry: JSONValue, answer: FakeHost.ProviderAnswer)]] = [:]
    var askedOfProviders: [FakeHost.AskedOfProvider] = []
    var state: [String: JSONValue] = [:]
    var log: [FakeHost.LogLine] = []
    var progress: [FakeHost.Progress] = []
    var updatedResources: [String] = []
    var calls = FakeHostCalls()

    init(config: JSONValue, secrets: [String: String], paths: JSONValue?) {
        self.config = config
        self.secrets = secrets.mapValues { FakeHost.Kept(type: "text", bytes: Array($0.utf8)) }
        self.paths = paths
    }
}
