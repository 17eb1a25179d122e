// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the program can know of itself without Foundation.
enum RunningProgram {
    /// The absolute path of the executable, links resolved.
    static var path: String {
        guard let real = realpath("/proc/self/exe", nil) else { return CommandLine.arguments[0] }
        defer { free(real) }
        return String(cString: real)
    }

    static var environment: [String: String] {
        var variables: [String: String] = [:]
        var pointer = environ
        while let entry = pointer.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            pointer += 1
        }
        return variables
    }
}
