// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeploymentKit
import Foundation
import MegaraptorErrors
import Testing

@Suite("Files of a deployment's certificates")
struct PKIFileTests {
    private func same(_ left: DeploymentPKI, _ right: DeploymentPKI) -> Bool {
        left.authority == right.authority && left.formerAuthorities == right.formerAuthorities
            && left.frontend.certificate == right.frontend.certificate && left.frontend.key == right.frontend.key
            && left.gateway.certificate == right.gateway.certificate && left.gateway.key == right.gateway.key
            && left.apiClients.map(\.certificate) == right.apiClients.map(\.certificate)
            && left.apiClients.map(\.key) == right.apiClients.map(\.key)
    }

    @Test("What is saved is read back, only for its owner, and without the authority's key")
    func roundTrip() async throws {
        let signed = try await TestPKI.signed
        let secret = try signed.authority.key.pkcs1PEM().split(separator: "\n")[1]
        try await ScratchFolder.with { scratch in
            try signed.pki.save(in: scratch.file("pki"))
            #expect(same(try DeploymentPKI(folder: scratch.file("pki")), signed.pki))
            #expect(try scratch.names(in: "pki") == ["api-mcp.pem", "ca.crt", "frontend.pem", "gateway.pem"])
            #expect(try scratch.mode("pki") == 0o700)
            for name in try scratch.names(in: "pki") {
                #expect(try scratch.mode("pki/\(name)") == 0o600)
                #expect(try !scratch.read("pki/\(name)").contains(secret))
            }
            let again = try DeploymentPKI(folder: scratch.file("pki")).authority(key: signed.authority.key)
            #expect(again.certificate == signed.pki.authority)
        }
    }

    @Test("An API client that was taken away loses its file, and other files stay")
    func removal() async throws {
        let pki = try await TestPKI.pki
        try await ScratchFolder.with { scratch in
            try pki.save(in: scratch.file("pki"))
            try scratch.write("mine", to: "pki/notes.txt")
            try pki.removingAPIClient(UserName("mcp")).save(in: scratch.file("pki"))
            #expect(try scratch.names(in: "pki") == ["ca.crt", "frontend.pem", "gateway.pem", "notes.txt"])
        }
    }

    @Test("A change that was decided is finished by the next reader")
    func interruptedAfter() async throws {
        let signed = try await TestPKI.signed
        let new = try signed.pki.reissued(by: signed.authority, hostnames: [])
        try await ScratchFolder.with { scratch in
            try signed.pki.save(in: scratch.file("pki"))
            try new.save(in: scratch.file("new"))
            // Of the three files, one was moved already when the power went.
            for name in ["ca.crt", "gateway.pem"] {
                try scratch.write(scratch.read("new/\(name)"), to: "pki/\(name).draft")
            }
            try scratch.write(scratch.read("new/frontend.pem"), to: "pki/frontend.pem")
            try scratch.write("put ca.crt\nput frontend.pem\nput gateway.pem\n", to: "pki/change.list")
            _ = try scratch.run("chmod", "-R", "go-rwx", "pki")
            #expect(same(try DeploymentPKI(folder: scratch.file("pki")), new))
            #expect(try scratch.names(in: "pki") == ["api-mcp.pem", "ca.crt", "frontend.pem", "gateway.pem"])
        }
    }

    @Test("A change that was not decided leaves nothing")
    func interruptedBefore() async throws {
        let pki = try await TestPKI.pki
        try await ScratchFolder.with { scratch in
            try pki.save(in: scratch.file("pki"))
            try scratch.write("half a cert", to: "pki/frontend.pem.draft")
            #expect(same(try DeploymentPKI(folder: scratch.file("pki")), pki))
            #expect(try !scratch.names(in: "pki").contains("frontend.pem.draft"))
        }
    }

    @Test("Writers and readers at once never see a mixture")
    func concurrent() async throws {
        let signed = try await TestPKI.signed
        let new = try signed.pki.reissued(by: signed.authority, hostnames: [])
        try await ScratchFolder.with { scratch in
            let folder = scratch.file("pki")
            try signed.pki.save(in: folder)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for pki in [signed.pki, new] {
                    group.addTask { for _ in 0..<5 { try pki.save(in: folder) } }
                    group.addTask {
                        for _ in 0..<10 {
                            let read = try DeploymentPKI(folder: folder)
                            #expect(same(read, signed.pki) || same(read, new))
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("A missing file, a file that others can read and a damaged one are told")
    func faults() async throws {
        let pki = try await TestPKI.pki
        try await ScratchFolder.with { scratch in
            let folder = scratch.file("pki")
            let none = #expect(throws: MegaraptorError.self) { try DeploymentPKI(folder: folder) }
            #expect(none?.code == .notFound)
            try pki.save(in: folder)
            _ = try scratch.run("chmod", "644", "pki/gateway.pem")
            let open = #expect(throws: MegaraptorError.self) { try DeploymentPKI(folder: folder) }
            #expect(open?.code == .permissionDenied)
            #expect(open?.hint.contains("chmod 600") == true)
            _ = try scratch.run("chmod", "600", "pki/gateway.pem")
            try scratch.write("nothing", to: "pki/frontend.pem")
            let damaged = #expect(throws: MegaraptorError.self) { try DeploymentPKI(folder: folder) }
            #expect(damaged?.code == .invalidArgument)
        }
    }

    @Test("A folder that others can enter is not written into")
    func openFolder() async throws {
        let pki = try await TestPKI.pki
        try await ScratchFolder.with { scratch in
            _ = try scratch.run("mkdir", "-m", "755", "pki")
            let error = #expect(throws: MegaraptorError.self) { try pki.save(in: scratch.file("pki")) }
            #expect(error?.code == .permissionDenied)
            #expect(try scratch.names(in: "pki").isEmpty)
        }
    }
}
