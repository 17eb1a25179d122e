// SPDX-License-Identifier: Apache-2.0

import VQL

/// The lines that EXPLAIN adds to the log.
struct Explainer: Sendable {
    private let select: Select
    private let context: QueryContext

    init(_ select: Select, _ context: QueryContext) {
        self.select = select
        self.context = context
    }

    func started() { log("Explain start query: \(select.printedOnce)") }

    func received(_ row: VQLRow) { log(" plugin \(select.source.name)() sent row: \(Self.description(row))") }

    func rejected() {
        guard let condition = select.condition else { return }
        log(" REJECTED by \(condition.description)")
    }

    func emitting(_ row: VQLRow) { log(" SELECT: emitting row: \(Self.description(row))") }

    private func log(_ message: String) { context.log(LogLine(.debug, message)) }

    private static func description(_ row: VQLRow) -> String {
        let columns = row.map { "{\($0.value.goTypeName) \($0.name) \($0.value.displayText)}" }
        return "[" + columns.joined(separator: " ") + "]"
    }
}
