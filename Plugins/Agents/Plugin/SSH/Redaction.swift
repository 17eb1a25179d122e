// SPDX-License-Identifier: Apache-2.0

/// Takes secrets out of what machines say, before it is kept or told.
struct Redaction: Sendable {
    private let secrets: [String]

    /// What is shorter than this would take harmless letters out of every sentence.
    private static let shortest = 4

    init(_ secrets: [String]) { self.secrets = secrets.filter { $0.count >= Self.shortest } }

    func callAsFunction(_ text: String) -> String {
        secrets.reduce(text) { $0.replacing($1, with: "[secret]") }
    }
}
