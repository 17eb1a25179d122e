// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Who may change a file, itself or by way of a folder above it.
enum FilePermissions {
    /// Why somebody else than its owner and root could change the file, and how to mend it; `nil` where nobody can.
    static func fault(of file: String) -> String? {
        guard let real = realpath(file, nil) else { return "There is no file \(file)." }
        defer { free(real) }
        var path = String(cString: real)
        if let fault = fault(ofOne: path, isFile: true) { return fault }
        while let slash = path.lastIndex(of: "/"), path != "/" {
            path = slash == path.startIndex ? "/" : String(path[..<slash])
            if let fault = fault(ofOne: path, isFile: false) { return fault }
        }
        return nil
    }

    private static func fault(ofOne path: String, isFile: Bool) -> String? {
        var info = stat()
        guard lstat(path, &info) == 0 else { return "\(path) cannot be looked at." }
        if isFile, info.st_mode & S_IFMT != S_IFREG { return "\(path) is no regular file." }
        guard info.st_uid == 0 || info.st_uid == geteuid() else {
            return "\(path) belongs to another user (\(info.st_uid)). Mend it: chown \(geteuid()) \(path)"
        }
        // In a folder with the sticky bit, such as /tmp, nobody can replace what is another's.
        let isSticky = !isFile && info.st_mode & S_ISVTX != 0
        guard info.st_mode & (S_IWGRP | S_IWOTH) == 0 || isSticky else {
            return "Others may write to \(path). Mend it: chmod go-w \(path)"
        }
        return nil
    }
}
