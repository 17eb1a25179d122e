// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// Words for a POSIX shell that mean exactly what they say.
public enum ShellWord {
    /// The text in single quotes, within which a shell changes nothing.
    ///
    /// - Throws: `invalid_argument` for control characters: no path or argument of ours has any, and a line break
    ///   would change what a person sees in a log.
    public static func quoted(_ text: String) throws(MegaraptorError) -> String {
        guard !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
            throw MegaraptorError(.invalidArgument, "A word for the shell has control characters in it.")
        }
        return literal(text)
    }

    /// As ``quoted(_:)``, with line breaks let through: for scripts of our own.
    public static func literal(_ text: String) -> String {
        var quoted = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { quoted += #"'\''"# } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "'"
    }

    /// A command line out of words.
    public static func line(_ words: [String]) throws(MegaraptorError) -> String {
        var line = ""
        for word in words {
            if !line.isEmpty { line += " " }
            line += try quoted(word)
        }
        return line
    }
}
