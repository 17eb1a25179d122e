// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// How a server of the tests' own tells where it listens: by the file `port` in its folder, once it takes connections.
public enum PortFile {
    /// - Throws: ``TestbedFailure`` with what the server left in the file `errors`, where it tells no port in a minute.
    public static func port(in folder: URL) async throws -> UInt16 {
        func text(_ name: String) -> String? { try? String(contentsOf: folder.appending(path: name), encoding: .utf8) }
        let end = ContinuousClock.now + .seconds(60)
        while true {
            if let port = text("port").flatMap(UInt16.init) { return port }
            guard ContinuousClock.now < end else {
                throw TestbedFailure(text: "The server in \(folder.path) does not start. \(text("errors") ?? "")")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
