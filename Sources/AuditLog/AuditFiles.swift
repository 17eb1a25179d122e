// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import JSONValue
internal import MegaraptorErrors
package import SystemPackage

/// Where a log's files lie: `audit.jsonl`, its closed forerunners `audit-000001.jsonl` and so on, and `audit.head`.
package struct AuditFiles: Sendable {
    package let current: String
    package let folder: String
    private let stem: String
    private let ending: String

    init(_ path: String) {
        let file = FilePath(path)
        current = file.string
        folder = file.removingLastComponent().string
        stem = file.stem ?? "audit"
        ending = file.extension.map { "." + $0 } ?? ""
    }

    var head: String { "\(folder)/\(stem).head" }

    package func closed(_ number: Int) -> String {
        let digits = String(number)
        return "\(folder)/\(stem)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)\(ending)"
    }

    /// The numbers of the closed files, oldest first.
    package func closedNumbers() throws(Errno) -> [Int] {
        guard let directory = opendir(folder) else { throw Errno(rawValue: errno) }
        defer { closedir(directory) }
        var numbers: [Int] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(stem + "-"), name.hasSuffix(ending),
                let number = Int(name.dropFirst(stem.utf8.count + 1).dropLast(ending.utf8.count)),
                closed(number) == "\(folder)/\(name)"
            else { continue }
            numbers.append(number)
        }
        return numbers.sorted()
    }

    /// Makes the folder, and those above it, for nobody but their owner.
    func makeFolder() throws(Errno) { try Self.make(FilePath(folder)) }

    private static func make(_ path: FilePath) throws(Errno) {
        guard mkdir(path.string, 0o700) != 0, errno != EEXIST else { return }
        guard errno == ENOENT, path.removingLastComponent() != path else { throw Errno(rawValue: errno) }
        try make(path.removingLastComponent())
        guard mkdir(path.string, 0o700) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
    }

    // MARK: - The head

    /// What was on the disk for certain. `nil` where there is no such file or it cannot be understood.
    package func readHead() -> AuditPosition? {
        do {
            let descriptor = try FileDescriptor.open(head, .readOnly, options: [.noFollow, .closeOnExec])
            return try descriptor.closeAfter {
                var bytes = [UInt8](repeating: 0, count: 256)
                let count = try bytes.withUnsafeMutableBytes { try descriptor.read(into: $0) }
                return AuditPosition(json: try JSONValue(json: bytes.prefix(count)))
            }
        } catch {
            return nil
        }
    }

    /// Replaces the head whole or not at all. Needs the lock.
    func writeHead(_ position: AuditPosition) throws {
        let draft = head + ".tmp"
        let descriptor = try FileDescriptor.open(
            FilePath(draft),
            .writeOnly,
            options: [.create, .truncate, .noFollow, .closeOnExec],
            permissions: .ownerReadWrite
        )
        try descriptor.closeAfter {
            try descriptor.writeAll(position.json.jsonBytes() + [UInt8(ascii: "\n")])
            guard fdatasync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
        guard rename(draft, head) == 0 else { throw Errno(rawValue: errno) }
    }
}
