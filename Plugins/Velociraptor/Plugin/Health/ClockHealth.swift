// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorPluginKit

/// How far the server's clock and this machine's are apart. All in microseconds.
struct ClockHealth {
    /// What the server's clock showed while it answered; 0 where it did not say.
    let server: UInt64
    /// This machine's clock around the question.
    let before: Int64
    let after: Int64

    private static let noticed: Int64 = 5_000_000
    private static let broken: Int64 = 300_000_000

    /// The server answered at some time between the two looks at the clock: half of that time is in doubt.
    private var difference: Int64? {
        guard let server = Int64(exactly: server), server > 0 else { return nil }
        let middle = before + (after - before) / 2
        let doubt = (after - before) / 2
        let apart = server - middle
        return apart < 0 ? min(0, apart + doubt) : max(0, apart - doubt)
    }

    func judge(_ findings: inout HealthFindings) {
        guard let difference else {
            return findings.add(.clock, .unknown, "The server did not tell its time.")
        }
        guard difference.magnitude > Self.noticed else {
            return findings.add(.clock, .ok, "The server's clock and this machine's agree to within 5 seconds.")
        }
        findings.add(
            .clock,
            difference.magnitude > Self.broken ? .broken : .warning,
            """
            The server's clock is \(difference.magnitude / 1_000_000) seconds \(difference > 0 ? "ahead of" : "behind") \
            this machine's.
            """,
            fix: "Set both clocks by NTP: certificates are judged by this machine's, times in evidence by the server's."
        )
    }
}
