// SPDX-License-Identifier: Apache-2.0

@testable import VQL

/// A way to put a query inside another one.
struct Wrapper: Sendable {
    /// `nil` where it does not fit.
    let wrap: @Sendable (_ query: String, _ program: Program) -> String?

    static let all: [Wrapper] = [
        text { "SELECT * FROM query(query=\($0))" },
        text { "LET x = SELECT * FROM query(query=\($0), inherit=TRUE) SELECT * FROM x" },
        text { "SELECT atexit(query=\($0)) FROM scope()" },
        text { "SELECT * FROM if(condition=FALSE, then={ SELECT * FROM query(query=\($0)) })" },
        text { "SELECT eval(func='x=>1', args=(1, )) FROM query(query=\($0))" },
        select { "LET x = \($0)" },
        select { "LET x <= \($0) SELECT * FROM x" },
        select { "LET f(a, b={ \($0) }) = a SELECT f(a=1) FROM scope()" },
        select { "SELECT { \($0) } AS A FROM scope()" },
        select { "SELECT * FROM foreach(row={ SELECT 1 AS A FROM scope() }, query={ \($0) })" },
        select { "SELECT * FROM if(condition=FALSE, then={ \($0) })" },
        select { "SELECT * FROM query(query={ \($0) })" },
        select { "SELECT dict(a={ \($0) }) AS D FROM clients()" },
        select { "SELECT 1 FROM scope() WHERE FALSE AND dict(a={ \($0) })" },
        select { "SELECT * FROM chain(a={ SELECT 1 FROM scope() }, b={ \($0) })" },
        Wrapper { query, _ in "SELECT 1 AS execve FROM scope() \(query)" },
        Wrapper { query, _ in "\(query)\n-- SELECT 1" },
        Wrapper { query, program in program.isSingleSelect ? "EXPLAIN \(query)" : nil },
    ]

    private static func select(_ make: @escaping @Sendable (String) -> String) -> Wrapper {
        Wrapper { query, program in
            program.isSingleSelect && !query.contains("--") && !query.uppercased().hasPrefix("EXPLAIN")
                ? make(query) : nil
        }
    }

    private static func text(_ make: @escaping @Sendable (String) -> String) -> Wrapper {
        Wrapper { query, _ in
            let escaped = query.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
            return make("'\(escaped)'")
        }
    }
}
