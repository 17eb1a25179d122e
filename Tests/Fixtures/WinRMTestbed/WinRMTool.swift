// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// The Python environment with pywinrm, and other programs.
public enum WinRMTool {
    static var pythonPath: String {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let usual = here.appending(path: "../../../.build/python/winrm").standardizedFileURL.path
        return (ProcessInfo.processInfo.environment["MEGARAPTOR_WINRM_TOOLS"] ?? usual) + "/bin/python"
    }

    /// Runs to the end.
    ///
    /// - Throws: what it says where it fails.
    @discardableResult
    public static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw WinRMEndpoint.Failure(description: "\(program): \(text)") }
        return text
    }

    /// Runs a program in Python with pywinrm.
    @discardableResult
    public static func python(_ text: String, _ arguments: String...) throws -> String {
        try run(pythonPath, ["-c", text] + arguments)
    }

    /// Requires files to be PowerShell by a real grammar.
    public static func requirePowerShell(_ paths: [String]) throws {
        let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Endpoint/powershell.py")
        try run(pythonPath, ["-B", program.path] + paths)
    }
}
