// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs a target's cases in a child, and goes on behind one that ends it.
struct Supervisor {
    let target: String
    let seed: UInt64
    let count: Int
    let patience: Int

    /// After so many findings the rest would only repeat them.
    private static let mostFindings = 20

    /// - Returns: how many cases crashed or hung.
    func run(_ bytes: (Int) -> [UInt8]) throws -> Int {
        let file = FileManager.default.temporaryDirectory.appending(path: "megaraptor-fuzz-\(UUID().uuidString)")
        try Data(count: 8).write(to: file)
        defer { unlink(file.path) }
        let counter = try CaseCounter(file: file.path)
        var (from, findings) = (0, 0)
        let start = Date()
        while from < count, findings < Self.mostFindings {
            guard let end = try runChild(from, file.path, counter) else { break }
            let saved = FileManager.default.temporaryDirectory.appending(path: "\(target)-\(seed)-\(counter.value)")
            try Data(bytes(counter.value)).write(to: saved)
            print("\(target): case \(counter.value) of seed \(seed) \(end); saved as \(saved.path)")
            findings += 1
            from = counter.value + 1
        }
        let seconds = Date().timeIntervalSince(start)
        print("\(target): \(count) cases of seed \(seed), \(findings) findings, \(Int(seconds.rounded())) s")
        return findings
    }

    /// - Returns: how the child ended where it did not come to its end.
    private func runChild(_ from: Int, _ file: String, _ counter: CaseCounter) throws -> String? {
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = [
            target, "--seed", "\(seed)", "--count", "\(count)", "--from", "\(from)", "--child", file,
        ]
        child.environment = ["SWIFT_BACKTRACE": "enable=no", "TMPDIR": NSTemporaryDirectory()]
        try child.run()
        var (seen, since) = (-1, Date())
        while child.isRunning {
            usleep(20_000)
            if counter.value != seen {
                (seen, since) = (counter.value, Date())
            } else if Date().timeIntervalSince(since) > Double(patience) {
                kill(child.processIdentifier, SIGKILL)
                child.waitUntilExit()
                return "took longer than \(patience) s"
            }
        }
        child.waitUntilExit()
        if child.terminationReason == .uncaughtSignal { return "was ended by signal \(child.terminationStatus)" }
        return child.terminationStatus == 0 ? nil : "ended with status \(child.terminationStatus)"
    }
}
