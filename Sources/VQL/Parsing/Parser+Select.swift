// SPDX-License-Identifier: Apache-2.0

extension Parser {
    // select = EXPLAIN* SELECT columns FROM source (WHERE list)? (GROUP-BY list)? (ORDER-BY …)? (LIMIT …)?
    mutating func parseSelect() throws(ParseFailure) -> Select {
        let start = cursor
        var explainCount = 0
        while take(.explain) { explainCount += 1 }
        try expect(.select, .select)
        let columns = try parseColumns()
        try expect(.from, .from)
        return Select(
            explainCount: explainCount,
            columns: columns,
            source: try parseSource(),
            condition: try parseListClause(.where),
            grouping: try parseListClause(.groupBy),
            ordering: try parseOrdering(),
            limit: try parseLimit(),
            location: location(from: start)
        )
    }

    // columns = ('*' ','?)? (column (',' column)*)?
    private mutating func parseColumns() throws(ParseFailure) -> [Column] {
        var columns: [Column] = []
        let start = cursor
        if take(.star) {
            columns.append(Column(content: .star, alias: nil, location: location(from: start)))
            _ = take(.comma)
        }
        let next = try optional { (parser) throws(ParseFailure) in try parser.parseColumn() }
        guard let next else { return columns }
        columns.append(next)
        while peek() == .comma,
            let next = try optional({ (parser) throws(ParseFailure) in
                parser.cursor += 1
                return try parser.parseColumn()
            })
        {
            columns.append(next)
        }
        return columns
    }

    // column = ('*' | '{' select '}' | expression) (AS identifier)?
    private mutating func parseColumn() throws(ParseFailure) -> Column {
        let start = cursor
        let content: Column.Content
        switch peek() {
        case .star:
            cursor += 1
            content = .star
        case .leftBrace:
            content = .select(try parseBracedSelect())
        default:
            content = .expression(try parseExpression())
        }
        var alias: Identifier?
        if peek() == .asKeyword {
            alias = try optional { (parser) throws(ParseFailure) in
                parser.cursor += 1
                return try parser.parseIdentifier(.parameter)
            }
        }
        return Column(content: content, alias: alias, location: location(from: start))
    }

    // '{' select '}', one of several alternatives wherever it may stand
    mutating func parseBracedSelect() throws(ParseFailure) -> Select {
        try alternative { (parser) throws(ParseFailure) in
            try parser.enter()
            defer { parser.leave() }
            parser.cursor += 1
            let select = try parser.parseSelect()
            try parser.expect(.rightBrace, .closingBrace)
            return select
        }
    }

    // source = identifier ('.' identifier)* ('(' arguments ')')?
    private mutating func parseSource() throws(ParseFailure) -> Source {
        let start = cursor
        var path = [try parseIdentifier(.source)]
        try parseDottedNames(into: &path)
        var arguments: ArgumentList?
        if peek() == .leftParenthesis {
            arguments = try optional { (parser) throws(ParseFailure) in try parser.parseArguments() }
        }
        return Source(path: path, arguments: arguments, location: location(from: start))
    }

    private mutating func parseListClause(_ keyword: TokenKind) throws(ParseFailure) -> ExpressionList? {
        guard peek() == keyword else { return nil }
        return try optional { (parser) throws(ParseFailure) in
            parser.cursor += 1
            return try parser.parseList()
        }
    }

    // ORDER-BY identifier DESC?
    private mutating func parseOrdering() throws(ParseFailure) -> Ordering? {
        guard peek() == .orderBy else { return nil }
        return try optional { (parser) throws(ParseFailure) in
            let start = parser.cursor
            parser.cursor += 1
            let column = try parser.parseIdentifier(.orderingColumn)
            let isDescending = parser.take(.descending)
            return Ordering(column: column, isDescending: isDescending, location: parser.location(from: start))
        }
    }

    // LIMIT number
    private mutating func parseLimit() throws(ParseFailure) -> Limit? {
        guard peek() == .limit else { return nil }
        return try optional { (parser) throws(ParseFailure) in
            let start = parser.cursor
            parser.cursor += 1
            let range = parser.tokens[parser.cursor].range
            try parser.expect(.number, .limit)
            let spelling = parser.text(of: range)
            let value = parser.integer(spelling, at: parser.cursor - 1)
            return Limit(spelling: spelling, value: value, location: parser.location(from: start))
        }
    }

    /// The number, which must be an integer; another one is remembered as an error and counts as zero meanwhile.
    private mutating func integer(_ spelling: String, at token: Int) -> Int64 {
        let parsed = GoInteger.parse(spelling)
        if case .value(let value) = parsed { return value }
        nonconformingNumber = nonconformingNumber ?? (token, parsed == .outOfRange)
        return 0
    }
}
