// SPDX-License-Identifier: Apache-2.0

/// The names that an expression sees: a chain of frames, the innermost first.
///
/// A scope never changes; a LET, a row or a call makes a new one on top of it. What a stored expression sees is the
/// scope of whoever mentions it, not that of its definition.
public final class Scope: Sendable {
    enum Frame: Sendable {
        case names(VQLRow)
        /// The columns of a SELECT, evaluated when they are asked for.
        case columns(LazyColumns)
    }

    let parent: Scope?
    let frame: Frame
    public let context: QueryContext
    let aggregates: AggregateStates
    /// How many calls of stored expressions and queries lie around this one.
    let depth: Int
    /// Whether a name that is not found is silently NULL, as in WHERE and GROUP BY.
    let isLenient: Bool

    private init(
        parent: Scope?,
        frame: Frame,
        context: QueryContext,
        aggregates: AggregateStates,
        depth: Int,
        isLenient: Bool
    ) {
        self.parent = parent
        self.frame = frame
        self.context = context
        self.aggregates = aggregates
        self.depth = depth
        self.isLenient = isLenient
    }

    /// The outermost scope of a query.
    convenience init(context: QueryContext, names: VQLRow) {
        self.init(
            parent: nil,
            frame: .names(names),
            context: context,
            aggregates: AggregateStates(),
            depth: 0,
            isLenient: false
        )
    }

    /// A scope in which `row` hides what lies around it.
    public func with(_ row: VQLRow) -> Scope { nested(.names(row)) }

    /// A scope in which a SELECT's columns are seen, and unknown names are silently NULL.
    func with(_ columns: LazyColumns) -> Scope { nested(.columns(columns), isLenient: true) }

    /// A scope with its own aggregates.
    func with(_ aggregates: AggregateStates) -> Scope { nested(frame, on: parent, aggregates: aggregates) }

    /// The scope of a call's body: parameters on top, fresh aggregates, one level deeper.
    func calling(with parameters: VQLRow) -> Scope {
        Scope(
            parent: self,
            frame: .names(parameters),
            context: context,
            aggregates: AggregateStates(),
            depth: depth + 1,
            isLenient: isLenient
        )
    }

    /// This scope one call deeper.
    func entering() -> Scope {
        Scope(
            parent: parent,
            frame: frame,
            context: context,
            aggregates: aggregates,
            depth: depth + 1,
            isLenient: isLenient
        )
    }

    /// The same names as another session sees them.
    func moved(to context: QueryContext) -> Scope {
        if context === self.context { return self }
        return Scope(
            parent: parent,
            frame: frame,
            context: context,
            aggregates: aggregates,
            depth: depth,
            isLenient: isLenient
        )
    }

    private func nested(_ frame: Frame, isLenient: Bool = false) -> Scope {
        Scope(
            parent: self,
            frame: frame,
            context: context,
            aggregates: aggregates,
            depth: depth,
            isLenient: self.isLenient || isLenient
        )
    }

    private func nested(_ frame: Frame, on parent: Scope?, aggregates: AggregateStates) -> Scope {
        Scope(
            parent: parent,
            frame: frame,
            context: context,
            aggregates: aggregates,
            depth: depth,
            isLenient: isLenient
        )
    }
}

extension Scope {
    /// The value of a name as it is stored: a LET's expression is not evaluated.
    func stored(_ name: String) throws -> VQLValue? {
        var scope: Scope? = self
        while let current = scope {
            switch current.frame {
            case .names(let row):
                if let value = row[name] { return value }
            case .columns(let columns):
                if let value = try columns.value(name) { return value }
            }
            scope = current.parent
        }
        return nil
    }

    /// Whether a LET or a parameter took the place of `$acl`. The server then refuses whatever needs a right.
    var isAccessControlHidden: Bool {
        get throws {
            guard case .object(let object)? = try stored("$acl") else { return true }
            return !(object is AccessControl)
        }
    }

    /// The columns of the innermost row.
    var nearestRow: VQLRow {
        guard case .names(let row) = frame else { return [:] }
        return row
    }

    /// The frames as messages show them, the outermost first.
    var summary: String {
        var frames: [String] = []
        var scope: Scope? = self
        while let current = scope {
            if case .names(let row) = current.frame { frames.append("[\(row.names.joined(separator: ", "))]") }
            scope = current.parent
        }
        return "Current Scope is " + frames.reversed().joined(separator: ", ")
    }
}
