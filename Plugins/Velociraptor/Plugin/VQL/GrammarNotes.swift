// SPDX-License-Identifier: Apache-2.0

/// What one must know of VQL, above all where it is not like SQL.
enum GrammarNotes {
    static let overview = """
        VQL asks plugins for rows: SELECT columns FROM plugin(argument=value) WHERE condition. topic is syntax, plugins, \
        functions or examples; name describes one plugin, function or keyword; search looks through names and \
        descriptions. validate_vql checks a query, run_vql runs it.
        """

    static let all = [
        "A query: SELECT columns FROM plugin(args) WHERE … GROUP BY … ORDER BY one_column DESC LIMIT 10, in this order.",
        "Statements follow each other without semicolons. One syntax error anywhere and nothing runs.",
        "Arguments are always named: clients(search='host:ws*'). A sub-query is an argument in braces: { SELECT … }.",
        "OR binds tighter than AND: put parentheses around both. NOT covers one comparison.",
        "= minds the case and the type: '5' = 5 is FALSE. =~ is a regular expression (RE2) and does not mind the case.",
        "Unequal is !=. <> is always FALSE; ==, LIKE, BETWEEN, NOT IN and % do not exist. Write NOT x IN y.",
        "A name in WHERE or GROUP BY that does not exist is NULL, without an error: check column names first.",
        "Columns do not see the other columns of their SELECT; WHERE and GROUP BY see them.",
        "LIMIT 0 gives one row. LIMIT and numbers after it are literals; there is no OFFSET.",
        "[x] as an argument is x alone: write [x,] or (x,) for a list of one. Brackets make lists in arguments only.",
        "A binary minus needs a blank behind it: x - 1. Dividing always gives a fraction.",
        "LET name = … runs at each mention, LET name <= … once and at once. LET f(x) = … is a function.",
        "Strings: '…' or \"…\" with \\n, \\t, \\xHH; '''…''' is raw. There is no \\u.",
        "Reserved, so in backticks as names: SELECT FROM WHERE AND OR NOT AS IN LIMIT NULL DESC TRUE FALSE LET EXPLAIN.",
        "Foreign values never go into the text: run_vql takes them in env, and the query uses their names.",
        "FROM scope() gives one row: SELECT now() AS Now FROM scope() calls a function once.",
        "Names of plugins, functions and artifacts mind the case. FROM Artifact.Linux.Sys.Pslist() runs on the server.",
        "Comments: -- and // to the end of the line, /* … */.",
    ]

    /// Keywords, for those who ask for one by name.
    static let keywords = [
        "SELECT":
            "SELECT columns FROM source. * is all columns; a column may be { SELECT … }, a value's name follows AS.",
        "FROM":
            "After FROM stands one plugin with its arguments, a LET, or Artifact.Name(). There is no JOIN: use foreach().",
        "WHERE": "Keeps the rows whose condition is true. Names that do not exist are NULL there, without an error.",
        "AND": "Binds more loosely than OR: put parentheses around both.",
        "OR": "Binds tighter than AND: a AND b OR c is a AND (b OR c).",
        "NOT": "Covers one comparison: NOT a = b. NOT x IN y.",
        "IN": "An element of a list, a key of a dictionary, or a part of a text.",
        "LET": "LET name = query or value, at each mention; LET name <= … at once; LET name(parameter) = ….",
        "LIMIT": "A literal number of rows at most, the last clause. LIMIT 0 gives one row.",
        "GROUP BY":
            "One row for each value, holding the last row of the group; count(), sum(), min(), max() count in it.",
        "ORDER BY": "One output column, ascending, or descending with DESC.",
        "EXPLAIN": "Before SELECT: the server logs how it reads arguments and rows.",
        "AS": "Gives a column its name: an identifier, in backticks where it is odd.",
    ]
}
