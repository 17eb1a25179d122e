// SPDX-License-Identifier: Apache-2.0

import MegaraptorErrors

/// What authors build against, seen from the running program.
///
/// Installed: `PREFIX/include/megaraptor-mcp`. Built: the source tree itself.
struct AuthorsFiles {
    let headers: String
    /// The package that the kit is a product of; `nil` where only the programs are installed.
    let kit: String?

    static func located() throws(MegaraptorError) -> AuthorsFiles {
        let folders = try RunningProgram.path().split(separator: "/").dropLast().map(String.init)
        if let build = folders.lastIndex(of: ".build") {
            let root = "/" + folders[..<build].joined(separator: "/")
            return AuthorsFiles(headers: "\(root)/Sources/CMegaraptorABI/include", kit: root)
        }
        let prefix = "/" + folders.dropLast().joined(separator: "/")
        return AuthorsFiles(headers: "\(prefix)/include/megaraptor-mcp", kit: nil)
    }
}
