// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import Foundation
import Synchronization
import Testing

@testable import AWSClient

/// A home folder with the files of the AWS tools in it.
final class Home: Sendable {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mr-aws-\(UUID().uuidString)")

    init(config: String = "", credentials: String = "") throws {
        try write(".aws/config", config)
        try write(".aws/credentials", credentials)
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path): \(error)") }
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// Never asks the metadata service of a machine that the test happens to run on.
    func environment(_ variables: [String: String] = [:]) -> AWSEnvironment {
        let fixed = ["HOME": folder.path, "AWS_EC2_METADATA_DISABLED": "true"]
        return AWSEnvironment(fixed.merging(variables) { $1 })
    }

    func settings(
        profile: String? = nil,
        region: String? = nil,
        endpoint: String? = nil,
        _ variables: [String: String] = [:]
    ) throws -> AWSSettings {
        try AWSSettings(profile: profile, region: region, endpoint: endpoint, environment: environment(variables))
    }

    func find(profile: String? = nil, _ variables: [String: String] = [:]) async throws -> AWSCredentials {
        let settings = try settings(profile: profile, variables)
        let region = try AWSRegion("eu-central-1")
        return try await CredentialsChain(settings: settings, region: region, clock: TestClock().clock).find()
    }
}

/// A clock that stands still, and notes what was waited for.
final class TestClock: Sendable {
    static let now: Int64 = 1_800_000_000
    private let slept = Mutex<[Duration]>([])

    var pauses: [Duration] { slept.withLock { $0 } }

    var clock: AWSClock {
        AWSClock(
            now: { Self.now },
            sleep: { duration in
                try Task.checkCancellation()
                self.slept.withLock { $0.append(duration) }
            },
            chance: { 0.5 }
        )
    }
}

/// Answers in their order, the last one for ever.
final class Answers: Sendable {
    private let rest: Mutex<[AWSAnswer?]>

    init(_ answers: AWSAnswer?...) { rest = Mutex(answers) }

    func next() -> AWSAnswer? {
        rest.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? nil }
    }
}
