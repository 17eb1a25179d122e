// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Tells a C compiler where the contract's header is.
struct IncludePath: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "include-path",
        abstract: "Print the folder of megaraptor_plugin.h: cc -I \"$(megaraptor-plugin include-path)\"."
    )

    func run() throws {
        print(try AuthorsFiles.located().headers)
    }
}
