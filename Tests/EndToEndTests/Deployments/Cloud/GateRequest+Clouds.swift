// SPDX-License-Identifier: Apache-2.0

extension GateRequest {
    /// What AWS is to change: the action's name.
    var awsWords: String? {
        let target = header("X-Amz-Target").flatMap { $0.split(separator: ".").last }
        let form = String(decoding: rest, as: UTF8.self).split(separator: "&")
        let action = target ?? form.first { $0.hasPrefix("Action=") }?.dropFirst("Action=".count)
        guard let action, !["Describe", "Get", "List", "Assume"].contains(where: action.hasPrefix) else { return nil }
        return String(action)
    }

    /// What Azure's resource manager is to change: the method, and the path below the subscription.
    var azureWords: String? {
        let path = target.prefix { $0 != "?" }
        let asking = ["/token", "/validate", "/whatIf", "/instanceView", "/retrieveBootDiagnosticsData"]
        guard method != "GET", method != "HEAD", !asking.contains(where: path.hasSuffix) else { return nil }
        return "\(method) /\(path.split(separator: "/").dropFirst(2).joined(separator: "/"))"
    }
}
