// SPDX-License-Identifier: Apache-2.0

package import VQL

/// Looks through a query for what the server would refuse, and for what it would silently misunderstand.
///
/// Nothing is sent: the names are those of the recorded symbol table, so a server of another version may know more.
package struct VQLCheck: Sendable {
    package private(set) var findings: [VQLFinding] = []
    /// `nil` where the query cannot be read.
    package private(set) var program: Program?

    package let query: String
    /// Names that the query gives itself with LET, and those that come with it.
    private var known: Set<String>

    package init(_ query: String, environment: [String] = []) {
        self.query = query
        known = Set(environment)
        do throws(VQLSyntaxError) {
            let program = try Program(parsing: query)
            self.program = program
            learnNames(program)
            for element in program.elements { check(element) }
            checkConditions()
        } catch {
            findings.append(VQLSyntaxAdvice.finding(error, in: query))
        }
    }

    /// Whether the server would read it and find all names.
    package var isValid: Bool { !findings.contains { $0.severity == .error } }

    mutating func add(_ severity: VQLFinding.Severity, _ message: String, _ hint: String, at position: SourcePosition?)
    {
        findings.append(VQLFinding(severity: severity, message: message, hint: hint, position: position))
    }

    func isKnown(_ name: String) -> Bool { known.contains(name) }

    private mutating func learnNames(_ program: Program) {
        for element in program.elements {
            switch element {
            case .definition(let definition): known.insert(definition.name.unquotedName)
            case .parameter(let parameter): known.insert(parameter.name.unquotedName)
            default: break
            }
        }
    }

    private mutating func check(_ element: SyntaxElement) {
        switch element {
        case .source(let source): check(source)
        case .expression(let expression): check(expression)
        case .select(let select):
            if let limit = select.limit, limit.value < 1 {
                add(
                    .warning,
                    "LIMIT \(limit.spelling) gives one row.",
                    "To get none use WHERE FALSE.",
                    at: limit.range.start
                )
            }
        default: break
        }
    }

    /// Names in WHERE that do not exist are NULL, without a word from the server.
    private mutating func checkConditions() {
        let aliases = Set(
            (program.map { Array($0.elements) } ?? []).compactMap { element in
                if case .column(let column) = element { column.alias?.unquotedName } else { nil }
            }
        )
        let unreported = UnreportedNames(in: query)
        let names = (unreported.conditions + unreported.groupings).filter { name in
            let first = String(name.prefix { $0 != "." })
            return !known.contains(first) && !aliases.contains(first)
        }
        guard !names.isEmpty else { return }
        add(
            .warning,
            "WHERE and GROUP BY use \(names.map { "`\($0)`" }.joined(separator: ", ")).",
            "Make sure that the source has these columns: an unknown name there is NULL, and no error tells of it.",
            at: nil
        )
    }
}
