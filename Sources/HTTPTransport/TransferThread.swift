// SPDX-License-Identifier: Apache-2.0

import Glibc
import MegaraptorErrors

extension Transfer {
    /// Starts the thread that does the transfer. It holds the transfer until its end.
    ///
    /// Signals stay with the program's other threads: the process decides who handles them.
    func start() throws(MegaraptorError) {
        try CurlLibrary.require()
        var all = sigset_t()
        var previous = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        guard pthread_create(&thread, nil, runTransfer, context.toOpaque()) == 0 else {
            context.release()
            throw MegaraptorError(.resourceExhausted, "No thread could be started for an HTTP request.")
        }
        pthread_detach(thread)
    }
}

private func runTransfer(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeRetainedValue()
    transfer.finish(TransferDriver.run(transfer))
    return nil
}
