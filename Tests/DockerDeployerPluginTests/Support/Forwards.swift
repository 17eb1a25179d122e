// SPDX-License-Identifier: Apache-2.0

import Foundation
import SSHTestbed

/// The ssh clients that this process has started.
enum Forwards {
    struct Forward {
        let id: pid_t
        /// Where its socket lies.
        let folder: String
    }

    static func running(to server: SSHTestServer) -> [Forward] {
        SSHTestServer.children(of: getpid()).compactMap { id in
            let words = text("/proc/\(id)/cmdline").split(separator: "\0").map(String.init)
            guard words.first == "ssh", words.contains("\(server.port)"), let option = words.firstIndex(of: "-L"),
                let end = words[option + 1].range(of: "/s:")
            else { return nil }
            return Forward(id: id, folder: String(words[option + 1][..<end.lowerBound]))
        }
    }

    /// Waits until no process is left of them, not even one that has ended: those of other tests are awaited as well.
    static func waitUntilReaped() async {
        while SSHTestServer.children(of: getpid()).contains(where: isEndedClient) { await Task.yield() }
    }

    private static func isEndedClient(_ id: pid_t) -> Bool {
        let status = text("/proc/\(id)/stat")
        return status.contains("(ssh) Z")
    }

    private static func text(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
