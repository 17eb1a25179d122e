// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import MegaraptorErrors

/// A running `megaraptor-lab`.
final class LabProcess: Sendable {
    let process: LineProcess
    let port: Int64
    let folder: ScratchFolder

    /// - Parameter port: 0 takes a free one; a restart names the port that clients know.
    init(in folder: ScratchFolder, port: Int64 = 0, _ arguments: [String] = []) async throws {
        process = try LineProcess(
            Products.lab,
            ["serve", "--directory", folder.path, "--port", "\(port)"] + arguments
        )
        self.folder = folder
        guard let line = await process.nextLine(), let bound = try JSONValue(json: line)["port"]?.integerValue else {
            throw MegaraptorError(.unavailable, "the lab did not start: \(process.standardError)")
        }
        self.port = bound
    }

    func apiFile(_ name: String = "api_client") -> String { "\(folder.path)/\(name).yaml" }

    /// Ends the lab as a crash would.
    func crash() async {
        process.signal(SIGKILL)
        _ = await process.waitForEnd()
    }
}
