// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import SSHTestbed
import Testing

@Suite("Machines without systemd", .timeLimit(.minutes(5)))
struct OtherSystemTests {
    @Test("a Mac: installed by launchd, unchanged, and removed")
    func mac() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            try machine.fake.write("bin/uname", "[ \"$1\" = -s ] && echo Darwin || echo arm64\n")
            // The group wheel is the Mac's.
            try machine.fake.write("bin/chown", "[ \"$1\" = root:wheel ]\n")
            try machine.fake.write("bin/launchctl", Self.launchctl(machine))
            let options: JSONObject = ["target_os": "macos", "program": .string(try bench.foreignProgram())]
            let first = try await bench.deploy(machines, options)
            #expect(first.status(machine) == "installed", "\(first.json())")
            #expect(try machine.mode("/usr/local/bin/velociraptor.config.yaml") == 0o600)
            let plist = String(
                decoding: try machine.bytes("/Library/LaunchDaemons/com.velocidex.velociraptor.plist"),
                as: UTF8.self
            )
            #expect(plist.contains("<string>\(machine.root.path)/usr/local/bin/velociraptor.config.yaml</string>"))
            #expect(try await bench.deploy(machines, options).status(machine) == "unchanged")
            #expect(try await bench.remove(machines, ["confirm": true]).status(machine) == "removed")
            #expect(!machine.exists("/usr/local/bin/velociraptor"))
        }
    }

    @Test("OpenRC: installed, unchanged, and removed")
    func openRC() async throws {
        try await RolloutBench.with { bench, machines in
            let machine = try #require(machines.first)
            try machine.fake.write("bin/systemctl", "echo offline; exit 1\n")
            let state = machine.fake.folder.path
            try machine.fake.write(
                "bin/rc-service",
                """
                case "$2" in
                    restart) [ -x '\(machine.root.path)/etc/init.d/velociraptor_client' ] && : > '\(state)/started';;
                    stop) rm -f '\(state)/started';;
                    status) [ -e '\(state)/started' ];;
                esac

                """
            )
            try machine.fake.write(
                "bin/rc-update",
                """
                case "$1" in
                    add) : > '\(state)/enabled';;
                    del) rm -f '\(state)/enabled';;
                    show) [ ! -e '\(state)/enabled' ] || echo ' velociraptor_client | default';;
                esac

                """
            )
            #expect(try await bench.deploy(machines).status(machine) == "installed")
            #expect(try machine.mode("/etc/init.d/velociraptor_client") == 0o755)
            #expect(try await bench.deploy(machines).status(machine) == "unchanged")
            #expect(try await bench.remove(machines, ["confirm": true]).status(machine) == "removed")
            #expect(!FileManager.default.fileExists(atPath: "\(state)/enabled"))
        }
    }

    private static func launchctl(_ machine: RemoteMachine) -> String {
        let loaded = machine.fake.folder.appending(path: "loaded").path
        return """
            case "$1" in
                print) [ -e '\(loaded)' ] && echo 'state = running';;
                bootout) [ -e '\(loaded)' ] && rm '\(loaded)';;
                bootstrap) [ "$2" = system ] && [ -f "$3" ] && : > '\(loaded)';;
                enable) ;;
                *) exit 1;;
            esac

            """
    }
}
