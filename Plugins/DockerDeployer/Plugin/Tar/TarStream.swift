// SPDX-License-Identifier: Apache-2.0

import Cryptography
import HTTPTransport
import JSONValue
import MegaraptorErrors
import Synchronization
import SystemPackage

/// An archive that is made while it is sent, so that a large program is never in memory as a whole.
final class TarStream: Sendable {
    private enum Part {
        case bytes([UInt8])
        case file(path: String, size: Int64)
    }

    private struct State: ~Copyable {
        var parts: ArraySlice<Part>
        var rest: ArraySlice<UInt8> = []
        var file: FileDescriptor?
        var left: Int64 = 0
        var hash: SHA256?
    }

    let length: Int64
    /// What every file of this machine in it must be, in lower-case hexadecimal digits.
    private let sha256: String?
    private let state: Mutex<State>

    init(_ entries: [TarEntry], filesAre sha256: String? = nil) throws(MegaraptorError) {
        var parts: [Part] = []
        var length = Int64(2 * TarFormat.block)
        for entry in entries {
            parts.append(.bytes(try TarFormat.header(entry)))
            switch entry.content {
            case .folder: break
            case .bytes(let bytes): parts.append(.bytes(bytes))
            case .file(let path, let size): parts.append(.file(path: path, size: size))
            }
            let padding = TarFormat.padding(after: entry.size)
            parts.append(.bytes([UInt8](repeating: 0, count: padding)))
            length += Int64(TarFormat.block + padding) + entry.size
        }
        parts.append(.bytes([UInt8](repeating: 0, count: 2 * TarFormat.block)))
        self.length = length
        self.sha256 = sha256
        state = Mutex(State(parts: parts[...]))
    }

    deinit {
        state.withLock { state in try? state.file?.close() }
    }

    /// As the body of a request. To be sent once.
    var body: HTTPRequestBody { .stream(length: length) { try self.next($0) } }

    /// The whole archive, for small ones.
    func bytes() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let next = try next(65_536)
            if next.isEmpty { return bytes }
            bytes += next
        }
    }

    private func next(_ most: Int) throws -> [UInt8] {
        try state.withLock { state in
            while true {
                if !state.rest.isEmpty {
                    defer { state.rest = state.rest.dropFirst(most) }
                    return Array(state.rest.prefix(most))
                }
                if state.file != nil { return try read(&state, most) }
                switch state.parts.popFirst() {
                case nil: return []
                case .bytes(let bytes)?: state.rest = bytes[...]
                case .file(let path, let size)?:
                    state.file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
                    state.left = size
                    state.hash = try SHA256()
                }
            }
        }
    }

    private func read(_ state: inout State, _ most: Int) throws -> [UInt8] {
        guard let file = state.file else { return [] }
        let count = Int(min(Int64(most), state.left))
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        bytes.withUnsafeBytes { state.hash?.update($0) }
        state.left -= Int64(bytes.count)
        if state.left == 0 {
            try file.close()
            state.file = nil
            try check(state.hash.take()?.finish())
        } else if bytes.isEmpty {
            throw Self.changed
        }
        return bytes
    }

    private func check(_ digest: [UInt8]?) throws(MegaraptorError) {
        guard let sha256, let digest else { return }
        guard Hexadecimal.encode(digest) == sha256 else { throw Self.changed }
    }

    private static let changed = MegaraptorError(
        .failedPrecondition,
        "The server program on this machine is not the one that was checked, so nothing was built of it.",
        hint: "Fetch it again with download_velociraptor."
    )
}
