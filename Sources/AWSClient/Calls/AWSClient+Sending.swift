// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import JSONValue
import MegaraptorErrors

extension AWSClient {
    /// No answer that is asked for comes near it.
    static let greatestAnswer: Int64 = 8 << 20

    /// Sends a call, again where that is safe and may help.
    ///
    /// - Returns: the body of the successful answer.
    func send(_ call: AWSCall) async throws(MegaraptorError) -> [UInt8] {
        var attempt = 1
        var hasRenewed = false
        while true {
            let credentials = try await self.credentials?.get()
            let wish: Int?
            do throws(MegaraptorError) {
                let response = try await sendOnce(call, credentials)
                if response.isSuccess { return response.body }
                let fault = AWSFault(response)
                if fault.isExpired, !hasRenewed, let credentials {
                    hasRenewed = true
                    await self.credentials?.forget(credentials)
                    continue
                }
                let mayRepeat = fault.isThrottled || (fault.isPassing && call.repeating == .safe)
                guard mayRepeat, attempt < retries.attempts else {
                    throw fault.error(
                        call.service,
                        call.action,
                        hiding: credentials?.hidden ?? [],
                        now: clock.now()
                    )
                }
                wish = fault.retryAfter
            } catch {
                // What a service has said is judged above.
                guard error.details["aws_code"] == nil, attempt < retries.attempts,
                    RetryRules.isSafe(error, isRepeatable: call.repeating == .safe)
                else { throw error }
                wish = nil
            }
            let pause = retries.pause(after: attempt, wish: wish, chance: clock.chance())
            try await clock.wait(
                pause,
                orSay: "\(call.service.name) \(call.action): cancelled before it was sent again."
            )
            attempt += 1
        }
    }

    private func sendOnce(_ call: AWSCall, _ credentials: AWSCredentials?) async throws(MegaraptorError) -> HTTPResponse
    {
        let endpoint = try settings.endpoint(call.service, in: region)
        let path = endpoint.path + "/"
        let signable = SignableRequest(
            "POST",
            path: path,
            headers: call.headers + [("Host", endpoint.host)],
            body: call.body
        )
        var headers = HTTPHeaders()
        for header in signable.headers { headers.add(header.name, header.value) }
        if let credentials {
            let signature = SignatureV4(credentials: credentials, region: region.name, service: call.service.name)
            for header in try signature.headers(for: signable, unixSeconds: clock.now()) {
                headers.add(header.name, header.value)
            }
        }
        let request = HTTPRequest(
            "POST",
            endpoint.url + "/",
            headers: headers,
            body: .bytes(call.body),
            limits: HTTPTimeLimits(connect: .seconds(10), total: .seconds(60), idle: .seconds(60)),
            greatestBody: Self.greatestAnswer
        )
        return try await HTTPClient().send(request)
    }
}

extension AWSCredentials {
    /// What no message may hold.
    var hidden: [String] { [secretAccessKey, sessionToken, accessKeyID].compactMap { $0 } }
}
