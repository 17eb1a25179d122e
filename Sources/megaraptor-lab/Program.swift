// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Chooses whom the program plays: the lab with its own commands, or the server program `velociraptor`.
@main
enum Program {
    static func main() async {
        let words = CommandLine.arguments
        if isServer(words) {
            await ServerProgram.run(Array(words.dropFirst()))
        } else {
            await MegaraptorLab.main()
        }
    }

    /// Under the name `velociraptor` it is always the server; under its own name, when the first word is none of the
    /// lab's own.
    private static func isServer(_ words: [String]) -> Bool {
        if words.first?.split(separator: "/").last == "velociraptor" { return true }
        guard let first = words.dropFirst().first else { return false }
        let own = [
            "serve", "image", "help", "-h", "--help", "--generate-completion-script", "--experimental-dump-help",
        ]
        let options = ["--directory", "--port", "--clients", "--latency", "--collection-time"]
        return !own.contains(first) && !options.contains { first == $0 || first.hasPrefix($0 + "=") }
    }
}
