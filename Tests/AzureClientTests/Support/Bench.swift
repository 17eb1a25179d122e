// SPDX-License-Identifier: Apache-2.0

import AzureTestbed
import Certificates
import Foundation
import MegaraptorErrors
import Synchronization
import Testing

@testable import AzureClient

/// An Azure of its own for one test, and a folder that goes with it.
struct Bench {
    let azure: AzureTestbed
    let folder: String
    let naps: Naps

    static func with(_ body: (Bench) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mr-azure-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let azure = try AzureTestbed()
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(Bench(azure: azure, folder: folder, naps: Naps())))
        } catch {
            result = .failure(error)
        }
        await azure.stop()
        try? FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    var retries: RetryPolicy { RetryPolicy(sleep: naps.sleep) }
    var scope: String { AzureCloud.azurePublic.scope }

    func environment(_ more: [String: String] = [:], isSignedIn: Bool = true) -> AzureEnvironment {
        var variables = more
        if isSignedIn {
            variables["AZURE_TENANT_ID"] = AzureTestbed.tenant
            variables["AZURE_CLIENT_ID"] = AzureTestbed.clientID
        }
        // Nobody listens there.
        variables["AZURE_POD_IDENTITY_AUTHORITY_HOST"] =
            variables["AZURE_POD_IDENTITY_AUTHORITY_HOST"] ?? "http://127.0.0.1:9"
        return AzureEnvironment(variables)
    }

    func chain(_ environment: AzureEnvironment) throws -> CredentialChain {
        try CredentialChain.usual(environment, authority: azure.url, tenant: nil, retries: retries)
    }

    func client() throws -> ARMClient {
        let cloud = try AzureCloud(named: nil, authority: azure.url, resourceManager: azure.url)
        let secret = environment(["AZURE_CLIENT_SECRET": AzureTestbed.secret])
        return ARMClient(cloud, tokens: TokenCache(try chain(secret)), retries: retries)
    }

    func write(_ name: String, _ text: String, isProgram: Bool = false) throws -> String {
        let file = "\(folder)/\(name)"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let mode = isProgram ? 0o700 : 0o600
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }
}

/// Sleeps that take no time, and are remembered.
final class Naps: Sendable {
    private let taken = Mutex<[Duration]>([])

    var all: [Duration] { taken.withLock { $0 } }

    var sleep: @Sendable (Duration) async throws -> Void {
        { duration in
            try Task.checkCancellation()
            self.taken.withLock { $0.append(duration) }
            await Task.yield()
        }
    }
}

/// The error that a piece of work ends with.
func failure(_ work: () async throws -> Void) async -> MegaraptorError? {
    do {
        try await work()
        return nil
    } catch {
        return error as? MegaraptorError
    }
}
