// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// What a Windows machine is, and what there is of an agent, as ``WindowsScript/look`` says.
struct WindowsFacts: Sendable {
    let hostname: String?
    /// `AMD64`, `ARM64` or `x86`.
    let processor: String
    let programFiles: String
    let isAdministrator: Bool
    let isRunning: Bool
    let hasService: Bool
    /// SHA-256 of the agent's program; `nil` where there is none.
    let program: String?
    /// The configurations that the vendor's two kinds of installation read; `nil` where there is none.
    let installerConfig: [UInt8]?
    let programConfig: [UInt8]?
    /// SHA-256 of the installer that brought the program, where that is known and still so.
    let installer: String?
    /// SHA-256 of the installer that waits on the machine.
    let waiting: String?

    init(_ answer: JSONValue) {
        func text(_ name: String) -> String? {
            let text = answer[name]?.stringValue ?? ""
            return text.isEmpty ? nil : text
        }
        func bytes(_ name: String) -> [UInt8]? { text(name).flatMap { Base64.decode($0.utf8) } }
        hostname = text("hostname")
        processor = text("processor") ?? ""
        programFiles = text("program_files") ?? ""
        isAdministrator = answer["is_administrator"]?.boolValue ?? false
        hasService = text("service") != nil
        isRunning = text("service") == "Running"
        program = text("program")
        installerConfig = bytes("installer_config")
        programConfig = bytes("program_config")
        waiting = text("waiting")
        let sums = bytes("mark").map { String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isWhitespace) } ?? []
        installer = sums.count == 2 && String(sums[1]) == program ? String(sums[0]) : nil
    }

    /// The configuration that is in use.
    ///
    /// - Parameter isInstaller: which of the two comes first where there are both.
    func config(isInstaller: Bool) -> [UInt8]? {
        isInstaller ? installerConfig ?? programConfig : programConfig ?? installerConfig
    }
}
