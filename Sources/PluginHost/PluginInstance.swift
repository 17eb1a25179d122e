// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import PluginTrust

/// A plugin in service, wherever its code runs. Answers arrive through its ``PluginBridge``.
protocol PluginInstance: AnyObject, Sendable {
    var id: String { get }
    /// As it was when it was opened.
    var library: LibraryIdentity? { get }
    /// False once it can never answer again.
    var isServing: Bool { get }
    /// Returns promptly, on any thread.
    func invoke(_ call: UInt64, method: String, params: [UInt8])
    /// Says that nobody waits for the call any more. Returns promptly, on any thread.
    func cancel(_ call: UInt64)
    /// Blocks until service has ended, little longer than the given time.
    func deactivate(milliseconds: UInt32)
}

/// Answers what plugins ask of the host.
protocol HostServing: Sendable {
    func answer(
        _ method: String,
        _ params: JSONValue,
        plugin: String,
        call: UInt64,
        elicit: HostCall.Elicit?
    ) async throws(MegaraptorError) -> JSONValue
}

extension HostServices: HostServing {}
