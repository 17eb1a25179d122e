// SPDX-License-Identifier: Apache-2.0

import Certificates
import Foundation
import JSONValue
import Testing
import VelociraptorLab

@Suite("Keys and certificates that the server does not start with")
struct KeyRefusalTests {
    private func refusal(
        _ change: (TestPKI) throws -> [(String, JSONValue?)]
    ) async throws -> String {
        let deployment = try await TestDeployment()
        do throws(ServerFailure) {
            let changes: [(String, JSONValue?)]
            do { changes = try change(deployment.pki) } catch { throw ServerFailure("no change: \(error)") }
            let started: DeployedServer
            do {
                started = try deployment.start(changes)
            } catch let failure as ServerFailure {
                throw failure
            } catch {
                throw ServerFailure("\(error)")
            }
            await started.stop()
            return "started"
        } catch {
            #expect(error.exitCode == 1)
            return error.message
        }
    }

    @Test("A frontend key that is not RSA in PKCS#1")
    func frontendKeys() async throws {
        let words = "starting frontend: failed to parse PEM block containing the key"
        #expect(try await refusal { [("Frontend.private_key", .string(try $0.key.pkcs8PEM()))] } == words)
        #expect(try await refusal { [("Frontend.private_key", .string(try $0.curveKey.pkcs8PEM()))] } == words)
        #expect(try await refusal { _ in [("Frontend.private_key", "/etc/key.pem")] } == words)
    }

    @Test("A key that belongs to another certificate")
    func pairs() async throws {
        let words = "starting frontend: tls: private key does not match public key"
        #expect(try await refusal { [("Frontend.private_key", .string(try $0.otherKey.pkcs1PEM()))] } == words)
        #expect(try await refusal { [("GUI.gw_private_key", .string(try $0.otherKey.pkcs1PEM()))] } == words)
    }

    @Test("A gateway certificate of another authority, or for clients only")
    func gateways() async throws {
        let foreign = try await refusal { [("GUI.gw_certificate", .string(try $0.gateway(by: $0.foreign)))] }
        #expect(foreign == "starting frontend: x509: certificate signed by unknown authority")
        let client = try await refusal { [("GUI.gw_certificate", .string(try $0.gateway(purposes: [.client])))] }
        #expect(client == "starting frontend: x509: certificate specifies an incompatible key usage")
    }

    @Test("An expired certificate without the authority's key, or with that key as PKCS#8")
    func expired() async throws {
        let words = "starting frontend: Certificate not valid"
        let certificate = { (pki: TestPKI) in
            ("Frontend.certificate", JSONValue.string(try pki.server(validity: TestPKI.past)))
        }
        #expect(try await refusal { [try certificate($0)] } == words)
        let damaged = try await refusal {
            [try certificate($0), ("CA.private_key", .string(try $0.authority.key.pkcs8PEM()))]
        }
        #expect(damaged == "starting frontend: failed to parse PEM block containing the key")
    }

    @Test(
        "What the server does take: gateway keys of other kinds, certificates without purposes or of another authority"
    )
    func taken() async throws {
        let taken: [(TestPKI) throws -> [(String, JSONValue?)]] = [
            { [("GUI.gw_private_key", .string(try $0.key.pkcs8PEM()))] },
            {
                [
                    ("GUI.gw_private_key", .string(try $0.curveKey.pkcs8PEM())),
                    ("GUI.gw_certificate", .string(try $0.gateway(for: $0.curveKey))),
                ]
            }, { [("GUI.gw_certificate", .string(try $0.gateway(purposes: [])))] },
            { [("Frontend.certificate", .string(try $0.server(by: $0.foreign)))] },
            { [("Frontend.certificate", .string(try $0.server(name: "server.example")))] },
            {
                [
                    ("Frontend.certificate", .string(try $0.server(validity: TestPKI.past))),
                    ("CA.private_key", .string(try $0.authority.key.pkcs1PEM())),
                ]
            }, { _ in [("Monitoring", nil), ("Frontend.hostname", nil), ("GUI.initial_users", nil)] },
        ]
        for change in taken { #expect(try await refusal(change) == "started") }
    }
}
