// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    /// What a first look at a Mac collects beside processes, sockets and accounts.
    static let macTriage: [ArtifactCollector] = [
        ArtifactCollector(
            "MacOS.Detection.Autoruns",
            sources: [
                none("Sandboxed Loginitems"), none("crontabs"),
                Source(name: "LaunchAgentsDaemons", systems: [.darwin]) { $0.machine.launchItems.map(\.row) },
                none("ScriptingAdditions"), none("StartupItems"), none("MiscItems"), none("LoginItems"),
            ]
        ),
        ArtifactCollector("MacOS.Detection.InstallHistory", source: "Install History", on: [.darwin]) { site in
            site.machine.installations.map { item in
                [
                    "DisplayName": .string(item.name), "DisplayVersion": .string(item.version),
                    "ProcessName": .string(item.installer), "InstallDate": .time(item.at), "ContentType": .null,
                    "PackageIdentifiers": [.string(item.identifier)],
                ]
            }
        },
        ArtifactCollector("MacOS.System.QuarantineEvents", on: [.darwin]) { site in
            site.machine.downloads.map { item in
                var invented = Invented("download " + item.url)
                let identifier = [8, 4, 4, 4, 12].map { invented.hex($0).uppercased() }.joined(separator: "-")
                return [
                    "DownloadTime": .time(item.at), "DownloadURL": .string(item.url), "Origin": .null,
                    "AgentName": "Safari", "AgentBundle": "com.apple.Safari", "User": .string(item.user),
                    "EventUUID": .string(identifier),
                ]
            }
        },
        ArtifactCollector("MacOS.System.TCC", on: [.darwin]) { site in [site.fullDiskAccess] },
        ArtifactCollector("MacOS.System.Packages", on: [.darwin]) { site in
            site.machine.installations.map { item in
                [
                    "Name": .string(item.name), "Version": .string(item.version),
                    "Path": .string("/Applications/\(item.name).app"), "LastModified": .time(item.at),
                    "ObtainedFrom": "identified_developer", "SignedBy": ["Developer ID Application: \(item.name)"],
                    "_Architecture": "arch_arm_i64",
                ]
            }
        },
        ArtifactCollector("MacOS.Applications.Chrome.History", on: [.darwin]) { site in
            site.machine.downloads.filter { site.accepts($0.user, by: "userRegex") }.map { item in
                let folder = "/Users/\(item.user)/Library/Application Support/Google/Chrome/Default/History"
                return [
                    "User": .string(item.user), "OSPath": .string(folder), "Mtime": .time(item.at),
                    "visited_url": .string(item.url), "title": .string(item.title), "visit_count": 1,
                    "typed_count": 0, "last_visit_time": .time(item.at),
                ]
            }
        },
        ArtifactCollector("MacOS.System.Wifi", on: [.darwin]) { site in
            [
                [
                    "Network": "wifi.network.ssid.Office", "SSID": "Office", "SecurityType": "WPA2/WPA3 Personal",
                    "HiddenNetwork": false, "PersonalHotspot": false, "AddedAt": .time(site.now.before(.days(300))),
                    "LastAutoJoinAt": .time(site.now.before(.hours(9))), "LastManualJoinAt": .null, "_Data": [:],
                ]
            ]
        },
    ]

    private static func none(_ name: String) -> Source { Source(name: name, systems: [.darwin]) { _ in [] } }
}

extension ArtifactCollector.Site {
    fileprivate var fullDiskAccess: JSONObject {
        [
            "LastModified": .time(now.before(.days(200))), "Service": "kTCCServiceSystemPolicyAllFiles",
            "Client": "com.velocidex.velociraptor", "ClientType": "Bundle", "Allowed": "Allowed", "User": "System",
            "_AuthReason": "MDM Policy", "_AuthVersion": 1, "_CSReq": .null, "_PolicyId": .null,
            "_IndirectObjectIdentifierType": .null, "IndirectObjectIdentifier": "UNUSED",
            "_IndirectObjectCodeIdentity": .null, "_Flags": 0,
            "_OSPath": "/Library/Application Support/com.apple.TCC/TCC.db",
        ]
    }
}

extension Machine.LaunchItem {
    fileprivate var row: JSONObject {
        [
            "OSPath": .string(path), "Mtime": .time(modified),
            "LaunchdConfig": ["Label": .string(label), "ProgramArguments": [.string(program)], "RunAtLoad": true],
            "Program": .string(program), "Hash": Machine.hash(of: program), "Upload": .null,
        ]
    }
}
