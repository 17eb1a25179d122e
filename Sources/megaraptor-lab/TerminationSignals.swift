// SPDX-License-Identifier: Apache-2.0

import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Waits for SIGTERM or SIGINT, which no longer end the process by themselves.
struct TerminationSignals {
    private let arrivals: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        arrivals = stream
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
    }

    /// Returns when one of the signals has come.
    func wait() async {
        for await _ in arrivals { return }
    }
}

/// The stream on which scripts wait for the lab.
enum StandardOutput {
    /// Writes one line at once, also into a pipe.
    static func write(line: String) {
        print(line)
        fflush(nil)
    }
}
