// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A program that inherits whatever this process does not keep to itself.
struct Child {
    private let process: pid_t

    init() throws {
        var process = pid_t()
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("1000"), nil]
        defer { for argument in arguments { free(argument) } }
        let failure = posix_spawnp(&process, "sleep", nil, nil, &arguments, environ)
        try #require(failure == 0)
        self.process = process
    }

    func end() {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
    }
}
