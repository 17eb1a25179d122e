// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    static let windowsTriage: [ArtifactCollector] = [
        ArtifactCollector("Windows.System.LocalAdmins", on: [.windows]) { site in
            site.machine.administrators.map { name in
                let short = name.split(separator: "\\").last.map(String.init) ?? name
                let account = site.machine.accounts.first { $0.name == short }
                var invented = Invented("principal " + name)
                let sid = account?.sid ?? "S-1-5-21-1004336348-1177238915-682003330-\(invented.number(in: 512..<9000))"
                return [
                    "Name": .string(name), "SID": .string(sid),
                    "PrincipalSource": name.hasPrefix("CORP") ? "ActiveDirectory" : "Local",
                ]
            }
        },
        ArtifactCollector("Windows.System.Shares", on: [.windows]) { site in
            site.machine.shares
                .filter { site.accepts($0.name, by: "NameRegex") && site.accepts($0.path, by: "PathRegex") }
                .map { share in
                    [
                        "Name": .string(share.name), "Path": .string(share.path), "Caption": .string(share.caption),
                        "Status": "OK", "MaximumAllowed": .null, "AllowMaximum": true, "InstallDate": .null,
                    ]
                }
        },
        ArtifactCollector("Windows.Persistence.PermanentWMIEvents", on: [.windows]) { _ in
            [
                [
                    "ConsumerDetails": [
                        "Name": "SCM Event Log Consumer", "SourceName": "Service Control Manager",
                        "__CLASS": "NTEventLogEventConsumer",
                    ],
                    "FilterDetails": [
                        "Name": "SCM Event Log Filter", "Query": "select * from MSFT_SCMEventLogEvent",
                        "QueryLanguage": "WQL",
                    ],
                    "Namespace": "root/subscription",
                ]
            ]
        },
    ]
}
