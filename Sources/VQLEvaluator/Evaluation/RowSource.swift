// SPDX-License-Identifier: Apache-2.0

/// How values turn into rows.
enum RowSource {
    /// As an argument: scalars are wrapped in a column `_value`, NULL gives no row.
    static func forEachRow(of value: VQLValue, in scope: Scope, _ emit: (VQLRow) throws -> Void) throws {
        switch value {
        case .null: break
        case .query(let query): try query.forEachRow(in: scope, emit)
        case .list(let values):
            for value in values {
                if case .dictionary(let dictionary) = value {
                    try emit(dictionary.row)
                } else if !value.isNull {
                    try emit(["_value": value])
                }
            }
        case .dictionary(let dictionary): try emit(dictionary.row)
        case .expression(let expression): try forEachRow(of: expression.value(in: scope), in: scope, emit)
        default: try emit(["_value": value])
        }
    }

    /// As `FROM name`: whatever is no dictionary gives a row without columns.
    static func forEachRow(ofVariable value: VQLValue, in scope: Scope, _ emit: (VQLRow) throws -> Void) throws {
        switch value {
        case .query(let query): try query.forEachRow(in: scope, emit)
        case .list(let values): for value in values { try emit(value.rowValue ?? [:]) }
        case .expression(let expression): try forEachRow(ofVariable: expression.value(in: scope), in: scope, emit)
        default: try emit(value.rowValue ?? [:])
        }
    }
}
