// SPDX-License-Identifier: Apache-2.0

import CCurl
import Glibc
import MegaraptorErrors

extension TransferDriver {
    /// The driver outlives the transfer, so curl gets it unretained.
    func setCallbacks() throws(MegaraptorError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(mr_curl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, takeBody))
        try check(mr_curl_set_pointer(easy, CURLOPT_WRITEDATA, context))
        try check(mr_curl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, takeHeader))
        try check(mr_curl_set_pointer(easy, CURLOPT_HEADERDATA, context))
        try check(mr_curl_set_data_callback(easy, CURLOPT_READFUNCTION, giveBody))
        try check(mr_curl_set_pointer(easy, CURLOPT_READDATA, context))
        try check(mr_curl_set_seek_callback(easy, rewindBody))
        try check(mr_curl_set_pointer(easy, CURLOPT_SEEKDATA, context))
    }

    fileprivate func moved() {
        lastByte = .now
        hasBytes = true
    }

    /// - Returns: how many bytes were taken; anything but all of them ends or pauses the transfer.
    fileprivate func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        moved()
        guard case .file(let descriptor) = transfer.sink, reader.head?.isSuccess == true else {
            return transfer.deliver(bytes) ? bytes.count : mr_curl_write_pause()
        }
        written += Int64(bytes.count)
        guard written <= transfer.request.greatestBody else {
            failure = HTTPFailure.tooLarge(transfer.request)
            return 0
        }
        return write(bytes, to: descriptor) ? bytes.count : 0
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                failure = HTTPFailure.cannotWrite(errno)
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }

    fileprivate func takeLine(_ line: UnsafeRawBufferPointer) {
        moved()
        guard var head = reader.take(line) else { return }
        head.isOnNewConnection = mr_curl_get_long(easy, CURLINFO_NUM_CONNECTS) > 0
        head.certificate = mr_curl_certificate(easy).map { String(cString: $0) }
        transfer.deliver(head)
    }

    fileprivate func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
        moved()
        do {
            return try upload.fill(room)
        } catch {
            failure = error as? MegaraptorError ?? MegaraptorError(.internal, "What was to be sent failed: \(error).")
            return mr_curl_read_abort()
        }
    }
}

private func driver(_ context: UnsafeMutableRawPointer) -> TransferDriver {
    Unmanaged<TransferDriver>.fromOpaque(context).takeUnretainedValue()
}

private func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
)
    -> Int
{
    guard let context else { return 0 }
    return driver(context).take(UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private func takeHeader(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    driver(context).takeLine(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private func giveBody(
    _ room: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
)
    -> Int
{
    guard let context else { return mr_curl_read_abort() }
    return driver(context).give(UnsafeMutableRawBufferPointer(start: room, count: size * count))
}

private func rewindBody(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
    guard let context, offset == 0, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
    return driver(context).upload.rewind() ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_CANTSEEK
}
