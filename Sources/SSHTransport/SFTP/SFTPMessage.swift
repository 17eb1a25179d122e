// SPDX-License-Identifier: Apache-2.0

/// The numbers of SFTP version 3 (draft-ietf-secsh-filexfer-02) that are used here.
enum SFTPMessage {
    static let initialize: UInt8 = 1
    static let version: UInt8 = 2
    static let open: UInt8 = 3
    static let close: UInt8 = 4
    static let read: UInt8 = 5
    static let write: UInt8 = 6
    static let lstat: UInt8 = 7
    static let setStat: UInt8 = 9
    static let setFileStat: UInt8 = 10
    static let openFolder: UInt8 = 11
    static let readFolder: UInt8 = 12
    static let remove: UInt8 = 13
    static let makeFolder: UInt8 = 14
    static let removeFolder: UInt8 = 15
    static let rename: UInt8 = 18
    static let status: UInt8 = 101
    static let handle: UInt8 = 102
    static let data: UInt8 = 103
    static let names: UInt8 = 104
    static let attributes: UInt8 = 105
    static let extended: UInt8 = 200
    static let extendedReply: UInt8 = 201

    /// How a file is opened.
    enum Opening {
        static let reading: UInt32 = 0x01
        static let creating: UInt32 = 0x02 | 0x08 | 0x20
    }

    /// What attributes carry.
    enum Attribute {
        static let size: UInt32 = 0x01
        static let owner: UInt32 = 0x02
        static let permissions: UInt32 = 0x04
        static let times: UInt32 = 0x08
        static let extended: UInt32 = 0x8000_0000
    }
}
