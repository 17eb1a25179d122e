// SPDX-License-Identifier: Apache-2.0

public import AuditLog
internal import Cryptography
internal import JSONValue

/// What a walk along the whole chain has found.
public struct AuditVerification: Sendable {
    /// Something about one place, `audit.jsonl:12`, or about the whole log.
    public struct Finding: Sendable, Hashable {
        public var place: String
        public var message: String
    }

    /// What must not be: changes, deletions, insertions, another order.
    public private(set) var faults: [Finding] = []
    /// What is worth knowing and no fault.
    public private(set) var notes: [Finding] = []
    public private(set) var records = 0
    public private(set) var last = AuditPosition.start

    /// Lines that are no records, since the last one that is.
    private var damage: [UInt8] = []
    private var damagedLines: [(place: String, isEnded: Bool)] = []
    private var deleted: [AuditPosition] = []
    private var first: AuditPosition?
    private var isExpectedMet = false

    /// - Parameter expected: a hash that was noted elsewhere before, and must still be in the chain.
    public init(_ reader: AuditReader, expecting expected: String? = nil) throws {
        try reader.read { line in
            let place = "\(line.file):\(line.number)"
            guard let record = line.record else { return addDamage(line, place) }
            try settleDamage(before: record)
            checkOrder(record, place)
            checkKind(record, place)
            if record.position.seq == reader.head?.seq, record.position != reader.head {
                addFault(place, "record \(record.position.seq) is another one than the head remembers")
            }
            isExpectedMet = isExpectedMet || record.position.hash == expected
            records += 1
            last = record.position
        }
        try settleDamage(before: nil)
        checkEnds(reader.head)
        if let expected, !isExpectedMet { addFault("", "no record has the hash \(expected)") }
    }

    private mutating func addFault(_ place: String, _ message: String) {
        faults.append(Finding(place: place, message: message))
    }

    // MARK: - Order

    private mutating func checkOrder(_ record: AuditRecord, _ place: String) {
        let seq = record.position.seq
        guard records > 0 || !damagedLines.isEmpty else {
            first = AuditPosition(seq: seq - 1, hash: record.prev)
            return
        }
        defer { damagedLines = [] }
        guard !record.follows(last) else { return }
        let next = last.seq + Int64(damagedLines.count { $0.isEnded }) + 1
        if seq > next {
            addFault(place, "\(seq - next) records before record \(seq) are missing")
        } else if seq <= last.seq {
            addFault(place, "record \(seq) stands after record \(last.seq): it was repeated, moved or inserted")
        } else if damagedLines.isEmpty {
            addFault(place, "record \(seq) does not continue record \(last.seq): one of the two was replaced")
        }
    }

    private mutating func checkKind(_ record: AuditRecord, _ place: String) {
        switch record.kind {
        case "gap":
            let seq = record.fields["missing"]?["seq"]?.integerValue
            let what = seq.map { "records up to \($0)" } ?? "the head"
            addFault(place, "\(what) had been lost or replaced when record \(record.position.seq) was written")
        case "deleted":
            guard let position = AuditPosition(json: record.fields["last"]) else { return }
            deleted.append(position)
            notes.append(Finding(place: place, message: "deleted as told: records up to \(position.seq)"))
        default: break
        }
    }

    private mutating func checkEnds(_ head: AuditPosition?) {
        if let first, first != .start, !deleted.contains(first) {
            addFault("", "records 1 to \(first.seq) are missing, and no record says that they were deleted")
        }
        guard let head else { return addFault("", "the head file is missing or cannot be read") }
        if head.seq > last.seq { addFault("", "records \(last.seq + 1) to \(head.seq) are missing at the end") }
    }

    // MARK: - Damage

    private mutating func addDamage(_ line: AuditReader.Line, _ place: String) {
        damage += line.bytes + (line.isEnded ? [UInt8(ascii: "\n")] : [])
        damagedLines.append((place, line.isEnded))
    }

    /// Half a line is what a crash leaves, if the record after it names exactly these bytes. All else is a fault.
    private mutating func settleDamage(before record: AuditRecord?) throws {
        guard let place = damagedLines.first?.place else { return }
        defer { damage = [] }
        if damagedLines.count == 1, let record, record.kind == "recovered", record.follows(last),
            record.fields["sha256"]?.stringValue == Hexadecimal.encode(try SHA256.digest(damage.dropLast()))
        {
            notes.append(Finding(place: place, message: "half a record that a crash left; the next record names it"))
            return
        }
        for line in damagedLines {
            addFault(
                line.place,
                line.isEnded
                    ? "this is no record, or was changed after it was written"
                    : "the last line is not whole: its writer was stopped; the next call will close it"
            )
        }
    }
}
