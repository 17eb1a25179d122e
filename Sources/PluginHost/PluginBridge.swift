// SPDX-License-Identifier: Apache-2.0

internal import CMegaraptorABI
internal import JSONValue
internal import Logging
internal import MegaraptorErrors

/// What one plugin reaches of the host. Its functions run on whatever thread the plugin chooses.
final class PluginBridge: Sendable {
    private let plugin: String
    private let calls: CallTable
    private let services: any HostServing
    /// Knows what the plugin must not tell.
    private let redactor: Redactor
    /// Takes what the plugin says for the log, and what is said of it: `MR_LOG_*` and a line.
    private let say: @Sendable (Int32, String) -> Void

    init(
        plugin: String,
        calls: CallTable,
        services: any HostServing,
        redactor: Redactor,
        say: @escaping @Sendable (Int32, String) -> Void
    ) {
        self.plugin = plugin
        self.calls = calls
        self.services = services
        self.redactor = redactor
        self.say = say
    }

    convenience init(plugin: String, calls: CallTable, services: HostServices, logger: Logger) {
        let redactor = services.secrets.redactor
        self.init(plugin: plugin, calls: calls, services: services, redactor: redactor) { level, message in
            logger.log(level: Self.level(level), "\(plugin): \(message)")
        }
    }

    func log(level: Int32, message: String) {
        say(level, String(redactor.redact(message).prefix(4096)))
    }

    private static func level(_ level: Int32) -> Logger.Level {
        switch level {
        case Int32(MR_LOG_DEBUG): .debug
        case Int32(MR_LOG_WARNING): .warning
        case Int32(MR_LOG_ERROR): .error
        default: .info
        }
    }

    private func warn(_ message: String) { say(Int32(MR_LOG_WARNING), message) }

    func progress(call: UInt64, done: Double, total: Double, message: String) {
        calls.progressHandler(call)?(done, total > 0 ? total : nil, redactor.redact(message))
    }

    func isCancelled(call: UInt64) -> Bool {
        calls.isCancelled(call)
    }

    func emit(call: UInt64, bytes: UnsafeRawBufferPointer) {
        if !calls.append(call, of: plugin, bytes) { reportStray(call, "sent a part of") }
    }

    func complete(call: UInt64, status: mr_status, bytes: UnsafeRawBufferPointer) {
        switch calls.remove(call, of: plugin) {
        case .pending(let pending) where status == mr_status(MR_OK):
            pending.end(.success(redactor.redact(json: pending.parts + bytes)))
        case .pending(let pending): pending.end(.failure(failure(status, bytes)))
        case .abandoned: say(Int32(MR_LOG_DEBUG), "answered call \(call) after nobody waited for it")
        case .unknown: reportStray(call, "completed")
        }
    }

    /// A call was answered twice or never existed. Harmless here, but the plugin's fault.
    private func reportStray(_ call: UInt64, _ verb: String) {
        warn("\(verb) call \(call), which is over or was never made; ignored")
    }

    /// What a plugin says of itself, without secrets.
    func description(_ bytes: [UInt8]) -> [UInt8] { redactor.redact(json: bytes) }

    /// What a plugin means by a failure, without secrets.
    func failure(_ status: mr_status, _ bytes: UnsafeRawBufferPointer) -> MegaraptorError {
        let code = MegaraptorError.Code(rawValue: status)
        do {
            if var error = MegaraptorError(json: try JSONValue(json: bytes)) {
                if code != error.code {
                    warn("failed a call with status \(status) and code \(error.code.name)")
                    error.code = code ?? .internal
                }
                // Only the host can know that nothing was begun.
                for key in MegaraptorError.notBegun.keys { error.details[key] = nil }
                return redactor.redact(error)
            }
        } catch {
            warn("failed a call with what is no JSON: \(redactor.redact("\(error)"))")
        }
        return MegaraptorError(
            code ?? .internal,
            "The plugin \(plugin) failed without saying why (status \(status)).",
            hint: "Its log may say more. A failure must carry {code, message}."
        )
    }

    // MARK: - Calls that the plugin will not answer

    func fail(_ call: UInt64, _ error: MegaraptorError) {
        if case .pending(let pending) = calls.remove(call, of: plugin) { pending.end(.failure(error)) }
    }

    func forget(_ call: UInt64) { calls.forget(call) }

    // MARK: - Requests

    /// - Parameter reply: gets a status and bytes, once.
    func request(call: UInt64, method: String, params: [UInt8], reply: @escaping @Sendable (Int32, [UInt8]) -> Void) {
        let elicit = calls.elicitHandler(call)
        let request = Task { [services, plugin] in
            do {
                let params = try Self.parse(params)
                let answer = try await services.answer(
                    method,
                    params,
                    plugin: plugin,
                    call: call,
                    elicit: elicit
                )
                reply(mr_status(MR_OK), answer.jsonBytes())
            } catch {
                let error = error as? MegaraptorError ?? MegaraptorError(.internal, "\(error)")
                reply(error.code.rawValue, error.json.jsonBytes())
            }
        }
        if call != 0, method == "elicit" || method == "broker/call" { calls.attach(request, to: call) }
    }

    private static func parse(_ bytes: [UInt8]) throws(MegaraptorError) -> JSONValue {
        do {
            return try JSONValue(json: bytes)
        } catch {
            throw MegaraptorError(.invalidArgument, "The request's parameters are not JSON: \(error).")
        }
    }
}
