// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

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
    /// Paths of what an agent keeps for itself: its key and that key's copy, and what it could not send yet.
    let ownFiles: [String]

    /// - Parameter payload: the name of an installer that may wait there.
    init(looking machine: WindowsMachine, for payload: String? = nil) async throws(MegaraptorError) {
        var wish: JSONObject = [
            "waiting": .string(WindowsScript.waitingFolder), "mark": .string(WindowsScript.markFile),
            "buffer": .string(WindowsBundle.buffer),
        ]
        wish["payload"] = payload.map(JSONValue.string)
        self.init(try await machine.run(.look, wish))
    }

    private init(_ answer: JSONValue) {
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
        ownFiles = answer["own_files"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let sums = bytes("mark").map { String(decoding: $0, as: UTF8.self).split(whereSeparator: \.isWhitespace) } ?? []
        installer = sums.count == 2 && String(sums[1]) == program ? String(sums[0]) : nil
    }

    /// The configuration that is in use.
    ///
    /// - Parameter isInstaller: which of the two comes first where there are both.
    func config(isInstaller: Bool) -> [UInt8]? {
        isInstaller ? installerConfig ?? programConfig : programConfig ?? installerConfig
    }

    func requireAdministrator(_ machine: WindowsMachine) throws(MegaraptorError) {
        guard isAdministrator else {
            throw MegaraptorError(
                .permissionDenied,
                "On \(machine.name) the user who logged in is no administrator. Nothing was changed there.",
                hint: "A local one other than the built-in also needs LocalAccountTokenFilterPolicy to be one by WinRM."
            )
        }
        guard !programFiles.isEmpty, !programFiles.contains("\"") else {
            throw MegaraptorError(.unsupported, "\(machine.name) does not say where its programs lie.")
        }
    }
}
