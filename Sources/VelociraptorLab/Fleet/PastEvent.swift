// SPDX-License-Identifier: Apache-2.0

/// Something that was done on the server before the lab began.
enum PastEvent: Sendable {
    /// A collection on the client with this host name; one on a silent client waits there still.
    ///
    /// Parameters are those of the first artifact.
    case collection(
        on: String,
        artifacts: [String],
        parameters: [CollectionRequest.Parameter] = [],
        by: String,
        ago: Span,
        isCancelled: Bool = false
    )
    case hunt(String, artifacts: [String], condition: Hunt.Condition, by: String, ago: Span, state: Hunt.State)
}

extension Fleet {
    /// What the office's analysts did so far: they looked at the clerk's workstation, and did not see the rest.
    static let officeHistory: [PastEvent] = [
        .hunt(
            "Local accounts on the Linux servers",
            artifacts: ["Linux.Sys.Users"],
            condition: Hunt.Condition(includedLabels: ["dmz", "database", "build"]),
            by: "investig",
            ago: .days(6),
            state: .stopped
        ),
        .hunt(
            "Network connections in finance",
            artifacts: ["Windows.Network.Netstat"],
            condition: Hunt.Condition(includedLabels: ["finance"]),
            by: "investig",
            ago: .hours(3),
            state: .running
        ),
        .hunt(
            "SSH keys in the build segment",
            artifacts: ["Linux.Ssh.AuthorizedKeys", "Linux.Sys.Crontab"],
            condition: Hunt.Condition(includedLabels: ["build"]),
            by: "mcp",
            ago: .minutes(50),
            state: .paused
        ),
        .collection(
            on: "ws-finance-07",
            artifacts: ["Windows.System.Pslist", "Windows.Network.Netstat"],
            by: "investig",
            ago: .hours(2)
        ),
        .collection(
            on: "ws-finance-07",
            artifacts: ["Windows.System.TaskScheduler"],
            by: "investig",
            ago: .minutes(95)
        ),
        // The lab has no rows for the second artifact, so this flow ends in an error and still has results.
        .collection(on: "web-01", artifacts: ["Linux.Sys.Pslist", "Linux.Sys.SUID"], by: "mcp", ago: .hours(5)),
        .collection(
            on: "db-01",
            artifacts: ["Linux.Network.Netstat"],
            by: "investig",
            ago: .days(1),
            isCancelled: true
        ),
        // Files that were sent to the server.
        .collection(
            on: "build-01",
            artifacts: ["Linux.Search.FileFinder"],
            parameters: [
                .init(name: "SearchFilesGlob", value: "/etc/cron.d/*"), .init(name: "Upload_File", value: "Y"),
                .init(name: "Calculate_Hash", value: "Y"),
            ],
            by: "investig",
            ago: .minutes(40)
        ),
        // A result of a hundred thousand rows.
        .collection(
            on: "srv-files-01",
            artifacts: ["Generic.Forensic.LocalHashes.Glob"],
            parameters: [.init(name: "HashGlob", value: #"D:\Shares\Finance\**"#)],
            by: "investig",
            ago: .minutes(70)
        ),
        .collection(on: "ws-legal-11", artifacts: ["Windows.System.Pslist"], by: "mcp", ago: .days(2)),
    ]
}
