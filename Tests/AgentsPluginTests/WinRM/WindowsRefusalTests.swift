// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing
import WinRMTestbed

@Suite("What a rollout by WinRM refuses")
struct WindowsRefusalTests {
    /// A machine, what is wrong with it, and what is said of it.
    private static let broken: [(behaviour: JSONObject, code: String, words: String)] = [
        (["plain_user": true], "permission_denied", "is no administrator. Nothing was changed there."),
        (["garbles": "velociraptor.msi"], "unavailable", "velociraptor.msi came to"),
        (["no_powershell": true], "unsupported", "PowerShell gave no answer"),
        (["service": "Stopped"], "failed_precondition", "does not keep running: Stopped."),
    ]

    @Test("machines on which it cannot come to a good end are told with the reason", arguments: broken.indices)
    func machines(index: Int) async throws {
        let one = Self.broken[index]
        try await WindowsBench.with([one.behaviour]) { bench in
            let answer = try await bench.deploy()
            let host = answer.host(try #require(bench.machines.first))
            #expect(host["status"] == "failed", "\(answer.json())")
            #expect(host["code"]?.stringValue == one.code)
            #expect(host["reason"]?.stringValue?.contains(one.words) == true, "\(host.json())")
            #expect(host["hint"]?.stringValue?.isEmpty != true)
        }
    }

    @Test("a wrong password, and a machine that nobody vouches for, are that machine's failures; nothing begins there")
    func strangers() async throws {
        try await WindowsBench.with { bench in
            let machine = try #require(bench.machines.first)
            let wrong = try await bench.deploy(["password_secret": "winrm-wrong"])
            #expect(wrong.host(machine)["code"] == "unauthenticated", "\(wrong.json())")
            let unknown = try await bench.deploy(["ca_file": .null])
            #expect(unknown.host(machine)["code"] == "unauthenticated", "\(unknown.json())")
            let begun = try machine.count("create")
            #expect(begun == 0)

            let local = JSONValue.string(".\\\(WinRMEndpoint.localUser)")
            let unchecked = try await bench.deploy([
                "ca_file": .null, "verify_certificate": false, "username": local,
            ])
            #expect(unchecked.status(machine) == "installed")
            #expect(unchecked["notes"]?.json().contains("Certificates were not checked") == true)
        }
    }

    @Test("calls that would show secrets, or cannot work, reach no machine")
    func calls() async throws {
        try await WindowsBench.with { bench in
            let linux = try bench.bench.linuxProgram()
            let cases: [(JSONObject, String)] = [
                (["use_ssl": false], "WinRM without TLS is not spoken"),
                (["auth": "basic", "verify_certificate": false, "ca_file": .null], "the password itself is sent"),
                (["verify_certificate": false], "ca_file says whom to trust"),
                (["password_secret": .null], "ntlm needs password_secret"),
                (["program": .null], "No program for windows is given."),
                (["program": linux], "is for linux, and the rollout for windows"),
                (["targets": ["pc-17", "PC-17"]], "is named twice"),
            ]
            for (more, words) in cases {
                let error = try await bench.refusal(more)
                #expect(error?.code == .invalidArgument, "\(more)")
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
            }
            let events = try bench.machines[0].events()
            #expect(events.isEmpty)
        }
    }

    @Test("a rollout is gone on with by what it began with")
    func otherTool() async throws {
        try await WindowsBench.with { bench in
            let first = try await bench.deploy()
            let error = await bench.bench.refusal(
                "deploy_agents_ssh",
                ["rollout_id": try #require(first["rollout_id"])]
            )
            #expect(error?.code == .invalidArgument)
            #expect(error?.hint == "Go on with deploy_agents_winrm.")
        }
    }
}
