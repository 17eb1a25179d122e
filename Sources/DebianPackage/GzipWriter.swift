// SPDX-License-Identifier: Apache-2.0

internal import CZlib
internal import MegaraptorErrors

/// Compresses into a file as gzip does (RFC 1952).
struct GzipWriter: ~Copyable {
    private let file: TargetFile
    // zlib keeps the address of its state, so the state must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    init(_ file: TargetFile) throws(MegaraptorError) {
        self.file = file
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 more than the greatest window asks for the header of gzip.
        let status = deflateInit2_(
            stream,
            Z_DEFAULT_COMPRESSION,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard status == Z_OK else {
            throw MegaraptorError(.resourceExhausted, "zlib does not begin: status \(status).")
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func write(_ bytes: [UInt8]) throws(MegaraptorError) { try deflate(bytes, Z_NO_FLUSH) }

    consuming func finish() throws(MegaraptorError) {
        try deflate([], Z_FINISH)
        try file.finish()
    }

    private func deflate(_ bytes: [UInt8], _ flush: Int32) throws(MegaraptorError) {
        var input = bytes
        var output = [UInt8](repeating: 0, count: 1 << 18)
        try input.withUnsafeMutableBufferPointer { input throws(MegaraptorError) in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = uInt(input.count)
            try output.withUnsafeMutableBufferPointer { output throws(MegaraptorError) in
                repeat {
                    stream.pointee.next_out = output.baseAddress
                    stream.pointee.avail_out = uInt(output.count)
                    let status = CZlib.deflate(stream, flush)
                    guard status != Z_STREAM_ERROR else {
                        throw MegaraptorError(.internal, "zlib refuses to compress: status \(status).")
                    }
                    let count = output.count - Int(stream.pointee.avail_out)
                    try file.write(UnsafeBufferPointer(rebasing: output[..<count]))
                } while stream.pointee.avail_out == 0
            }
        }
    }
}
