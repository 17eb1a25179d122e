// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest
internal import Synchronization

/// Carries what plugins ask of each other's providers, under the rules and the eyes of the host.
final class Broker: Sendable {
    private struct State {
        // The host holds this; it must not hold the host.
        weak var host: PluginHost?
        var policy = BrokerPolicy()
    }

    private let plugins: PluginTable
    private let calls: CallTable
    private let state = Mutex(State())

    init(plugins: PluginTable, calls: CallTable) {
        self.plugins = plugins
        self.calls = calls
    }

    func serve(_ host: PluginHost) { state.withLock { $0.host = host } }

    func follow(_ policy: BrokerPolicy) { state.withLock { $0.policy = policy } }

    /// `{providers: [{name, plugin, version, title?, description, input_schema}]}`, by name.
    func list(_ params: JSONValue, for asker: String) throws(MegaraptorError) -> JSONValue {
        let interface = try Self.text("interface", in: params)
        try check(asker, interface)
        let found = offers(of: interface).sorted { $0.provider.name < $1.provider.name }
        let entries = found.map { plugin, provider in
            var entry: JSONObject = [
                "name": .string(provider.name), "plugin": .string(plugin.id), "version": .string(plugin.version),
                "description": .string(provider.description), "input_schema": provider.inputSchema,
            ]
            entry["title"] = provider.title.map(JSONValue.string)
            return JSONValue.object(entry)
        }
        return ["providers": .array(entries)]
    }

    /// - Parameters:
    ///   - parent: the call on whose behalf the plugin asks; zero where there is none.
    ///   - isDetached: whether it goes on when the parent ends, which then only shows its progress.
    func call(
        _ params: JSONValue,
        for asker: String,
        parent: UInt64,
        isDetached: Bool = false
    ) async throws(MegaraptorError) -> JSONValue {
        let (host, policy) = state.withLock { ($0.host, $0.policy) }
        guard let host else { throw MegaraptorError(.unavailable, "The host is shutting down.", retryable: true) }
        let call = try brokered(params, for: asker)
        guard !call.changes || !policy.isReadOnly() else {
            throw MegaraptorError(
                .permissionDenied,
                "\(call.operation) of \(call.provider) may change something, and this server only reads.",
                hint: "Whoever runs this server has set read_only."
            )
        }
        let asked = params["timeout_ms"]?.integerValue.map { Duration.milliseconds($0) }
        let message: HostCall
        if parent == 0 || isDetached {
            let progress = progress(of: parent, params)
            message = Self.message(call, policy, asked ?? policy.timeout(), progress, nil)
        } else {
            let lent = try calls.loan(parent)
            let left = lent.deadline.map { max(.zero, $0 - .now) }
            let timeout = [asked, left].compactMap { $0 }.min()
            message = Self.message(call, policy, timeout, progress(of: parent, params), lent.elicit)
        }
        let end = try await policy.begin(call)
        do throws(MegaraptorError) {
            let answer = try Self.parsed(try await host.call(message), of: call)
            await end(.success(answer))
            return answer
        } catch {
            await end(.failure(error))
            throw error
        }
    }

    private static func message(
        _ call: BrokeredCall,
        _ policy: BrokerPolicy,
        _ timeout: Duration?,
        _ progress: HostCall.Progress?,
        _ elicit: HostCall.Elicit?
    ) -> HostCall {
        HostCall(
            plugin: call.plugin,
            method: "provider/\(call.operation)",
            params: [
                "interface": .string(call.interface), "provider": .string(call.provider),
                "arguments": call.arguments, "_meta": .object(policy.meta()),
            ],
            timeout: timeout,
            progress: progress,
            elicit: elicit
        )
    }

    /// Shows a provider's progress as that of the parent, for as long as somebody waits for the parent: within the part
    /// of it that `progress: {from, to, of}` names, so that what is shown grows over several calls.
    private func progress(of parent: UInt64, _ params: JSONValue) -> HostCall.Progress? {
        guard parent != 0, let part = params["progress"]?.objectValue else { return nil }
        let from = part["from"]?.doubleValue ?? 0
        let (to, whole) = (part["to"]?.doubleValue ?? from + 1, part["of"]?.doubleValue)
        return { [calls] done, total, message in
            // Without a total the end is never quite reached.
            let fraction = total.map { $0 > 0 ? min(1, done / $0) : 0 } ?? done / (done + 10)
            calls.progressHandler(parent)?(from + (to - from) * max(0, fraction), whole, message)
        }
    }

    // MARK: - What may be asked

    private func brokered(_ params: JSONValue, for asker: String) throws(MegaraptorError) -> BrokeredCall {
        let interface = try Self.text("interface", in: params)
        let (name, operation) = (try Self.text("provider", in: params), try Self.text("operation", in: params))
        try check(asker, interface)
        let known = offers(of: interface)
        guard let (plugin, provider) = known.first(where: { $0.provider.name == name }) else {
            let names = known.map(\.provider.name).sorted().joined(separator: ", ")
            throw MegaraptorError(
                .notFound,
                "No plugin provides \"\(name)\" of \(interface).",
                hint: names.isEmpty ? "There is none; install a plugin that does." : "There are: \(names)."
            )
        }
        return BrokeredCall(
            asker: asker,
            plugin: plugin.id,
            interface: interface,
            provider: name,
            operation: operation,
            arguments: params["arguments"] ?? [:],
            changes: !provider.reading.contains(operation)
        )
    }

    private func offers(of interface: String) -> [(plugin: PluginManifest, provider: ProviderContribution)] {
        plugins.manifests.flatMap { plugin in
            plugin.providers.filter { $0.interface == interface }.map { (plugin, $0) }
        }
    }

    private func check(_ asker: String, _ interface: String) throws(MegaraptorError) {
        let manifest = plugins[asker]
        guard manifest?.permissions.providers.contains(interface) == true else {
            throw MegaraptorError(
                .permissionDenied,
                "The plugin \(asker) may not ask providers of \(interface): its manifest does not name it.",
                hint:
                    "Add \"- \(interface)\" under permissions: providers: in \(manifest?.folder ?? "its folder")/plugin.yaml."
            )
        }
    }

    private static func parsed(_ bytes: [UInt8], of call: BrokeredCall) throws(MegaraptorError) -> JSONValue {
        do {
            let answer = try JSONValue(json: bytes)
            if answer.objectValue != nil { return answer }
        } catch {}
        throw MegaraptorError(
            .internal,
            "The provider \(call.provider) answered \(call.operation) with what is no JSON object.",
            hint: "This is a fault of the plugin \(call.plugin); report it to its author."
        )
    }

    private static func text(_ key: String, in params: JSONValue) throws(MegaraptorError) -> String {
        guard let text = params[key]?.stringValue else {
            throw MegaraptorError(.invalidArgument, "The parameter \"\(key)\" is missing or no string.")
        }
        return text
    }
}

extension PluginHost {
    /// Sets what holds for calls between plugins from here on.
    public func follow(_ policy: BrokerPolicy) { services.broker?.follow(policy) }
}
