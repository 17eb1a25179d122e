// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import VQL

/// What a query parses or compiles once and uses for many rows.
final class EvaluationCaches: Sendable {
    private let lambdas = Mutex<[String: LambdaFunction]>([:])
    private let layouts = Mutex<[CallSite: ColumnLayout]>([:])
    private let patterns = Mutex<[VQLString: Pattern?]>([:])

    private let stores = Mutex<[String: ValueStore]>([:])

    private static let limit = 1_000

    /// A lambda from its text.
    func lambda(_ source: String) throws(VQLSyntaxError) -> LambdaFunction {
        if let known = lambdas.withLock({ $0[source] }) { return known }
        let lambda = try QueryText.lambda(source)
        lambdas.withLock { $0.store(lambda, for: source, limit: Self.limit) }
        return lambda
    }

    /// Values that outlive one call, by the name of the store.
    func store(_ name: String, _ make: () throws -> ValueStore) rethrows -> ValueStore {
        if let known = stores.withLock({ $0[name] }) { return known }
        let store = try make()
        stores.withLock { $0[name] = store }
        return store
    }

    /// The column names of the SELECT at `site`.
    func layout(_ site: CallSite, _ make: () -> ColumnLayout) -> ColumnLayout {
        if let known = layouts.withLock({ $0[site] }) { return known }
        let layout = make()
        layouts.withLock { $0.store(layout, for: site, limit: Self.limit) }
        return layout
    }

    /// A compiled pattern; `nil` for one that has a mistake, which is logged the first time.
    func pattern(_ source: VQLString, log: (String) -> Void) -> Pattern? {
        if let known = patterns.withLock({ $0[source] }) { return known }
        var pattern: Pattern?
        do {
            pattern = try Pattern(source.text)
        } catch {
            log("Compile regexp: error parsing regexp: \(error.message)")
        }
        patterns.withLock { $0.store(pattern, for: source, limit: Self.limit) }
        return pattern
    }
}

extension Dictionary {
    /// Keeps a value; when there are too many, all older ones go.
    fileprivate mutating func store(_ value: Value, for key: Key, limit: Int) {
        if count >= limit { removeAll() }
        self[key] = value
    }
}
