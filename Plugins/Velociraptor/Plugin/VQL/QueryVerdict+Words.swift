// SPDX-License-Identifier: Apache-2.0

internal import VQL

extension QueryVerdict {
    /// The word for it in results.
    var name: String {
        switch self {
        case .readsInvestigation: "reads_investigation"
        case .readsServer: "reads_server"
        case .changes: "changes"
        case .unknown: "unknown"
        }
    }

    /// What follows "Effect:".
    var sentence: String {
        switch self {
        case .readsInvestigation: "it only reads what was collected and the server's records."
        case .readsServer: "it reads the server's own machine, network or secrets."
        case .changes: "it can change something."
        case .unknown: "it cannot be told from the text."
        }
    }
}
