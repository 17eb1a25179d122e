// SPDX-License-Identifier: Apache-2.0

internal import BlockingCalls
internal import HTTPTransport
internal import JSONValue
internal import MegaraptorErrors
internal import Negotiation
internal import Synchronization

extension WinRMConnection {
    /// More steps than any login needs.
    private static let mostSteps = 4

    /// Sends a question, and logs in first where the connection is not.
    ///
    /// - Parameter isRepeatable: whether it may be done twice.
    /// - Throws: `unavailable` where nobody knows whether it was done once.
    func send(_ body: [UInt8], isRepeatable: Bool) async throws(MegaraptorError) -> HTTPResponse {
        guard case .negotiate(let mechanism, let credentials) = login else { return try await post(body) }
        // With Kerberos each question has its own proof, and needs no connection of before.
        guard mechanism == .ntlm else { return try await logIn(mechanism, credentials, with: body) }
        if isLoggedIn.withLock(\.self) {
            let response = try await post(body)
            guard response.status == 401 else { return response }
            isLoggedIn.withLock { $0 = false }
            guard isRepeatable || !response.head.isOnNewConnection else { throw Self.hungUp(host) }
        }
        let response = try await logIn(mechanism, credentials, with: body)
        isLoggedIn.withLock { $0 = response.status != 401 }
        return response
    }

    private static func hungUp(_ host: String) -> MegaraptorError {
        MegaraptorError(
            .unavailable,
            "\(host) has ended the connection, and nobody knows whether it did what it was asked last.",
            hint: "Call again: what is there is looked at first, and only what differs is changed."
        )
    }

    /// NTLM needs three messages, and the question goes with the last of them; with Kerberos, with the first.
    private func logIn(
        _ mechanism: NegotiationMechanism,
        _ credentials: HTTPBasicCredentials?,
        with body: [UInt8]
    ) async throws(MegaraptorError) -> HTTPResponse {
        let host = host
        let negotiation = try await BlockingWork.run { () throws(MegaraptorError) in
            try Negotiation(mechanism, host: host, user: credentials?.user, password: credentials?.password)
        }
        // With Kerberos already the first message is bound to the channel, which is known only by then.
        if mechanism == .kerberos, channel.withLock({ $0 == nil }) { _ = try await post([]) }
        var challenge: [UInt8] = []
        for step in 0..<Self.mostSteps {
            let (said, known) = (challenge, channel.withLock(\.self))
            let token = try await BlockingWork.run { () throws(MegaraptorError) in
                try negotiation.next(said, boundTo: known)
            }
            let isLast = mechanism == .kerberos || negotiation.isDone
            let response = try await post(isLast ? body : [], authorization: "Negotiate \(Base64.encode(token))")
            challenge = Self.challenge(in: response)
            guard response.status == 401 else {
                // By this the machine shows who it is, where the mechanism has that.
                if !negotiation.isDone, !challenge.isEmpty {
                    let proof = challenge
                    _ = try await BlockingWork.run { () throws(MegaraptorError) in
                        try negotiation.next(proof, boundTo: known)
                    }
                }
                return response
            }
            if step > 0, mechanism == .ntlm, response.head.isOnNewConnection { throw Self.hungUp(host) }
            if challenge.isEmpty || negotiation.isDone { return response }
        }
        throw MegaraptorError(.unauthenticated, "\(host) does not come to an end with a login.")
    }

    /// What the server says within the scheme; empty where it only offers it.
    private static func challenge(in response: HTTPResponse) -> [UInt8] {
        let scheme = "negotiate "
        for field in response.headers.fields where field.name.lowercased() == "www-authenticate" {
            guard field.value.lowercased().hasPrefix(scheme) else { continue }
            let text = field.value.dropFirst(scheme.count).filter { !$0.isWhitespace }
            if let bytes = Base64.decode(text.utf8) { return bytes }
        }
        return []
    }
}
