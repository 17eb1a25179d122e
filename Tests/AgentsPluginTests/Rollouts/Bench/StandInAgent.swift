// SPDX-License-Identifier: Apache-2.0

import Foundation
import SSHTestbed

/// A program that runs like an agent: a real one for this machine's processor, which stays as a client.
enum StandInAgent {
    private static let folder = "/dev/shm/mr-agent-programs-\(getpid())"
    private static let made = Result { try build() }

    /// - Parameter version: goes into the file, so that two differ.
    static func program(_ version: String, in place: URL) throws -> String {
        try copy("agent", version, place)
    }

    /// One that ends at once.
    static func broken(in place: URL) throws -> String { try copy("broken", "0", place) }

    private static func copy(_ name: String, _ version: String, _ place: URL) throws -> String {
        let bytes = try Data(contentsOf: made.get().appending(path: name)) + Data("version \(version)".utf8)
        let file = place.appending(path: "velociraptor-\(name)-\(version)")
        try bytes.write(to: file)
        return file.path
    }

    private static func build() throws -> URL {
        let folder = URL(filePath: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(atPath: StandInAgent.folder) }
        let code = """
            #include <string.h>
            #include <unistd.h>
            int main(int count, char **words) {
                for (int i = 1; i < count && STAYS; i++)
                    if (!strcmp(words[i], "client")) for (;;) pause();
                return 1;
            }
            """
        let source = folder.appending(path: "agent.c").path
        try Data(code.utf8).write(to: URL(filePath: source))
        for (name, stays) in [("agent", "1"), ("broken", "0")] {
            let target = folder.appending(path: name).path
            try SSHTestServer.output("/usr/bin/env", ["gcc", "-DSTAYS=\(stays)", "-o", target, source])
        }
        return folder
    }
}
