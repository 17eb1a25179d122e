// SPDX-License-Identifier: Apache-2.0

internal import MegaraptorErrors
internal import MegaraptorPluginKit

/// Whether there is a configuration, where, and who may open it.
struct FileHealth {
    let search: ConfigurationSearch

    func look(_ findings: inout HealthFindings) -> APIClientFile? {
        do throws(MegaraptorError) {
            let file = try search.file()
            let target = try file.target()
            findings.add(.configuration, .ok, "The API configuration is \(file.origin), the server \(target).")
            lookAtMode(of: file, &findings)
            return file
        } catch {
            findings.add(.configuration, failure: error)
            return nil
        }
    }

    private func lookAtMode(of file: APIClientFile, _ findings: inout HealthFindings) {
        if let mode = search.exposedMode(of: file) {
            findings.add(
                .mode,
                .warning,
                "\(file.origin) holds a private key but others may open it (mode \(mode)).",
                fix: "chmod 600 \(file.origin)"
            )
        } else if search.files.permissions(file.origin) == nil {
            findings.add(.mode, .ok, "The API configuration is no file that others could open.")
        } else {
            findings.add(.mode, .ok, "Only its owner may open the API configuration.")
        }
    }
}
