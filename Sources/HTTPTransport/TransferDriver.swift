// SPDX-License-Identifier: Apache-2.0

import CCurl
import MegaraptorErrors

/// Does one transfer with curl, from the first to the last byte. Lives on the transfer's thread alone.
final class TransferDriver {
    let transfer: Transfer
    let easy: UnsafeMutableRawPointer
    private let multi: CurlMulti
    /// What curl says of a failure.
    let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    /// Lists that curl reads during the transfer.
    var lists: [UnsafeMutablePointer<curl_slist>] = []
    var reader: HTTPHeadReader
    var upload: HTTPUpload
    var written: Int64 = 0
    /// Why a callback ended the transfer.
    var failure: MegaraptorError?
    var lastByte = ContinuousClock.now
    var hasBytes = false

    static func run(_ transfer: Transfer) -> Result<Void, MegaraptorError> {
        do {
            return .success(try TransferDriver(transfer).run())
        } catch {
            return .failure(error)
        }
    }

    private init(_ transfer: Transfer) throws(MegaraptorError) {
        guard let easy = curl_easy_init() else { throw HTTPFailure.noHandle() }
        do throws(MegaraptorError) {
            if let connection = transfer.client.connection {
                multi = try connection.take()
            } else {
                multi = try CurlMulti()
            }
        } catch {
            curl_easy_cleanup(easy)
            throw error
        }
        self.transfer = transfer
        self.easy = easy
        reader = HTTPHeadReader(followsRedirects: transfer.request.followsRedirects)
        upload = HTTPUpload(transfer.request.body)
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        transfer.setMulti(nil)
        curl_multi_remove_handle(multi.pointer, easy)
        if let connection = transfer.client.connection { connection.giveBack(multi) } else { multi.free() }
        curl_easy_cleanup(easy)
        for list in lists { curl_slist_free_all(list) }
        words.deallocate()
    }

    private func run() throws(MegaraptorError) {
        try configure()
        transfer.setMulti(multi)
        guard curl_multi_add_handle(multi.pointer, easy) == CURLM_OK else { throw HTTPFailure.noHandle() }
        lastByte = .now
        while true {
            if transfer.isCancelled { throw HTTPFailure.cancelled(transfer.request, isSent: isSent) }
            if transfer.takeContinue() {
                lastByte = .now
                curl_easy_pause(easy, mr_curl_pause_continue())
            }
            var running: Int32 = 0
            guard curl_multi_perform(multi.pointer, &running) == CURLM_OK else { throw HTTPFailure.noHandle() }
            var result = CURLE_OK
            if mr_curl_has_ended(multi.pointer, &result) { return try conclude(result) }
            try checkIdle()
            curl_multi_poll(multi.pointer, nil, 0, 500, nil)
        }
    }

    private func conclude(_ result: CURLcode) throws(MegaraptorError) {
        if let failure { throw failure }
        guard result == CURLE_OK else {
            throw HTTPFailure(
                code: result,
                words: String(cString: words),
                errno: Int32(mr_curl_get_long(easy, CURLINFO_OS_ERRNO)),
                isSent: isSent,
                request: transfer.request,
                client: transfer.client
            ).error
        }
        guard reader.isDone else {
            throw MegaraptorError(.unavailable, "\(transfer.request.place): the answer is not HTTP.")
        }
    }

    /// Whether the server may have seen the request.
    private var isSent: Bool { mr_curl_get_long(easy, CURLINFO_REQUEST_SIZE) > 0 }

    private func checkIdle() throws(MegaraptorError) {
        guard !transfer.isPaused else {
            lastByte = .now
            return
        }
        let limits = transfer.request.limits
        let limit = hasBytes ? limits.idle : max(limits.idle, limits.connect)
        guard ContinuousClock.now - lastByte > limit else { return }
        throw HTTPFailure.idle(transfer.request, isSent: isSent)
    }
}
