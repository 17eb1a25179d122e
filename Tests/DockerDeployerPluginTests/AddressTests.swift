// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors
import Testing

@testable import DockerDeployerPlugin

@Suite("Addresses of engines, and versions of their API")
struct AddressTests {
    @Test(
        "an address is read as DOCKER_HOST has it",
        arguments: [
            ("unix:///run/x.sock", EngineAddress.unix(path: "/run/x.sock")),
            ("tcp://host:2376", .tls(host: "host", port: 2376)),
            ("tcp://host/", .tls(host: "host", port: 2376)),
            ("tcp://[::1]:1", .tls(host: "::1", port: 1)),
            ("ssh://host", .ssh(user: nil, host: "host", port: nil, path: "/var/run/docker.sock")),
            ("ssh://ada@host:22/run/p.sock", .ssh(user: "ada", host: "host", port: 22, path: "/run/p.sock")),
        ]
    )
    func reading(text: String, address: EngineAddress) throws {
        #expect(try EngineAddress(text) == address)
        #expect(try EngineAddress("\(address)") == address)
    }

    @Test(
        "what is no address is refused, and no password is repeated",
        arguments: [
            "", "host", "unix://relative", "unix://", "npipe:////./pipe/x", "tcp://", "tcp://u@host:1", "tcp://host:0",
            "tcp://host:99999", "ssh://-oProxyCommand=x", "ssh://-l@host", "ssh://ada:secret@host", "ssh://@host",
            "ssh://host/a b", "ssh://ho st",
        ]
    )
    func refusing(text: String) {
        let error = #expect(throws: MegaraptorError.self) { try EngineAddress(text) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("secret") == false)
    }

    @Test("what an engine elsewhere publishes on its own loopback cannot be reached from here")
    func reach() throws {
        let here = EngineAddress.unix(path: "/s")
        #expect(here.reach("0.0.0.0") == "127.0.0.1")
        #expect(here.reach("127.0.0.1") == "127.0.0.1")
        let there = EngineAddress.tls(host: "h", port: 1)
        #expect(there.reach("0.0.0.0") == "h")
        #expect(there.reach("127.0.0.1") == nil)
        #expect(there.reach("10.0.0.1") == "10.0.0.1")
    }

    @Test(
        "the newest version that both sides know is spoken",
        arguments: [
            ("1.24", "1.41", "1.41"), ("1.44", "1.99", "1.51"), (nil, "1.40", "1.40"), ("1.12", "1.39", nil),
            ("1.60", "1.70", nil),
        ] as [(String?, String, String?)]
    )
    func version(oldest: String?, newest: String, expected: String?) throws {
        let common = APIVersion.common(
            engineOldest: oldest.flatMap { APIVersion($0) },
            engineNewest: try #require(APIVersion(newest))
        )
        #expect(common?.description == expected)
    }

    @Test("each cause of no engine has its own words", arguments: ["absent", "refused", "tcp", "unknown"])
    func causes(cause: String) async throws {
        let dead = try DeadSocket.path()
        defer { unlink(dead) }
        let options: (String, String) =
            switch cause {
            case "absent": ("unix:///tmp/mr-no-engine/s", "no container engine at")
            case "refused": ("unix://\(dead)", "no engine listens")
            case "tcp": ("tcp://127.0.0.1:1", "no certificates are given")
            default: ("smoke://signal", "no address of a container engine")
            }
        let error = await #expect(throws: MegaraptorError.self) {
            try await Engine.with(try DockerOptions(["engine": .string(options.0)])) { _ in }
        }
        #expect(error?.message.contains(options.1) == true, "\(String(describing: error))")
        #expect(error?.hint.isEmpty == false)
    }
}
