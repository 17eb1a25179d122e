// SPDX-License-Identifier: Apache-2.0

import Glibc
import MCPTransport

extension MCPServer {
    /// Serves one client until the end of its input, `SIGTERM`, `SIGINT`, or the loss of the output. Blocks the calling
    /// thread, which reads and answers what is cheap; everything else runs beside it.
    ///
    /// - Parameters:
    ///   - input: where lines come from; `ProtocolDescriptors.claim()` gives both descriptors.
    ///   - output: where messages go.
    /// - Returns: the status for `exit`.
    public func serve(input: Int32, output: Int32) -> Int32 {
        guard let stop = WakeUp(), let idle = WakeUp() else {
            configuration.log("No file descriptors are left.")
            return 1
        }
        stop.wakeOnTermination()
        let sink = DescriptorSink(descriptor: output, stop: stop)
        let connection = connect(to: sink)
        var reader = LineReader(descriptor: input, wakeUp: stop.readEnd, lineLimit: configuration.lineLimit)
        let reachedEnd = connection.read(&reader)
        // One budget for both, so that a client that hangs up sees the process leave within two seconds.
        let end = ContinuousClock.now + configuration.drainTime + .milliseconds(300)
        finish(connection, idle, reachedEnd: reachedEnd)
        let left = max(.milliseconds(200), end - .now).components
        sink.finish(milliseconds: Int32(clamping: left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000))
        stop.endWakingOnTermination()
        forget(connection)
        return 0
    }

    /// Lets requests end that were read, for as long as the client or the system will wait.
    private func finish(_ connection: Connection, _ idle: WakeUp, reachedEnd: Bool) {
        connection.endAllSubscriptions(byClient: reachedEnd)
        connection.calls.whenIdle { idle.wake() }
        if reachedEnd, idle.wait(for: configuration.drainTime) { return }
        connection.calls.abortAll()
        // Plugins get a moment to notice.
        _ = idle.wait(for: .milliseconds(100))
    }
}

extension Connection {
    /// - Returns: whether the input came to its end; `false` when the server was told to stop.
    fileprivate func read(_ reader: inout LineReader) -> Bool {
        while true {
            switch reader.next() {
            case .line(let line): receive(line)
            case .lineTooLong: receiveOverlongLine()
            case .drained: flush()
            case .end: return true
            case .interrupted: return false
            }
        }
    }
}
