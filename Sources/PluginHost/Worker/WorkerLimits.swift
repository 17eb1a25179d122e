// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import JSONValue

/// What a worker may use of the machine.
public struct WorkerLimits: Sendable, Hashable {
    /// Of memory that belongs to it alone.
    public var memoryMebibytes = 2048
    /// Over its whole life.
    public var cpuSeconds = 3600

    /// Room for what is mapped without being used, such as files, and reserved by the C library for threads.
    private static let addressSpaceBeside = 8 << 30
    private static let openFiles: rlim_t = 1024

    public init() {}

    init(json: JSONValue) {
        memoryMebibytes = Int(json["memory_mb"]?.integerValue ?? 2048)
        cpuSeconds = Int(json["cpu_seconds"]?.integerValue ?? 3600)
    }

    var json: JSONValue {
        ["memory_mb": JSONValue(memoryMebibytes), "cpu_seconds": JSONValue(cpuSeconds)]
    }

    /// Binds this process, for good.
    func apply() {
        Self.set(RLIMIT_CORE, 0, 0)
        Self.set(RLIMIT_NOFILE, Self.openFiles, Self.openFiles)
        let memory = memoryMebibytes << 20
        Self.set(RLIMIT_DATA, rlim_t(memory), rlim_t(memory))
        Self.set(RLIMIT_AS, rlim_t(memory + Self.addressSpaceBeside), rlim_t(memory + Self.addressSpaceBeside))
        // The kernel says SIGXCPU at the first, which can be overheard, and SIGKILL at the second.
        Self.set(RLIMIT_CPU, rlim_t(cpuSeconds), rlim_t(cpuSeconds + 5))
    }

    /// A limit that already is tighter stays.
    private static func set(_ resource: __rlimit_resource, _ soft: rlim_t, _ hard: rlim_t) {
        var limit = rlimit()
        let resource = __rlimit_resource_t(resource.rawValue)
        getrlimit(resource, &limit)
        limit.rlim_max = min(limit.rlim_max, hard)
        limit.rlim_cur = min(limit.rlim_max, soft)
        setrlimit(resource, &limit)
    }
}
