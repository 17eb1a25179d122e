// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the server program says what is wrong.
enum StandardError {
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        // Nobody could be told that this failed.
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
