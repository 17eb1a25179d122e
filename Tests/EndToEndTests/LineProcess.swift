// SPDX-License-Identifier: Apache-2.0

import Foundation
import MegaraptorErrors
import Synchronization

/// A child process that is spoken to in lines.
final class LineProcess: Sendable {
    let pid: pid_t
    private let input: Mutex<Int32>
    private let lines: AsyncStream<String>
    private let ending: AsyncStream<Int32>
    private let errors: Collected
    private let exited = Atomic<Bool>(false)
    /// Where a child keeps state that no other test sees.
    private let state: ScratchFolder

    /// - Parameters:
    ///   - environment: laid over an environment that holds nothing but `PATH`, a `HOME` without files, a folder for state
    ///     and leave to use any plugin.
    ///   - readsErrors: whether the child's standard error is read at all.
    init(
        _ program: URL,
        _ arguments: [String],
        environment: [String: String] = [:],
        readsErrors: Bool = true
    ) throws {
        state = try ScratchFolder()
        let usual = [
            "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "XDG_STATE_HOME": state.path, "MEGARAPTOR_TRUST": "any",
            // No engine of this machine, whatever it has.
            "DOCKER_HOST": "unix:///nonexistent/docker.sock",
        ]
        let variables = usual.merging(environment) { $1 }
        let spawned = try SpawnedProcess.start(program.path, arguments, variables.map { "\($0)=\($1)" })
        pid = spawned.pid
        input = Mutex(spawned.input)
        let errors = Collected()
        self.errors = errors
        let (lines, lineSink) = AsyncStream.makeStream(of: String.self)
        let (ending, endSink) = AsyncStream.makeStream(of: Int32.self)
        self.lines = lines
        self.ending = ending
        Thread.detachNewThread { Self.readLines(spawned.output, lineSink) }
        let errorsRead = DispatchSemaphore(value: 0)
        if readsErrors {
            Thread.detachNewThread {
                Self.readAll(spawned.error, errors)
                errorsRead.signal()
            }
        } else {
            errorsRead.signal()
        }
        Thread.detachNewThread {
            let status = Self.awaitEnd(spawned.pid)
            errorsRead.wait()
            endSink.yield(status)
            endSink.finish()
        }
    }

    deinit {
        if !exited.load(ordering: .relaxed) { kill(pid, SIGKILL) }
        input.withLock { if $0 >= 0 { _ = close($0) } }
    }

    private final class Collected: Sendable {
        let bytes = Mutex<[UInt8]>([])
    }

    private static func read(_ descriptor: Int32) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
            count = max(0, Glibc.read(descriptor, space.baseAddress, space.count))
        }
    }

    private static func readLines(_ descriptor: Int32, _ sink: AsyncStream<String>.Continuation) {
        var buffer: [UInt8] = []
        while case let part = read(descriptor), !part.isEmpty {
            buffer += part
            var lines = buffer.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            buffer = Array(lines.removeLast())
            for line in lines { sink.yield(String(decoding: line, as: UTF8.self)) }
        }
        close(descriptor)
        sink.finish()
    }

    private static func readAll(_ descriptor: Int32, _ collected: Collected) {
        while case let part = read(descriptor), !part.isEmpty { collected.bytes.withLock { $0 += part } }
        close(descriptor)
    }

    private static func awaitEnd(_ pid: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    }

    var standardError: String { String(decoding: errors.bytes.withLock { $0 }, as: UTF8.self) }

    func write(_ text: String) throws {
        let line = Array((text + "\n").utf8)
        let written = input.withLock { Glibc.write($0, line, line.count) }
        guard written == line.count else { throw MegaraptorError(.unavailable, "the child does not listen any more") }
    }

    func closeInput() {
        input.withLock { descriptor in
            if descriptor >= 0 { _ = close(descriptor) }
            descriptor = -1
        }
    }

    func nextLine() async -> String? {
        for await line in lines { return line }
        return nil
    }

    func signal(_ number: Int32) {
        kill(pid, number)
    }

    /// Waits for the end and gives the exit status, or the signal's number below zero. What the child wrote to standard
    /// error is then complete.
    func waitForEnd() async -> Int32? {
        for await status in ending {
            exited.store(true, ordering: .relaxed)
            return status
        }
        return nil
    }
}
