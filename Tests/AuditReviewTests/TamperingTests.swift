// SPDX-License-Identifier: Apache-2.0

import AuditLog
import AuditReview
import JSONValue
import MegaraptorErrors
import Testing

@Suite("Tampering with the audit log")
struct TamperingTests {
    private let log: ScratchLog

    init() throws {
        log = try ScratchLog()
    }

    @Test("A log that nobody touched is whole")
    func whole() throws {
        let last = try log.append(10)
        let outcome = try log.verify()
        #expect(outcome.faults == [] && outcome.notes == [] && outcome.records == 10 && outcome.last == last)
    }

    /// Ten records, changed in a way; what is found, each with its place.
    private func faults(_ change: (inout [String]) -> Void) throws -> [String] {
        try log.append(10)
        try log.edit("audit.jsonl", change)
        return try log.verify().faults.map { "\($0.place) \($0.message)" }
    }

    @Test("A changed entry is found, wherever it was changed", arguments: [(0, "0"), (4, "4"), (9, "9")])
    func edited(place: Int, old: String) throws {
        let found = try faults { $0[place].replace(#""n":\#(old)"#, with: #""n":77"#) }
        #expect(found.first == "audit.jsonl:\(place + 1) this is no record, or was changed after it was written")
        #expect(found.count == (place == 9 ? 2 : 1))
    }

    @Test("A space that was added is found")
    func space() throws {
        let found = try faults { $0[3].replace(#","n""#, with: #", "n""#) }
        #expect(found == ["audit.jsonl:4 this is no record, or was changed after it was written"])
    }

    @Test("An entry written anew with a hash that fits is found by the next one")
    func replaced() throws {
        let other = try ScratchLog()
        try other.append(10)
        let stranger = try other.text().split(separator: "\n").map { String($0) }
        let found = try faults { $0[4] = stranger[4] }
        #expect(
            found == [
                "audit.jsonl:5 record 5 does not continue record 4: one of the two was replaced",
                "audit.jsonl:6 record 6 does not continue record 5: one of the two was replaced",
            ]
        )
    }

    @Test("Deleted entries are found and counted, at the beginning too")
    func deleted() throws {
        #expect(try faults { $0.removeSubrange(2...4) } == ["audit.jsonl:3 3 records before record 6 are missing"])
    }

    @Test("Entries missing at the beginning are found")
    func beginning() throws {
        let found = try faults { $0.removeFirst(2) }
        #expect(found == [" records 1 to 2 are missing, and no record says that they were deleted"])
    }

    @Test("Entries in another order are found")
    func reordered() throws {
        let found = try faults { $0.swapAt(2, 5) }
        #expect(found.contains { $0.hasPrefix("audit.jsonl:3 3 records before record 6 are missing") })
        #expect(found.contains { $0.hasPrefix("audit.jsonl:4 record 4 stands after record 6") })
    }

    @Test("An entry that stands twice is found")
    func duplicated() throws {
        let found = try faults { $0.insert($0[3], at: 4) }
        #expect(found.first == "audit.jsonl:5 record 4 stands after record 4: it was repeated, moved or inserted")
    }

    @Test("An inserted entry is found", arguments: ["{}", #"{"seq":4,"kind":"intent"}"#, "", "\u{0}"])
    func inserted(text: String) throws {
        let found = try faults { $0.insert(text.isEmpty ? " " : text, at: 3) }
        #expect(found.first == "audit.jsonl:4 this is no record, or was changed after it was written")
    }

    @Test("A tail that was cut off is found, in whole lines or in the middle of one")
    func truncated() throws {
        #expect(try faults { $0.removeLast(3) } == [" records 8 to 10 are missing at the end"])
        let half = try ScratchLog()
        try half.append(10)
        try half.overwrite("audit.jsonl", String(try half.text().dropLast(40)))
        let found = try half.verify().faults
        #expect(found.map(\.place) == ["audit.jsonl:10", ""])
        #expect(found.first?.message.contains("the last line is not whole") == true)
    }

    @Test("A tail that was cut off stays missed when others have written since")
    func truncatedAndContinued() throws {
        _ = try faults { $0.removeLast(3) }
        try log.append(5)
        let found = try log.verify().faults
        #expect(found.map(\.place) == ["audit.jsonl:8"])
        #expect(found.first?.message == "records up to 10 had been lost or replaced when record 8 was written")
    }

    @Test("A log that was emptied or removed is missed, before and after the next call", arguments: [true, false])
    func emptied(isRemoved: Bool) throws {
        try log.append(10)
        if isRemoved { try log.remove("audit.jsonl") } else { try log.overwrite("audit.jsonl", "") }
        #expect(try log.verify().faults.first?.message == "records 1 to 10 are missing at the end")
        try log.append(1)
        #expect(try log.verify().faults.map(\.place) == ["audit.jsonl:1"])
    }

    @Test("A head that was removed or changed is missed, before and after the next call", arguments: ["", "{}", nil])
    func head(text: String?) throws {
        try log.append(3)
        if let text { try log.overwrite("audit.head", text) } else { try log.remove("audit.head") }
        #expect(try log.verify().faults.map(\.message) == ["the head file is missing or cannot be read"])
        try log.append(1)
        #expect(
            try log.verify().faults.map(\.message) == ["the head had been lost or replaced when record 4 was written"]
        )
    }

    @Test("A log written anew as a whole is found by a hash that was noted elsewhere")
    func rewritten() throws {
        let noted = try log.append(10).hash
        try log.append(5)
        #expect(try log.verify(expecting: noted).faults == [])
        for name in try log.names { try log.remove(name) }
        try log.append(20)
        #expect(try log.verify().faults == [])
        #expect(try log.verify(expecting: noted).faults.map(\.message) == ["no record has the hash \(noted)"])
    }

    @Test("Where nothing was recorded, that is said")
    func nothing() throws {
        let error = #expect(throws: MegaraptorError.self) { try log.verify() }
        #expect(error?.code == .notFound)
    }
}

@Suite("Tampering with closed files of the audit log")
struct RotatedLogTests {
    private let log: ScratchLog

    init() throws {
        log = try ScratchLog()
    }

    @Test("The chain goes on over closed files, and those deleted as told are no fault")
    func rotated() throws {
        try log.append(60, rotateBytes: 1500, keep: 3)
        #expect(try log.names.count == 5)
        let outcome = try log.verify()
        #expect(outcome.faults == [])
        #expect(outcome.notes.allSatisfy { $0.message.hasPrefix("deleted as told") } && !outcome.notes.isEmpty)
    }

    @Test("A closed file that was taken away is found: the oldest, one in the middle, the newest", arguments: 0...2)
    func removed(place: Int) throws {
        try log.append(60, rotateBytes: 1500, keep: 100)
        let closed = try log.names.filter { $0.hasPrefix("audit-") }
        try #require(closed.count > 3)
        try log.remove(closed[[0, closed.count / 2, closed.count - 1][place]])
        let found = try log.verify().faults
        #expect(found.count == 1 && found.first?.message.contains("missing") == true, "\(found)")
    }

    @Test("A change in a closed file is found with its place")
    func changed() throws {
        try log.append(60, rotateBytes: 1500, keep: 100)
        let closed = try #require(try log.names.first)
        try log.edit(closed) { $0[1].replace(#""kind""#, with: #""kinD""#) }
        #expect(try log.verify().faults.map(\.place) == ["\(closed):2"])
    }
}

@Suite("What a crash leaves in the audit log")
struct CrashTests {
    private let log: ScratchLog

    init() throws {
        log = try ScratchLog()
    }

    private func crash(_ rest: String) throws {
        try log.overwrite("audit.jsonl", try log.text() + rest)
    }

    @Test(
        "Half a line is kept, and the next writer closes it with a record that names it",
        arguments: ["{", #"{"seq":4,"time":"2026"#, "\u{0}\u{0}\u{0}", "ü"]
    )
    func halfLine(rest: String) throws {
        try log.append(3)
        try crash(rest)
        #expect(try log.verify().faults.map(\.place) == ["audit.jsonl:4"])
        try log.append(2)
        let outcome = try log.verify()
        #expect(outcome.faults == [] && outcome.records == 6)
        #expect(outcome.notes.map(\.place) == ["audit.jsonl:4"])
        #expect(try log.text().contains("\n\(rest)\n{\"seq\":4,"))
    }

    @Test("Half a first line is recovered too")
    func firstLine() throws {
        try log.append(1)
        try log.overwrite("audit.jsonl", #"{"seq":1"#)
        try log.overwrite("audit.head", JSONValue.object(["seq": 0, "hash": .string(AuditPosition.start.hash)]).json())
        try log.append(1)
        #expect(try log.verify().faults == [])
    }

    @Test("The kept half cannot be changed afterwards, and a whole line that was spoilt is no half")
    func changedHalf() throws {
        try log.append(3)
        try crash("{\"seq\"")
        try log.append(1)
        try log.edit { $0[3] = "{\"sqe\"" }
        #expect(try log.verify().faults.map(\.place) == ["audit.jsonl:4"])
    }

    @Test("A last entry that was changed is no crash, though the next writer goes on after it")
    func changedLast() throws {
        try log.append(3)
        try log.edit { $0[2].replace(#""n":2"#, with: #""n":3"#) }
        try log.append(1)
        let found = try log.verify().faults.map(\.place)
        #expect(found.contains("audit.jsonl:3"))
    }

    @Test("Files that were closed just before a crash are taken up by the next writer")
    func betweenFiles() throws {
        try log.append(60, rotateBytes: 1500, keep: 100)
        let count = try log.names.count
        try log.rename("audit.jsonl", "audit-000099.jsonl")
        try log.append(1)
        #expect(try log.names.count == count + 1)
        #expect(try log.verify().faults == [])
    }
}
