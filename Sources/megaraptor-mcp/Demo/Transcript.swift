// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The demo's printing: what was asked, what came back, how long it took.
enum Transcript {
    /// Longer answers are shortened on the screen; the assistant gets them whole.
    private static let shownLines = 16
    private static let shownWidth = 150

    /// Shown at once, also where the output is a pipe.
    private static func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    static func title(_ text: String) {
        say("\n== \(text)")
    }

    static func note(_ text: String) {
        say("   \(text)")
    }

    static func question(_ question: String, call: String) {
        say("\n-- \(question)")
        for (index, line) in call.split(separator: "\n").enumerated() { say("   \(index == 0 ? ">" : " ") \(line)") }
    }

    static func answer(_ text: String, isError: Bool, elapsed: Duration) {
        let lines = text.split(separator: "\n")
        for line in lines.prefix(shownLines) {
            say("   \(isError ? "!" : "<") \(line.count > shownWidth ? "\(line.prefix(shownWidth))…" : String(line))")
        }
        if lines.count > shownLines { print("     … \(lines.count - shownLines) more lines") }
        say("     (\(isError ? "refused" : "answered") in \(show(elapsed)))")
    }

    /// What the server asks the person before it goes on.
    static func asked(_ question: String) {
        let line = question.split(separator: "\n").joined(separator: " ")
        say("   ? \(line.count > shownWidth ? "\(line.prefix(shownWidth))…" : line)")
        say("   = yes")
    }

    /// The end of the story: what was found, with where it can be read again.
    static func report(_ lines: [String]) {
        title("What the assistant reports")
        for line in lines { say("   \(line)") }
    }

    static func show(_ duration: Duration) -> String {
        let microseconds = duration / .microseconds(1)
        return "\((microseconds / 100).rounded() / 10) ms"
    }

    static func farewell(program: String) {
        say(
            """

            == Connect your own assistant
               Claude Desktop (claude_desktop_config.json) or any other MCP client:
                 {"mcpServers": {"velociraptor": {"command": "\(program)",
                  "env": {"VELOCIRAPTOR_API_CONFIG": "/path/to/api_client.yaml"}}}}
               Make the file on your Velociraptor server, then restart the server:
                 velociraptor --config server.config.yaml config api_client --name mcp --role api,investigator api_client.yaml

            """
        )
    }
}
