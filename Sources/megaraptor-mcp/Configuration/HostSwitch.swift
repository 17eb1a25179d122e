// SPDX-License-Identifier: Apache-2.0

/// A key of the operator's file that is also a flag and an environment variable.
struct HostSwitch: Sendable {
    /// The flag's name without dashes.
    let name: String
    /// The same name in capitals.
    let variable: String
    /// The key's place in the file.
    let path: [String]
    /// The flag as it was given.
    let given: @Sendable (HostOptions) -> String?

    private init(_ name: String, _ path: [String], _ given: @escaping @Sendable (HostOptions) -> String?) {
        self.name = name
        // Names have only small letters and dashes; every start of the server makes these.
        let capitals = name.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 & ~0x20 }
        variable = "MEGARAPTOR_" + String(decoding: capitals, as: UTF8.self)
        self.path = path
        self.given = given
    }

    var flag: String { "--\(name)" }

    /// The one flag that takes no value.
    static let readOnly = "read-only"

    /// Keys without an entry here, such as settings of plugins and signers, stand in the file only.
    static let all = [
        HostSwitch("toolsets", ["toolsets"]) { $0.toolsets },
        HostSwitch("tools-allow", ["tools", "allow"]) { $0.toolsAllow },
        HostSwitch("tools-deny", ["tools", "deny"]) { $0.toolsDeny },
        HostSwitch("disabled-plugins", ["disabled_plugins"]) { $0.disabledPlugins },
        HostSwitch(readOnly, ["read_only"]) { $0.readOnly ? "1" : nil },
        HostSwitch("confirm", ["confirm"]) { $0.confirm },
        HostSwitch("confirm-by-token", ["confirm_by_token"]) { $0.confirmByToken },
        HostSwitch("deadline-seconds", ["limits", "deadline_seconds"]) { $0.deadlineSeconds },
        HostSwitch("result-bytes", ["limits", "result_bytes"]) { $0.resultBytes },
        HostSwitch("concurrent-calls", ["limits", "concurrent_calls"]) { $0.concurrentCalls },
        HostSwitch("worker-memory-mb", ["limits", "worker_memory_mb"]) { $0.workerMemoryMb },
        HostSwitch("worker-cpu-seconds", ["limits", "worker_cpu_seconds"]) { $0.workerCpuSeconds },
        HostSwitch("trust", ["trust", "policy"]) { $0.trust },
        HostSwitch("trust-lock", ["trust", "lock"]) { $0.trustLock },
        HostSwitch("trust-in-process", ["trust", "in_process"]) { $0.trustInProcess },
        HostSwitch("audit", ["audit", "enabled"]) { $0.audit },
        HostSwitch("audit-file", ["audit", "file"]) { $0.auditFile },
        HostSwitch("audit-rotate-bytes", ["audit", "rotate_bytes"]) { $0.auditRotateBytes },
        HostSwitch("audit-keep", ["audit", "keep"]) { $0.auditKeep },
    ]
}
