// SPDX-License-Identifier: Apache-2.0

internal import Glibc

// The words and the command for each cause.

extension FileFault {
    static func missing(_ path: String) -> FileFault {
        FileFault(.missing, path, "There is no file \(path).", "ls -la \(word(ShellPath.folder(of: path)))")
    }

    static func link(_ path: String) -> FileFault {
        let target = FolderWalk.target(of: path) ?? ""
        let whole = target.hasPrefix("/") ? target : "\(ShellPath.folder(of: path))/\(target)"
        let message = "\(path) is a link to \(target), which somebody can let point elsewhere."
        return FileFault(.link, path, message, "cp --remove-destination \(word(whole)) \(word(path))")
    }

    static func type(_ path: String) -> FileFault {
        FileFault(.type, path, "\(path) is no regular file.", "mv \(word(path)) \(word(path + ".aside"))")
    }

    static func foreign(_ path: String, _ status: FileStatus, _ cause: Cause) -> FileFault {
        let user = geteuid()
        let owners = user == 0 ? "root" : "root or user \(user)"
        // Nobody but root gives files away.
        let command = "\(user == 0 ? "" : "sudo ")chown \(status.isLink ? "-h " : "")\(user) \(word(path))"
        return FileFault(cause, path, "\(path) belongs to user \(status.owner), not to \(owners).", command)
    }

    static func open(_ path: String, _ status: FileStatus, _ cause: Cause) -> FileFault {
        let who = status.mode & S_IWOTH != 0 ? "everybody" : "the group \(status.group)"
        let what = cause == .writable ? path : "The folder \(path)"
        let message = "\(what) can be changed by \(who) (mode \(octal(status)))."
        return FileFault(cause, path, message, "chmod go-w \(word(path))")
    }

    static func privileged(_ path: String, _ status: FileStatus) -> FileFault {
        let message = "\(path) is marked to run with its owner's or group's rights (mode \(octal(status)))."
        return FileFault(.privileged, path, message, "chmod ug-s \(word(path))")
    }

    static func suffix(_ path: String, _ suffix: String) -> FileFault {
        let message = "The name of the library \(path) does not end in \(suffix)."
        return FileFault(.suffix, path, message, "mv \(word(path)) \(word(path + suffix))")
    }

    private static func word(_ path: String) -> String { ShellPath.quoted(path) }

    private static func octal(_ status: FileStatus) -> String { String(status.mode & 0o7777, radix: 8) }
}
