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
}
