// SPDX-License-Identifier: Apache-2.0

import Glibc
internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Goes from the configuration's file to the server's answers and tells how each step is.
///
/// It looks at what a new connection would find, with a channel of its own, not at that of the calls under way.
struct HealthExamination: Sendable {
    let search: ConfigurationSearch
    /// Whether only tools that read are offered.
    var isReadOnly = false
    /// How long all of it may take.
    var limit = Self.longest
    /// How long one question to the server may take.
    var questionLimit: Duration = .seconds(4)
    /// This machine's clock, in microseconds since 1970.
    var now: @Sendable () -> Int64 = { Self.clock() }

    static let longest: Duration = .seconds(9)

    func callAsFunction() async -> [HealthCheck] {
        let end = ContinuousClock.now + limit
        var findings = HealthFindings()
        if let configuration = configuration(&findings) {
            let client = VelociraptorClient(retry: RetryPolicy(pauses: [])) { () throws(MegaraptorError) in
                configuration
            }
            await ServerHealth(
                questions: HealthQuestions(client: client, end: end, longest: questionLimit),
                configuration: configuration,
                isReadOnly: isReadOnly,
                now: now
            ).look(&findings)
        }
        return findings.complete
    }

    /// What is on this machine; `nil` where it is not good enough to call the server.
    private func configuration(_ findings: inout HealthFindings) -> APIClientConfiguration? {
        guard let file = FileHealth(search: search).look(&findings) else { return nil }
        let seconds = now() / 1_000_000
        CertificateHealth(file: file, now: seconds).look(&findings)
        guard !findings.isBroken else { return nil }
        do throws(MegaraptorError) {
            return try APIClientConfiguration(file, now: seconds)
        } catch {
            findings.add(.configuration, failure: error)
            return nil
        }
    }

    private static func clock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
