// SPDX-License-Identifier: Apache-2.0

/// Every step there is; the raw value is its id in plans.
enum StepName: String, Sendable {
    case marker, account, folders, program, configuration, unit, firewall, start, ready
    case renew = "renew-configuration"
    case takeOver = "take-over"
    case restart
    case stage = "stage-program"
    case switchProgram = "switch-program"
    case switchBack = "switch-back"
    case stop
    case removeUnit = "remove-unit"
    case removeFirewall = "remove-firewall-rule"
    case removeFiles = "remove-files"
    case removeData = "remove-data"
    case removeAccount = "remove-account"
    case removeMarker = "remove-marker"
}
