// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

/// Functions and plugins that reach into the server's own machine. The lab checks rights as the server does and then
/// answers from an invented machine: nothing of the real one is read, run or connected to.
extension LabSymbols {
    var machinePlugins: [PluginDefinition] {
        [
            PluginDefinition("info") { call, emit in try emit(server(call).machineInformation) },
            PluginDefinition("pslist") { call, emit in
                try emit([
                    "Pid": 1, "Ppid": 0, "Name": "velociraptor", "CommandLine": "/usr/local/bin/velociraptor frontend",
                    "Exe": "/usr/local/bin/velociraptor", "Username": "velociraptor",
                    "CreateTime": .text(server(call).start.rfc3339),
                ])
            },
            PluginDefinition("execve") { call, emit in
                let words = call.arguments.texts("argv")
                call.report("Running external command \(words)".replacingQuotes)
                try emit([
                    "Stdout": "The lab runs no commands.\n", "Stderr": "", "ReturnCode": 0, "Complete": true,
                ])
            },
            PluginDefinition("glob", access: .open) { call, _ in
                try Self.requireFileSystem(call, "Accessor auto: ")
                throw VQLFailure("The lab has no files")
            },
            PluginDefinition("http_client") { _, _ in throw VQLFailure("The lab opens no connections") },
        ]
    }

    var machineFunctions: [FunctionDefinition] {
        [
            FunctionDefinition("info") { call in .dict(server(call).machineInformation) },
            FunctionDefinition("read_file", access: .open, failureValue: "", body: readFile),
        ]
    }

    /// Reads what clients have sent, which the accessor `fs` finds on the server; there are no other files.
    @Sendable private func readFile(_ call: Invocation) throws -> VQLValue {
        let accessor = call.arguments.text("accessor") ?? "auto"
        try Self.requireFileSystem(call, "Field filename Accessor \(accessor): ")
        guard accessor == "fs" else { throw VQLFailure("The lab has no files") }
        let path = call.arguments.text("filename") ?? ""
        guard let upload = server(call).upload(at: path) else { throw VQLFailure("file does not exist: \(path)") }
        let offset = Int(clamping: call.arguments.integer("offset") ?? 0)
        let length = Int(clamping: call.arguments.integer("length") ?? .max)
        return .text(String(decoding: upload.text.utf8.dropFirst(offset).prefix(length), as: UTF8.self))
    }

    private static func requireFileSystem(_ call: Invocation, _ prefix: String) throws {
        guard call.context.session.permissions.contains(.fileSystemRead) else {
            throw VQLFailure(prefix + VQLFailure.permissionDenied([.fileSystemRead]).message)
        }
    }
}

extension String {
    /// `["id"]` as Go prints a list of strings: `[id]`.
    fileprivate var replacingQuotes: String {
        filter { $0 != "\"" && $0 != "," }
    }
}

extension LabServer {
    fileprivate var machineInformation: VQLRow {
        [
            "Hostname": "velociraptor-lab", "Uptime": .integer(now.seconds - start.seconds + 3600),
            "BootTime": .integer(start.seconds - 3600), "OS": "linux", "Platform": "debian", "PlatformFamily": "debian",
            "PlatformVersion": "12.11", "KernelVersion": "6.1.0-37-amd64", "VirtualizationSystem": "",
            "VirtualizationRole": "guest", "CompilerVersion": "go1.27.3",
            "HostID": "00000000-0000-4000-8000-000000000001", "Exe": "/usr/local/bin/velociraptor", "CWD": "/",
            "IsAdmin": true, "ClientStart": .text(start.rfc3339), "LocalTZ": "UTC", "LocalTZOffset": 0,
            "Fqdn": "velociraptor.corp.example.com", "Architecture": "amd64",
        ]
    }
}
