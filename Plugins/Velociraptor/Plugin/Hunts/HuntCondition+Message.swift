// SPDX-License-Identifier: Apache-2.0

internal import VelociraptorAPI

extension HuntCondition {
    /// The condition as the API's messages have it.
    var message: Proto_HuntCondition {
        var message = Proto_HuntCondition()
        if !includedLabels.isEmpty { message.labels.label = includedLabels }
        if !excludedLabels.isEmpty { message.excludedLabels.label = excludedLabels }
        switch system {
        case "windows": message.os.os = .windows
        case "linux": message.os.os = .linux
        case "darwin": message.os.os = .x
        default: break
        }
        return message
    }
}
