// SPDX-License-Identifier: Apache-2.0

package import SystemPackage

extension FileDescriptor {
    /// Everything from here to the end.
    package func readToEnd() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let part = try [UInt8](unsafeUninitializedCapacity: 64 * 1024) { buffer, count in
                count = try read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if part.isEmpty { return bytes }
            bytes += part
        }
    }
}
