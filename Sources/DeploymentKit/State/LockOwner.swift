// SPDX-License-Identifier: Apache-2.0

internal import Cryptography
internal import Glibc
internal import JSONValue

/// Who works on a deployment.
public struct LockOwner: Codable, Sendable, Hashable {
    public var user: String
    public var host: String
    public var pid: Int
    /// When the process began, in the kernel's ticks since the machine's start, so that another process which got the
    /// same number later is not taken for it.
    public var processStart: String
    /// Of the machine's latest start.
    public var boot: String
    public var operation: String
    /// Tells two locks of one process apart.
    public var token: String
    /// ISO 8601.
    public var since: String

    private enum CodingKeys: String, CodingKey {
        case user, host, pid, boot, operation, token, since
        case processStart = "process_start"
    }

    /// This process.
    public static func current(_ operation: String) -> LockOwner {
        LockOwner(
            user: userName,
            host: hostName,
            pid: Int(getpid()),
            processStart: start(of: getpid()) ?? "",
            boot: bootID,
            operation: operation,
            token: Hexadecimal.encode(Cryptography.randomBytes(8)),
            since: ISO8601.string(unixSeconds: Int64(time(nil)))
        )
    }

    /// Whether the process is known to be gone. On another machine nobody can know.
    public var isGone: Bool {
        guard host == Self.hostName else { return false }
        return boot != Self.bootID || Self.start(of: pid_t(pid)) != processStart
    }

    public var words: String { "\(user) on \(host) (process \(pid)), \(operation) since \(since)" }

    // MARK: - The machine

    private static var hostName: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "" }
        return withUnsafeBytes(of: name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static var userName: String {
        guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else { return "user \(geteuid())" }
        return String(cString: name)
    }

    private static var bootID: String { text("/proc/sys/kernel/random/boot_id").filter { !$0.isWhitespace } }

    /// The 22nd word of the process's `stat`; its second may hold blanks and ends with the last parenthesis.
    private static func start(of pid: pid_t) -> String? {
        let words = text("/proc/\(pid)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        return words.count > 19 ? String(words[19]) : nil
    }

    /// A file of the kernel's; empty where it cannot be read.
    private static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
