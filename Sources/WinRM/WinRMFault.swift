// SPDX-License-Identifier: Apache-2.0

internal import HTTPTransport
internal import JSONValue
internal import MegaraptorErrors
internal import XMLReading

/// What a Windows machine says where it does not do what it was asked.
struct WinRMFault: Sendable {
    /// The number of the fault, as Windows has it in decimal; `nil` where it tells none.
    let code: String?
    let reason: String

    /// Nothing has happened within the time that the server waits: not a failure, but to be asked again.
    static let timedOut = "2150858793"
    /// The shell is gone.
    static let noShell = "2150858843"

    init?(_ root: XMLNode) {
        guard let fault = root["Body"]?["Fault"] else { return nil }
        let detail = fault["Detail"]?["WSManFault"]
        code = detail?.attributes["Code"]
        let words = detail?.text("Message") ?? fault["Reason"]?.text("Text") ?? "no reason"
        reason = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// - Parameter host: whose answer it is.
    func error(_ host: String) -> MegaraptorError {
        MegaraptorError(
            code == "5" ? .permissionDenied : .failedPrecondition,
            "\(host) refuses by WinRM: \(reason)",
            hint: code == "5"
                ? "The user must be an administrator there; a local one other than the built-in needs"
                    + " LocalAccountTokenFilterPolicy."
                : "",
            details: code.map { ["wsman_code": .string($0)] } ?? [:]
        )
    }

    /// What an answer without a body that can be read means.
    static func refusal(_ response: HTTPResponse, _ host: String) -> MegaraptorError {
        switch response.status {
        case 401:
            let offered = response.headers.fields.filter { $0.name.lowercased() == "www-authenticate" }.map(\.value)
            return MegaraptorError(
                .unauthenticated,
                "\(host) does not let this user in.",
                hint: "It offers: \(offered.isEmpty ? "nothing" : offered.joined(separator: ", "))."
                    + " Check user, password and auth."
            )
        case 404:
            return MegaraptorError(
                .notFound,
                "\(host) has no WinRM at /wsman.",
                hint: "winrm quickconfig enables it there."
            )
        default:
            return MegaraptorError(.unavailable, "\(host) answers WinRM with the status \(response.status).")
        }
    }
}
