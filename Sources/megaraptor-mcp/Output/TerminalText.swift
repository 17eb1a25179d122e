// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import MegaraptorErrors

/// Text for the person at a terminal.
enum TerminalText {
    /// Writes all of it to a descriptor.
    static func write(_ text: String, to output: Int32 = STDOUT_FILENO) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            guard count > 0 else { throw MegaraptorError(.unavailable, "Nobody takes the output.") }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes JSON for programs.
    static func write(_ json: JSONValue, to output: Int32 = STDOUT_FILENO) throws {
        try write(json.prettyJSON() + "\n", to: output)
    }

    /// How many columns there are: those of the terminal, or a hundred.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return max(40, Int(size.ws_col))
    }
}

extension String {
    /// One line that cannot steer a terminal: a plugin's words may hold what a server or an endpoint said.
    var printable: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: text += scalar.escaped(asASCII: true)
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
