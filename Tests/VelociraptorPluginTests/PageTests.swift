// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors
import Testing

@testable import VelociraptorPlugin

@Suite("Pages of rows")
struct PageTests {
    private func page(_ rows: [JSONValue], hasMore: Bool = false) -> RowPage {
        RowPage(heading: "Rows of a test.", rows: rows, hasMore: hasMore) { shown in
            PageCursor(request: "test", offset: shown, print: "x")
        }
    }

    private func rows(_ count: Int, width: Int = 10) -> [JSONValue] {
        (0..<count).map { ["Number": JSONValue($0), "Text": .string(String(repeating: "x", count: width))] }
    }

    @Test("rows that fit are all there, and nothing is said to be missing")
    func fits() throws {
        let told = try Told(page(rows(3)))
        #expect(told.rows().count == 3)
        #expect(told.structure["complete"] == true)
        #expect(told.structure["next_cursor"] == .null)
        #expect(!told.text.contains("NOT ALL ROWS"))
        #expect(told.text.contains("Number | Text\n0 | xxxxxxxxxx\n1 | xxxxxxxxxx"))
    }

    @Test("a result stays under its budget, with whole rows and the way to the rest", arguments: [2048, 8192, 24576])
    func budget(bytes: Int) throws {
        let told = try Told(page(rows(10_000)), bytes: bytes)
        #expect(told.text.utf8.count <= bytes)
        #expect(told.structure["rows"].map { $0.json().utf8.count <= bytes } == true)
        let shown = told.rows().count
        #expect(shown > 10 && shown < 10_000)
        #expect(told.rows().last?["Text"] == "xxxxxxxxxx")
        #expect(told.structure["complete"] == false)
        #expect(told.text.contains("\(10_000 - shown) more rows follow"))
        #expect(told.structure["next_cursor"]?.stringValue == "p1.test.\(String(shown, radix: 36)).x")
    }

    @Test("wide cells show their beginning and their full length only where rows would not fit whole")
    func wide() throws {
        let few = try Told(page(rows(2, width: 5000)))
        #expect(few.structure["shortened_cells"] == [])
        let many = try Told(page(rows(30, width: 5000)))
        #expect(many.rows().count == 30)
        #expect(many.rows()[7]["Text"]?.stringValue?.hasSuffix("x… (5000 bytes in all)") == true)
        #expect(
            many.structure["shortened_cells"]?.arrayValue?[7] == ["row": 7, "column": "Text", "bytes": 5000]
        )
        #expect(many.text.contains("30 wide cells"))
    }

    @Test("columns without a value are left out and named; one value keeps the column")
    func empty() throws {
        let told = try Told(page([["A": 1, "B": .null, "C": .null], ["A": 2, "B": .null, "C": false]]))
        #expect(told.structure["empty_columns"] == ["B"])
        #expect(told.rows() == [["A": 1, "C": .null], ["A": 2, "C": false]])
        #expect(told.text.contains("left out: B."))
    }

    @Test("a single row that is too large is an error that names the way out")
    func hopeless() throws {
        let row = JSONValue.object(JSONObject((0..<500).map { ("Column\($0)", "0123456789") }))
        let thrown = #expect(throws: MegaraptorError.self) { try Told(page([row]), bytes: 2048) }
        #expect(thrown?.code == .resourceExhausted)
        #expect(thrown?.hint.contains("fields") == true)
    }

    @Test("cells that could be taken for something else are quoted, and unseen characters are shown")
    func cells() throws {
        let row: JSONValue = [
            "a": "null", "b": "12", "c": "10.0.0.1", "d": "a|b", "e": "", "f": "line\nbreak", "g": "x\u{202E}y",
            "h": .null, "i": ["k": 1],
        ]
        let object = try #require(row.objectValue)
        let text = RowText.text([object, object], columns: object.keys)
        #expect(
            text.hasSuffix(#""null" | "12" | 10.0.0.1 | "a|b" | "" | "line\nbreak" | x\u202ey | null | {"k":1}"#),
            "\(text)"
        )
    }

    @Test("rows that differ in their columns go as lines of JSON where a table would be longer")
    func heterogeneous() {
        let rows: [JSONObject] = (0..<20).map { ["Column\($0)": JSONValue($0)] }
        let text = RowText.text(rows, columns: rows.flatMap(\.keys))
        #expect(text.hasPrefix(#"{"Column0":0}"#))
    }
}

@Suite("Cursors")
struct CursorTests {
    private let items: [JSONValue] = (0..<10).map { ["id": JSONValue($0)] }

    private func key(_ item: JSONValue) -> String { item["id"]?.json() ?? "" }

    @Test("each page begins where the one before ended, whatever fitted")
    func walk() throws {
        let request = PageCursor.request("t", ["a"])
        var token: String?
        var seen: [JSONValue] = []
        repeat {
            let paging = try ListPaging(request: request, cursor: token, limit: 4)
            let page = try paging.page(of: Array(items.prefix(paging.wanted)), key: key)
            // Of each page one fits less.
            let shown = max(1, page.items.count - 1)
            seen += page.items.prefix(shown)
            token = page.hasMore || shown < page.items.count ? page.cursor(shown).token : nil
        } while token != nil
        #expect(seen == items)
    }

    @Test("a cursor is refused when what came before it is another, and survives what comes after")
    func changed() throws {
        let request = PageCursor.request("t", ["a"])
        let token = try ListPaging(request: request, cursor: nil, limit: 4).page(of: items, key: key).cursor(4).token
        let paging = try ListPaging(request: request, cursor: token, limit: 4)
        #expect(try paging.page(of: items + [["id": 99]], key: key).items.first == ["id": 4])
        for other in [[["id": 77]] + items, Array(items.prefix(3))] as [[JSONValue]] {
            let thrown = #expect(throws: MegaraptorError.self) { try paging.page(of: other, key: key) }
            #expect(thrown?.code == .conflict)
        }
    }

    @Test("a cursor of another call, or none at all, is an argument that is wrong", arguments: ["x", "p1.a.b", "p1.z.1.q"])
    func foreign(token: String) {
        let request = PageCursor.request("t", ["a", nil])
        let thrown = #expect(throws: MegaraptorError.self) { try PageCursor(token: token, request: request) }
        #expect(thrown?.code == .invalidArgument)
    }
}
