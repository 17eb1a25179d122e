// SPDX-License-Identifier: Apache-2.0

public import JSONValue

// What a host knows of a library, for the worker that opens it in the host's place.

extension LibraryIdentity {
    /// ``json`` with device and inode.
    public var wholeJSON: JSONObject {
        var whole = json
        whole["device"] = .integer(Int64(bitPattern: device))
        whole["inode"] = .integer(Int64(bitPattern: inode))
        return whole
    }

    /// Believes what it is told; the file is compared when it is opened.
    public init?(wholeJSON json: JSONObject) {
        guard let path = json["path"]?.stringValue, let size = json["size"]?.integerValue,
            let modified = json["mtime"]?.integerValue, let sha256 = json["sha256"]?.stringValue,
            let device = json["device"]?.integerValue, let inode = json["inode"]?.integerValue
        else { return nil }
        self.path = path
        self.device = UInt64(bitPattern: device)
        self.inode = UInt64(bitPattern: inode)
        self.size = size
        self.modified = modified
        self.sha256 = sha256
    }
}
