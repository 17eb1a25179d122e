// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VQL

@Suite("Literals written into queries")
struct LiteralWritingTests {
    private func readBack(_ literal: VQLLiteral) throws -> VQLLiteral? {
        VQLLiteral(constant: try ExpressionList(parsing: literal.text()).first)
    }

    private func randomText(_ random: inout SeededGenerator) -> String {
        let alphabet = [
            "a", "'", "\"", "\\", "`", "\n", "\0", "\u{7F}", "x", "4", "é", "😀", "\u{301}", "''", "'''", "\r\n", "--",
            ";",
        ]
        return (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) }
            .joined()
    }

    private func randomValue(_ random: inout SeededGenerator, depth: Int = 0) -> VQLLiteral {
        switch Int.random(in: 0...(depth < 3 ? 7 : 5), using: &random) {
        case 0: .null
        case 1: .boolean(Bool.random(using: &random))
        case 2: .integer(Int64(bitPattern: random.next()) >> Int64.random(in: 0...63, using: &random))
        case 3: .float(Double(Int64(bitPattern: random.next())) / Double(UInt32.random(in: 1...9, using: &random)))
        case 4: .string(randomText(&random))
        case 5:
            .bytes((0..<Int.random(in: 0...9, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
        case 6: .list((0..<Int.random(in: 0...3, using: &random)).map { _ in randomValue(&random, depth: depth + 1) })
        default:
            .dictionary(
                (0..<Int.random(in: 0...3, using: &random)).map { index in
                    VQLLiteral.Member(key: "select \(index)", value: randomValue(&random, depth: depth + 1))
                }
            )
        }
    }

    @Test("Any value reads back as itself")
    func randomValues() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<3_000 {
            let value = randomValue(&random)
            let text = try value.text()
            #expect(try readBack(value) == value.withStringsAsBytes, "\(text)")
        }
    }

    @Test("Every byte, alone and doubled, reads back as itself")
    func everyByte() throws {
        for byte in UInt8.min...UInt8.max {
            for bytes in [[byte], [byte, byte], [byte, UInt8(ascii: "4")]] {
                #expect(try readBack(.bytes(bytes)) == .bytes(bytes))
            }
        }
    }

    @Test(
        "Values at the edges",
        arguments: [
            (.integer(.min), "-9223372036854775808"), (.float(1), "1.0"), (.float(-0.0), "-0.0"),
            (.float(.leastNonzeroMagnitude), "5e-324"),
            (.float(1e300), "1e+300"), (.list([]), "(0,)[1:]"), (.list([.integer(1)]), "(1,)"),
            (.list([.integer(1), .list([])]), "(1, (0,)[1:])"), (.string("a'b\\c\n"), #"'a\'b\\c\x0a'"#),
            (.bytes([0xFF]), #"'\xff'"#),
            (
                .dictionary([.init(key: "a", value: .list([])), .init(key: "limit", value: .null)]),
                "dict(a=[], `limit`=NULL)"
            ),
        ] as [(VQLLiteral, String)]
    )
    func edges(value: VQLLiteral, text: String) throws {
        #expect(try value.text() == text)
        #expect(try readBack(value) == value.withStringsAsBytes)
    }

    @Test(
        "What has no notation is refused",
        arguments: [
            (.float(.nan), .notFinite), (.float(.infinity), .notFinite), (.list([.float(-.infinity)]), .notFinite),
            (.dictionary([.init(key: "", value: .null)]), .unwritableName("")),
            (.dictionary([.init(key: "a`", value: .null)]), .unwritableName("a`")),
            (.dictionary([.init(key: "a", value: .null), .init(key: "a", value: .null)]), .duplicateKey("a")),
        ] as [(VQLLiteral, VQLLiteralError)]
    )
    func refused(value: VQLLiteral, error: VQLLiteralError) {
        #expect(throws: error) { try value.text() }
        #expect(!error.description.isEmpty)
    }

    @Test("Names are quoted where they must be")
    func names() throws {
        #expect(try ["a", "_b1", "asc", "by"].map(VQLName.text) == ["a", "_b1", "asc", "by"])
        #expect(
            try ["select", "Limit", "group", "a b", "1", "é", "a.b"].map(VQLName.text).allSatisfy { $0.hasPrefix("`") }
        )
        #expect(try VQLName.text(path: ["Artifact", "Linux.Sys", "Pslist"]) == "Artifact.`Linux.Sys`.Pslist")
        for name in ["", "a`b", "a\\nb"] {
            #expect(throws: VQLLiteralError.unwritableName(name)) { try VQLName.text(name) }
        }
        var random = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let scalars = randomText(&random).unicodeScalars.filter { $0 != "`" && $0 != "\\" }
            let name = String(String.UnicodeScalarView(scalars)) + "x"
            let program = try Program(parsing: "SELECT 1 AS \(VQLName.text(name)) FROM scope()")
            #expect(program.selects.first?.columns.map { Array($0.name.utf8) } == [Array(name.utf8)])
        }
    }
}
