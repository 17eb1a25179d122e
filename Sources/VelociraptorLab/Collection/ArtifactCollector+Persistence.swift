// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    static let persistence: [ArtifactCollector] = [
        ArtifactCollector("Windows.System.TaskScheduler", source: "Analysis", on: [.windows]) { site in
            site.machine.tasks.map(\.row)
        },
        ArtifactCollector("Windows.System.Services", on: [.windows]) { site in
            site.machine.services
                .filter {
                    site.accepts($0.name, by: "NameRegex") && site.accepts($0.displayName, by: "DisplayNameRegex")
                        && site.accepts($0.path, by: "PathNameRegex")
                }
                .map(\.row)
        },
        ArtifactCollector("Windows.Sys.StartupItems", on: [.windows]) { site in
            site.machine.startupItems.map { item in
                [
                    "Name": .string(item.name), "OSPath": .string(item.location), "Details": .string(item.details),
                    "Enabled": .string(item.enabled ? "enabled" : "disabled"), "Upload": .null,
                ]
            }
        },
        ArtifactCollector("Linux.Ssh.AuthorizedKeys", on: [.linux]) { site in
            site.machine.authorizedKeys.map { key in
                [
                    "OSPath": .string(key.path), "_Upload": .null, "options": "", "keytype": .string(key.type),
                    "base64key": .string(key.key), "comment": .string(key.comment),
                ]
            }
        },
        ArtifactCollector("Linux.Ssh.KnownHosts", sources: knownHosts),
        ArtifactCollector("Linux.Sys.Crontab", sources: crontab),
        ArtifactCollector("Linux.Sys.Services", on: [.linux]) { site in
            site.machine.processes.filter { $0.parent == 1 && !$0.deleted }.map { process in
                [
                    "Unit": .string(process.name + ".service"), "Load": "loaded", "Active": "active", "Sub": "running",
                    "Description": .string(process.name),
                ]
            }
        },
    ]

    private static let knownHosts = [
        Source(name: "", systems: [.linux]) { site in
            site.machine.knownHosts.map { host in
                [
                    "Uid": .text(host.uid), "User": .string(host.user), "OSPath": .string(host.path),
                    "Hostname": .string(host.host), "Type": .string(host.type), "PublicKey": .string(host.key),
                ]
            }
        },
        Source(name: "HostPublicKeys", systems: [.linux]) { site in
            var invented = Invented("host key " + site.endpoint.hostname)
            return [
                [
                    "Type": "ssh-ed25519",
                    "PublicKey": .string("AAAAC3NzaC1lZDI1NTE5AAAAI" + invented.base64(43)),
                    "KeyName": .string("root@\(site.endpoint.hostname)"), "Fqdn": .string(site.endpoint.fqdn),
                ]
            ]
        },
    ]

    private static let crontab = [
        Source(name: "CronTabs", systems: [.linux]) { site in site.machine.cronJobs.map(\.row) },
        Source(name: "CronScripts", systems: [.linux]) { site in
            [
                [
                    "Mtime": .time(site.now.before(.days(41))), "OSPath": "/etc/cron.daily/dpkg",
                    "Content": "#!/bin/sh\nexec /usr/libexec/dpkg/dpkg-db-backup\n",
                ]
            ]
        },
        Source(name: "Uploaded", systems: [.linux]) { _ in [] },
    ]
}

extension Machine.ScheduledTask {
    fileprivate var row: JSONObject {
        [
            "TaskName": .string(path.split(separator: "\\").last.map(String.init) ?? path),
            "Mtime": .time(registered), "Command": .string(command), "Arguments": .string(arguments),
            "UserId": .string(user), "RunLevel": .string(runLevel), "LogonType": .null, "StateChange": .null,
            "ComHandler": .null, "RegistrationTime": .time(registered), "StartBoundary": .time(registered),
            "_XML": ["Task": ["Triggers": ["TimeTrigger": ["Repetition": ["Interval": .string(interval)]]]]],
            "OSPath": .string(path), "Authenticode": .null, "Upload": .null,
        ]
    }
}

extension Machine.Service {
    fileprivate var row: JSONObject {
        [
            "State": .string(running ? "Running" : "Stopped"), "Name": .string(name),
            "DisplayName": .string(displayName), "Status": "OK", "Pid": .int(pid), "ExitCode": 0,
            "StartMode": .string(startMode), "PathName": .string(path), "ServiceType": "Own Process",
            "UserAccount": .string(user), "Created": .time(created), "ServiceDll": .null, "FailureCommand": .null,
            "FailureActions": .null, "AbsoluteExePath": .string(path), "HashServiceExe": .null,
            "CertinfoServiceExe": .null, "HashServiceDll": .null, "CertinfoServiceDll": .null,
        ]
    }
}

extension Machine.CronJob {
    /// The five time fields apart, as the artifact's parser leaves them.
    fileprivate var row: JSONObject {
        let fields = schedule.split(separator: " ").map(String.init)
        func field(_ index: Int) -> JSONValue { index < fields.count ? .string(fields[index]) : .null }
        return [
            "Event": .null, "User": .string(user), "Minute": field(0), "Hour": field(1), "DayOfMonth": field(2),
            "Month": field(3), "DayOfWeek": field(4), "Command": .string(command), "Path": .string(path),
        ]
    }
}
