// SPDX-License-Identifier: Apache-2.0

import AzureClient
import DeployerKit
import HTTPTransport
import JSONValue
import MegaraptorErrors

/// What Azure tells of a deployment, and what the machine's serial console shows.
struct MachineLogs: Sendable {
    let task: AzureTask

    func latest(_ count: Int) async throws(MegaraptorError) -> DeploymentLogs {
        let inventory = try await task.inventory()
        guard inventory.deployment != nil else {
            throw MegaraptorError(.notFound, "The deployment is not in Azure, so there is no log.")
        }
        let lines = try await operations() + (try await console(inventory))
        return DeploymentLogs(lines: Array(lines.suffix(count)), isCut: lines.count > count)
    }

    private func operations() async throws(MegaraptorError) -> [String] {
        let list = try await task.client.list(task.deploymentPath + "/operations", APIVersions.resources)
        let entries = list.compactMap { operation -> (time: String, text: String)? in
            guard let properties = operation["properties"] else { return nil }
            let time = properties["timestamp"]?.stringValue ?? ""
            let target = properties["targetResource"]
            let what = [
                target?["resourceType"]?.stringValue ?? properties["provisioningOperation"]?.stringValue ?? "operation",
                target?["resourceName"]?.stringValue ?? "",
            ].joined(separator: " ")
            var text = "\(time) [deployment] \(what): \(properties["provisioningState"]?.stringValue ?? "unknown")"
            if let error = properties["statusMessage"]?["error"] {
                text += ", \(error["code"]?.stringValue ?? ""): \(error["message"]?.stringValue ?? "")"
            }
            return (time, text)
        }
        return entries.sorted { $0.time < $1.time }.map(\.text)
    }

    /// The address of the log is a secret for an hour: whoever has it may read. It is used here and told to nobody.
    private func console(_ inventory: Inventory) async throws(MegaraptorError) -> [String] {
        guard inventory.machine != nil else { return ["[console] There is no machine."] }
        let text: String
        do throws(MegaraptorError) {
            let request = ARMRequest(
                "POST",
                task.machinePath + "/retrieveBootDiagnosticsData",
                APIVersions.machines,
                asks: true
            )
            let answer = try await task.client.send(request).body
            guard let address = answer["serialConsoleLogBlobUri"]?.stringValue else {
                return ["[console] Azure has no serial log of the machine yet."]
            }
            text = try await download(address)
        } catch {
            if error.code == .cancelled { throw error }
            return ["[console] Azure does not give the serial log: \(error.message)"]
        }
        return SecretLines.hidden(in: text).map { "[console] \($0)" }
    }

    private func download(_ address: String) async throws(MegaraptorError) -> String {
        guard address.hasPrefix("https://") || task.client.cloud.resourceManager.hasPrefix("http://") else {
            throw MegaraptorError(.failedPrecondition, "the log would come without TLS.")
        }
        let response = try await HTTPClient().send(HTTPRequest("GET", address, greatestBody: 8 << 20))
        guard response.isSuccess else {
            throw MegaraptorError(.unavailable, "its store answers with status \(response.status).")
        }
        return response.text
    }
}

/// Takes private keys out of a text: nothing here writes any, and a console shows what anybody writes.
enum SecretLines {
    static func hidden(in text: String) -> [String] {
        var lines: [String] = []
        var isInKey = false
        for line in text.split(whereSeparator: \.isNewline) {
            if line.contains("-----BEGIN"), line.contains("PRIVATE KEY") {
                isInKey = true
                lines.append("(a private key is not shown)")
            } else if isInKey {
                isInKey = !line.contains("-----END")
            } else {
                lines.append(String(line))
            }
        }
        return lines
    }
}
