// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

/// Makes checks one after the other and leaves out those that would only repeat an earlier one's fault.
struct ValidationRun {
    let folder: String
    let seed: UInt64
    let callsEveryTool: Bool
    let inProcess: Bool
    let timeLimit: Duration
    /// Gets each finding as soon as there is one.
    let tell: (String, Finding) -> Void

    func make(_ checks: [Check]) throws -> ValidationReport {
        var report = ValidationReport(folder: folder, seed: seed)
        var blocked: Set<String> = []
        for check in checks {
            let finding: Finding
            if let need = check.needs.first(where: blocked.contains) {
                finding = .skip("Not looked at, because of \(need).")
                blocked.insert(check.id)
            } else {
                finding = try make(check)
                if finding.verdict.isBad { blocked.insert(check.id) }
            }
            tell(check.id, finding)
            report.findings.append((check.id, finding))
        }
        return report
    }

    private func make(_ check: Check) throws -> Finding {
        guard !inProcess else {
            return check.finding(CheckSubject(folder: folder, seed: seed, callsEveryTool: callsEveryTool) { _ in })
        }
        let home = try TemporaryHome()
        var arguments = ["run-check", check.id, folder, "--seed", "\(seed)"]
        if callsEveryTool { arguments.append("--all-tools") }
        let child = CheckChild(arguments: arguments, environment: environment(home.path), timeLimit: timeLimit)
        return try child.finding()
    }

    /// As little as a program needs. A backtrace at a crash would take longer than the check.
    private func environment(_ home: String) -> [String] {
        let names = ["PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH"]
        let kept = names.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
        return kept + ["HOME=\(home)", "TMPDIR=\(home)", "SWIFT_BACKTRACE=enable=no"]
    }
}
