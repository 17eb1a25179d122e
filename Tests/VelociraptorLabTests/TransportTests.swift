// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRPCTransport
import JSONValue
import SwiftProtobuf
import Testing
import VelociraptorAPI
import VelociraptorLab

@Suite("Who is let in, and what they are told")
struct TransportTests {
    private func status(_ lab: RunningLab, _ change: (inout GRPCChannelConfiguration) -> Void) async throws
        -> GRPCStatus
    {
        let keys = lab.credentials(of: .administrator)
        var configuration = GRPCChannelConfiguration(
            target: "127.0.0.1:\(lab.port)",
            tls: GRPCClientTLS(
                roots: keys.roots,
                certificate: keys.certificate,
                privateKey: keys.privateKey,
                targetName: "VelociraptorServer"
            )
        )
        change(&configuration)
        let request = Proto_VQLCollectorArgs.with { $0.query = [.with { $0.vql = "SELECT 1 AS a FROM scope()" }] }
        let channel = try GRPCChannel(configuration)
        do throws(GRPCStatus) {
            let bytes: [UInt8]
            do { bytes = try request.serializedBytes() } catch { return GRPCStatus(.internal, "\(error)") }
            for try await _ in channel.serverStreaming("/proto.API/Query", bytes, deadline: .seconds(20)) {}
            return .ok
        } catch {
            return error
        }
    }

    @Test("TLS failures are UNAVAILABLE with their own words")
    func handshakes() async throws {
        try await withLab { lab in
            let pinless = try await status(lab) { $0.tls.targetName = nil }
            #expect(pinless.code == .unavailable)
            // The words are those of the client's library, and differ between its versions.
            #expect(pinless.details.contains("Peer name 127.0.0.1 is not in peer certificate"))

            let wrongAuthority = try await status(lab) { $0.tls.roots = lab.credentials(of: .wrongAuthority).roots }
            #expect(wrongAuthority.code == .unavailable)
            #expect(wrongAuthority.details.contains("certificate verify failed"))

            for user in [LabUser.foreign, .expired] {
                let refused = try await status(lab) { $0.tls.certificate = lab.credentials(of: user).certificate }
                #expect(refused.code == .unavailable, "\(user)")
            }
            let anonymous = try await status(lab) {
                $0.tls.certificate = nil
                $0.tls.privateKey = nil
            }
            #expect(anonymous.code == .unavailable)
            #expect(try await status(lab) { _ in }.isOK)
        }
    }

    @Test("Nothing answers when the lab is away, and the same channel works again when it is back")
    func restart() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            #expect(try await client.query("SELECT 1 AS a FROM scope()").status.isOK)
            await lab.pause()
            #expect(try await client.query("SELECT 1 AS a FROM scope()").status.code == .unavailable)
            try lab.resume()
            var answer = try await client.query("SELECT whoami() AS me FROM scope()")
            // The core's own back-off decides when it dials again.
            let end = ContinuousClock.now + .seconds(20)
            while answer.status.code == .unavailable, ContinuousClock.now < end {
                await Task.yield()
                answer = try await client.query("SELECT whoami() AS me FROM scope()")
            }
            #expect(try answer.rows == [["me": "mcp"]])
        }
    }

    @Test("The users are told apart by their certificates")
    func users() async throws {
        try await withLab { lab in
            let denied = "Permission denied: User readonly requires permission ANY_QUERY to run queries"
            let expected: [(LabUser, GRPCStatus)] = [
                (.administrator, .ok), (.investigator, .ok), (.apiOnly, .ok), (.readerWithAPI, .ok),
                (.reader, GRPCStatus(.permissionDenied, denied)),
                (.unknown, GRPCStatus(.unknown, "User not found: gone")),
            ]
            for (user, status) in expected {
                let answer = try await LabClient(lab, as: user).query("SELECT 1 AS a FROM scope()")
                #expect(answer.status.code == status.code && answer.status.details == status.details, "\(user)")
            }
            let withoutRights = try await LabClient(lab, as: .withoutRights).query("SELECT 1 AS a FROM scope()")
            #expect(withoutRights.status.code == .permissionDenied)
        }
    }

    @Test("Requests the real server refuses are refused in its words")
    func refusals() async throws {
        try await withLab { lab in
            let client = try LabClient(lab)
            let empty = try await client.query(Proto_VQLCollectorArgs())
            #expect(empty.status.code == .unknown && empty.status.details == "Query should be specified.")

            let big = try await client.query(
                "SELECT len(list=Big) AS n FROM scope()",
                env: ["Big": String(repeating: "x", count: 5_000_000)]
            )
            #expect(big.status.code == .resourceExhausted)

            let organization = try await client.query(
                .with {
                    $0.query = [.with { $0.vql = "SELECT 1 AS a FROM scope()" }]
                    $0.orgID = "O1234"
                }
            )
            #expect(organization.status.code == .unknown && organization.status.details == "Org not found")

            await #expect(throws: GRPCStatus.self) {
                let _: Proto_Empty = try await client.unary("NoSuchMethod", Proto_Empty())
            }
        }
    }

    @Test("A lab that starts in the same folder again has the same keys and port")
    func sameFolder() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-\(UUID().uuidString)").path
        defer { _ = try? FileManager.default.removeItem(atPath: folder) }
        let first = try await Lab.start(LabOptions(directory: folder))
        let client = try LabClient(first)
        let keys = first.credentials(of: .administrator)
        await first.stop()
        let second = try await Lab.start(LabOptions(directory: folder))
        #expect(second.port == first.port)
        #expect(second.credentials(of: .administrator) == keys)
        #expect(try String(contentsOfFile: second.apiFile(), encoding: .utf8).contains("127.0.0.1:\(second.port)"))
        let mode = try FileManager.default.attributesOfItem(atPath: second.apiFile())[.posixPermissions] as? Int
        #expect(mode == 0o600)
        _ = client
        await second.stop()
    }
}
