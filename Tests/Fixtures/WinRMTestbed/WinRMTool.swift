// SPDX-License-Identifier: Apache-2.0

internal import CommandTestbed
internal import Foundation

/// The Python environment with pywinrm and a grammar of PowerShell.
public enum WinRMTool {
    static var pythonPath: String {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let usual = here.appending(path: "../../../.build/python/winrm").standardizedFileURL.path
        return (ProcessInfo.processInfo.environment["MEGARAPTOR_WINRM_TOOLS"] ?? usual) + "/bin/python"
    }

    /// Runs a program in Python with pywinrm.
    @discardableResult
    public static func python(_ text: String, _ arguments: String...) throws -> String {
        try Command.require([pythonPath, "-c", text] + arguments)
    }

    /// Requires files to be PowerShell by a real grammar.
    public static func requirePowerShell(_ paths: [String]) throws {
        let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Endpoint/powershell.py")
        try Command.require([pythonPath, program.path] + paths)
    }
}
