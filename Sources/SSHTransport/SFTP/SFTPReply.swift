// SPDX-License-Identifier: Apache-2.0

/// One answer of the far side: its type, and what follows the request's number.
struct SFTPReply {
    let type: UInt8
    let body: ArraySlice<UInt8>
}
