// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the lab needs to run, as an image of the container engine. Made by the engine's own command.
struct DemoImage {
    static let name = "localhost/megaraptor-demo:lab"

    private let command: [String]

    /// `nil` where there is no command that makes it.
    init?(lab: String, folder: String) {
        let archive = "\(folder)/lab.tar"
        guard Self.run([lab, "image", "--output", archive]) != nil else { return nil }
        defer { unlink(archive) }
        let engine = getenv("DOCKER_HOST").map { String(cString: $0) }
        let podman = engine.map { ["podman", "--url", $0] } ?? ["podman"]
        for command in [["docker"], podman] {
            guard Self.run(command + ["import", archive, Self.name]) != nil else { continue }
            self.command = command
            return
        }
        return nil
    }

    func remove() { _ = Self.run(command + ["rmi", "--force", Self.name]) }

    /// What a program prints; `nil` where it is not there or fails.
    private static func run(_ words: [String]) -> String? {
        let quoted = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
        guard let pipe = popen("\(quoted) 2>/dev/null", "r") else { return nil }
        var output: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&part, 1, part.count, pipe), count > 0 { output += part[..<count] }
        guard pclose(pipe) == 0 else { return nil }
        return String(decoding: output, as: UTF8.self)
    }
}
