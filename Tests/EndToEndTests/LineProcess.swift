// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValue
import Synchronization

/// A child process that is spoken to in lines.
final class LineProcess: @unchecked Sendable {
    // Unchecked because Process is not marked: it is only used to start, signal and wait.
    private let process = Process()
    private let toChild = Pipe()
    private let lines: AsyncStream<String>
    private let errors = Mutex(Data())

    /// - Parameter environment: laid over an environment that holds nothing but `PATH` and a `HOME` without files.
    init(_ program: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
        let fromChild = Pipe()
        let errorPipe = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"].merging(environment) { $1 }
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        process.standardInput = toChild
        process.standardOutput = fromChild
        process.standardError = errorPipe
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        lines = stream
        try process.run()
        Self.readLines(fromChild.fileHandleForReading, continuation)
        Thread.detachNewThread { [weak self] in
            while case let part = errorPipe.fileHandleForReading.availableData, !part.isEmpty {
                self?.errors.withLock { $0.append(part) }
            }
        }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    private static func readLines(_ handle: FileHandle, _ continuation: AsyncStream<String>.Continuation) {
        Thread.detachNewThread {
            var buffer = Data()
            while case let part = handle.availableData, !part.isEmpty {
                buffer.append(part)
                while let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                    continuation.yield(String(decoding: buffer[buffer.startIndex..<end], as: UTF8.self))
                    buffer = Data(buffer[buffer.index(after: end)...])
                }
            }
            continuation.finish()
        }
    }

    var pid: pid_t { process.processIdentifier }
    var standardError: String { String(decoding: errors.withLock { $0 }, as: UTF8.self) }

    func write(_ text: String) throws {
        try toChild.fileHandleForWriting.write(contentsOf: Data((text + "\n").utf8))
    }

    func closeInput() throws {
        try toChild.fileHandleForWriting.close()
    }

    func nextLine() async -> String? {
        for await line in lines { return line }
        return nil
    }

    func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Waits for the end and gives the exit status, or the signal's number below zero.
    func waitForEnd() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
