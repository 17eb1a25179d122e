// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    static let accounts: [ArtifactCollector] = [
        ArtifactCollector("Windows.Sys.Users", on: [.windows]) { site in
            site.machine.accounts.map { account in
                [
                    "Uid": .int(account.id), "Gid": .int(account.group), "Name": .string(account.name),
                    "Description": .string(account.description), "Directory": .string(account.home),
                    "UUID": .string(account.sid), "Mtime": .time(account.lastLogin ?? site.now),
                    "HomedirMtime": .time(account.lastLogin ?? site.now),
                    "Data": ["ProfileLoadTime": .time(account.lastLogin ?? site.now)],
                ]
            }
        },
        ArtifactCollector("Linux.Sys.Users", on: [.linux]) { site in
            if let file = site.parameters["PasswordFile"], file != "/etc/passwd" { return [] }
            return site.machine.accounts.map(\.passwordRow)
        },
        ArtifactCollector("Linux.Users.InteractiveUsers", on: [.linux]) { site in
            site.machine.accounts.filter { !$0.shell.hasSuffix("nologin") }.map(\.passwordRow)
        },
        ArtifactCollector("MacOS.System.Users", on: [.darwin]) { site in
            site.machine.accounts.map { account in
                [
                    "Name": .string(account.name), "RealName": .string(account.description),
                    "Uid": .text(account.id), "Gid": .text(account.group), "UUid": .string(account.uuid),
                    "UserShell": .string(account.shell), "HomeDir": .string(account.home), "AppleId": .null,
                    "CreationTime": .time(site.now.before(.days(300))), "FailedLoginCount": 0,
                    "FailedLoginTimestamp": .null, "PasswordLastSetTime": .time(site.now.before(.days(80))),
                ]
            }
        },
        ArtifactCollector("Linux.Sys.LastUserLogin", on: [.linux]) { site in
            site.machine.logons.filter(\.succeeded).enumerated().map { index, logon in
                [
                    "OSPath": "/var/log/wtmp", "login_Type": "USER_PROCESS", "login_ID": .string("ts/\(index)"),
                    "login_PID": .int(18200 + 31 * index), "login_Host": .string(logon.source),
                    "login_User": .string(logon.user), "login_IpAddr": .string(logon.source),
                    "login_Terminal": .string("pts/\(index)"), "login_time": .time(logon.at),
                    "logout_time": .time(logon.at.after(.minutes(41))),
                ]
            }
        },
        ArtifactCollector("Linux.Syslog.SSHLogin", on: [.linux]) { site in
            site.machine.logons.map { logon in
                [
                    "Time": .time(logon.at), "IP": .string(logon.source),
                    "Result": .string(logon.succeeded ? "Accepted" : "Failed"), "Method": .string(logon.method),
                    "AttemptedUser": .string(logon.user), "OSPath": "/var/log/auth.log",
                ]
            }
        },
        ArtifactCollector("Windows.EventLogs.RDPAuth", on: [.windows]) { site in
            site.machine.logons.enumerated().map { $1.eventRow(on: site.endpoint, record: 118_400 + $0) }
        },
    ]
}

extension Machine.Account {
    var passwordRow: JSONObject {
        [
            "User": .string(name), "Description": .string(description), "Uid": .text(id), "Gid": .text(group),
            "Homedir": .string(home), "Shell": .string(shell),
        ]
    }

    fileprivate var uuid: String {
        var invented = Invented("account " + name)
        return [8, 4, 4, 4, 12].map { invented.hex($0).uppercased() }.joined(separator: "-")
    }
}

extension Machine.Logon {
    fileprivate func eventRow(on endpoint: Endpoint, record: Int) -> JSONObject {
        let event = succeeded ? 4624 : 4625
        let what = succeeded ? "LOGON_SUCCESSFUL" : "LOGON_FAILED"
        return [
            "EventTime": .time(at), "Computer": .string(endpoint.fqdn), "Channel": "Security", "EventID": .int(event),
            "DomainName": .string(domain), "UserName": .string(user), "LogonType": .int(Int(method) ?? 3),
            "SourceIP": .string(source), "Description": .string("\(what) - type \(method)"),
            "Message": .string("\(succeeded ? "An account was logged on" : "An account could not log on"): \(user)"),
            "EventRecordID": .int(record),
            "OSPath": #"C:\Windows\System32\Winevt\Logs\Security.evtx"#,
        ]
    }
}
