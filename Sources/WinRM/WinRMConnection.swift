// SPDX-License-Identifier: Apache-2.0

internal import Certificates
internal import Foundation
public import HTTPTransport
internal import MegaraptorErrors
internal import Negotiation
internal import Synchronization
internal import XMLReading

/// A connection to a Windows machine's WinRM, over TLS. Questions go one after the other.
///
/// Without TLS nothing is sent at all: passwords and configurations would be open to whoever listens.
public final class WinRMConnection: Sendable {
    public let host: String
    let url: String
    let login: WinRMLogin
    let client: HTTPClient
    /// The connection itself is logged in; a new one is not.
    let isLoggedIn = Mutex(false)
    /// What the newest connection is known by on both ends; `nil` before the first.
    let channel = Mutex<[UInt8]?>(nil)

    /// - Parameters:
    ///   - address: where connections go instead of to the host and port, which the certificate is still checked for.
    ///   - trust: whom TLS trusts.
    public init(
        host: String,
        port: UInt16 = 5986,
        login: WinRMLogin,
        trust: HTTPTrust = HTTPTrust(),
        address: HTTPAddress? = nil
    ) {
        self.host = host
        self.login = login
        // What holds a login is kept; any other is better off with one that cannot have ended meanwhile.
        var connection: HTTPConnection?
        if case .negotiate(.ntlm, _) = login { connection = HTTPConnection() }
        client = HTTPClient(
            address: address,
            trust: trust,
            usesProxy: false,
            connection: connection,
            tellsCertificate: true
        )
        url = "https://\(host.contains(":") ? "[\(host)]" : host):\(port)/wsman"
    }

    /// - Returns: the answer's root, or the fault that it is.
    func ask(
        _ action: WSManEnvelope.Action,
        shellID: String?,
        options: [(name: String, value: String)] = [],
        _ body: String
    ) async throws(MegaraptorError) -> WinRMAnswer {
        let envelope = WSManEnvelope(
            action: action,
            url: url,
            messageID: UUID().uuidString,
            shellID: shellID,
            options: options,
            body: body
        )
        let response = try await send(Array(envelope.text.utf8), isRepeatable: action.isRepeatable)
        // Faults come with 500, and with a body that tells them.
        guard response.status == 200 || response.status == 500, !response.body.isEmpty else {
            throw WinRMFault.refusal(response, host)
        }
        let root = try XMLReader.read(response.body, from: host)
        if let fault = WinRMFault(root) { return .fault(fault) }
        return .done(root)
    }

    /// - Parameter authorization: `nil` where the connection is logged in, or the transport shows the password.
    func post(_ body: [UInt8], authorization: String? = nil) async throws(MegaraptorError) -> HTTPResponse {
        // The server may wait as long as it is allowed before it answers that nothing has happened.
        let patience = Duration.seconds(WSManEnvelope.timeoutSeconds + 30)
        var request = HTTPRequest(
            "POST",
            url,
            headers: ["Content-Type": "application/soap+xml;charset=UTF-8"],
            body: .bytes(body),
            limits: HTTPTimeLimits(total: patience * 2, idle: patience)
        )
        if let authorization { request.headers["Authorization"] = authorization }
        if case .basic(let credentials) = login { request.basic = credentials }
        let response = try await client.send(request)
        if let certificate = response.head.certificate {
            let sum = try Certificate(pem: certificate).serverEndPoint()
            channel.withLock { $0 = Array("tls-server-end-point:".utf8) + sum }
        }
        return response
    }
}

/// What a machine answers.
enum WinRMAnswer {
    case done(XMLNode)
    case fault(WinRMFault)

    /// - Throws: the fault, as an error of the host's.
    func require(_ host: String) throws(MegaraptorError) -> XMLNode {
        switch self {
        case .done(let root): return root
        case .fault(let fault): throw fault.error(host)
        }
    }
}
