// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// For which machine a Linux program was made.
enum ELFArchitecture {
    /// As engines call it; `nil` where the file is no ELF program or of another kind.
    static func of(_ path: String) -> String? {
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec) else { return nil }
        let header = try? file.closeAfter {
            try [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
                count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        guard let header, header.count == 20, header.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else { return nil }
        switch UInt16(header[18]) | UInt16(header[19]) << 8 {
        case 62: return "amd64"
        case 183: return "arm64"
        case 3: return "386"
        default: return nil
        }
    }
}
