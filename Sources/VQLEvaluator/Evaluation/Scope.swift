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

    /// The outermost scope of a query.
    init(context: QueryContext, names: VQLRow) {
        parent = nil
        frame = .names(names)
        self.context = context
        aggregates = AggregateStates()
        depth = 0
        isLenient = false
    }

    /// A scope like `other`, on top of it or in its place.
    private init(
        like other: Scope,
        parent: Scope?,
        frame: Frame,
        context: QueryContext? = nil,
        aggregates: AggregateStates? = nil,
        isDeeper: Bool = false,
        isLenient: Bool = false
    ) {
        self.parent = parent
        self.frame = frame
        self.context = context ?? other.context
        self.aggregates = aggregates ?? other.aggregates
        depth = other.depth + (isDeeper ? 1 : 0)
        self.isLenient = other.isLenient || isLenient
    }

    /// A scope in which `row` hides what lies around it.
    public func with(_ row: VQLRow) -> Scope { Scope(like: self, parent: self, frame: .names(row)) }

    /// A scope in which a SELECT's columns are seen, and unknown names are silently NULL.
    func with(_ columns: LazyColumns) -> Scope {
        Scope(like: self, parent: self, frame: .columns(columns), isLenient: true)
    }

    /// This scope with other aggregates.
    func with(_ aggregates: AggregateStates) -> Scope {
        Scope(like: self, parent: parent, frame: frame, aggregates: aggregates)
    }

    /// The scope of a call's body: parameters on top, fresh aggregates, one level deeper.
    func calling(with parameters: VQLRow) -> Scope {
        Scope(like: self, parent: self, frame: .names(parameters), aggregates: AggregateStates(), isDeeper: true)
    }

    /// This scope one call deeper.
    func entering() -> Scope { Scope(like: self, parent: parent, frame: frame, isDeeper: true) }

    /// The same names as another session sees them.
    func moved(to context: QueryContext) -> Scope {
        context === self.context ? self : Scope(like: self, parent: parent, frame: frame, context: context)
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
