// SPDX-License-Identifier: Apache-2.0

internal import CMegaraptorABI
internal import JSONValue
internal import Logging
internal import MegaraptorErrors

/// What one plugin reaches of the host. Its functions run on whatever thread the plugin chooses.
final class PluginBridge: Sendable {
    private let plugin: String
    private let calls: CallTable
    private let services: HostServices
    private let logger: Logger
    private var redactor: Redactor { services.secrets.redactor }

    init(plugin: String, calls: CallTable, services: HostServices, logger: Logger) {
        self.plugin = plugin
        self.calls = calls
        self.services = services
        self.logger = logger
    }

    func log(level: Int32, message: String) {
        logger.log(level: Self.level(level), "\(plugin): \(redactor.redact(message))")
    }

    private static func level(_ level: Int32) -> Logger.Level {
        switch level {
        case Int32(MR_LOG_DEBUG): .debug
        case Int32(MR_LOG_WARNING): .warning
        case Int32(MR_LOG_ERROR): .error
        default: .info
        }
    }

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
        case .pending(let pending): pending.end(.failure(redactor.redact(failure(status, bytes))))
        case .abandoned: logger.debug("\(plugin): answered call \(call) after nobody waited for it")
        case .unknown: reportStray(call, "completed")
        }
    }

    /// A call was answered twice or never existed. Harmless here, but the plugin's fault.
    private func reportStray(_ call: UInt64, _ verb: String) {
        logger.warning("\(plugin): \(verb) call \(call), which is over or was never made; ignored")
    }

    private func failure(_ status: mr_status, _ bytes: UnsafeRawBufferPointer) -> MegaraptorError {
        let code = MegaraptorError.Code(rawValue: status)
        do {
            if var error = MegaraptorError(json: try JSONValue(json: bytes)) {
                if code != error.code {
                    logger.warning("\(plugin): failed a call with status \(status) and code \(error.code.name)")
                    error.code = code ?? .internal
                }
                return error
            }
        } catch {
            logger.warning("\(plugin): failed a call with what is no JSON: \(redactor.redact("\(error)"))")
        }
        return MegaraptorError(
            code ?? .internal,
            "The plugin \(plugin) failed without saying why (status \(status)).",
            hint: "Its log may say more. A failure must carry {code, message}."
        )
    }

    // MARK: - Requests

    func request(call: UInt64, method: String, params: [UInt8], reply: ReplyReceiver) {
        let elicit = calls.elicitHandler(call)
        let request = Task { [services, plugin] in
            do {
                let params = try Self.parse(params)
                let answer = try await services.answer(method, params, plugin: plugin, elicit: elicit)
                reply.send(mr_status(MR_OK), answer.jsonBytes())
            } catch {
                let error = error as? MegaraptorError ?? MegaraptorError(.internal, "\(error)")
                reply.send(error.code.rawValue, error.json.jsonBytes())
            }
        }
        if method == "elicit" { calls.attach(request, to: call) }
    }

    private static func parse(_ bytes: [UInt8]) throws(MegaraptorError) -> JSONValue {
        do {
            return try JSONValue(json: bytes)
        } catch {
            throw MegaraptorError(.invalidArgument, "The request's parameters are not JSON: \(error).")
        }
    }
}
