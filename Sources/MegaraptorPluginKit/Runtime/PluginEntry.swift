// SPDX-License-Identifier: Apache-2.0

public import CMegaraptorABI
import Glibc
import MegaraptorErrors

/// What a plugin's one exported function does:
///
///     @c @implementation
///     public func megaraptor_plugin_v1(
///         _ host: UnsafePointer<mr_host>?, _ out: UnsafeMutablePointer<mr_plugin>?
///     ) -> Int32 {
///         PluginEntry.open(Greeter.self, host, out)
///     }
public enum PluginEntry {
    /// Checks the host, makes the plugin and fills `out`.
    ///
    /// The plugin and its strings stay for the life of the process, as the contract demands.
    public static func open<P: Plugin>(
        _: P.Type,
        _ host: UnsafePointer<mr_host>?,
        _ out: UnsafeMutablePointer<mr_plugin>?
    ) -> Int32 {
        guard let host, let out, Int(host.pointee.struct_size) >= MemoryLayout<mr_host>.size,
            Int(out.pointee.struct_size) >= MemoryLayout<mr_plugin>.size
        else { return mr_status(MR_INVALID_ARGUMENT) }
        guard host.pointee.abi_major == MR_ABI_MAJOR, host.pointee.abi_minor >= P.identity.minimumHostMinor else {
            return mr_status(MR_UNSUPPORTED)
        }
        let services = HostServices(bridge: HostBridge(host))
        do {
            let runtime = PluginRuntime(plugin: try P(host: services), host: services)
            fill(out, P.identity, runtime)
            return mr_status(MR_OK)
        } catch let error as MegaraptorError {
            services.log(.error, "\(P.identity.id): \(error)")
            return error.code.rawValue
        } catch {
            services.log(.error, "\(P.identity.id): \(error)")
            return mr_status(MR_INTERNAL)
        }
    }

    private static func fill(
        _ out: UnsafeMutablePointer<mr_plugin>,
        _ identity: PluginIdentity,
        _ runtime: PluginRuntime
    ) {
        out.pointee = mr_plugin(
            struct_size: UInt32(MemoryLayout<mr_plugin>.size),
            abi_major: MR_ABI_MAJOR,
            abi_minor: MR_ABI_MINOR,
            min_host_minor: identity.minimumHostMinor,
            magic: MR_ABI_MAGIC,
            runtime: staticText(swiftVersion),
            id: staticText(identity.id),
            version: staticText(identity.version),
            build_id: staticText("\(identity.id)@\(identity.version)"),
            state: Unmanaged.passRetained(runtime).toOpaque(),
            activate: { runtimeOf($0)?.activate() ?? mr_status(MR_INTERNAL) },
            invoke: { state, call, method, params in
                runtimeOf(state)?.invoke(call, method: text(method), params: bytes(params))
            },
            cancel: { runtimeOf($0)?.cancel($1) },
            deactivate: { runtimeOf($0)?.deactivate(within: $1) }
        )
    }

    /// A C string that is never freed.
    private static func staticText(_ text: String) -> UnsafePointer<CChar>? {
        text.withCString { UnsafePointer(strdup($0)) }
    }

    private static var swiftVersion: String {
        #if swift(>=6.3)
            "swift-6.3"
        #else
            "swift-6"
        #endif
    }
}

private func runtimeOf(_ state: UnsafeMutableRawPointer?) -> PluginRuntime? {
    state.map { Unmanaged<PluginRuntime>.fromOpaque($0).takeUnretainedValue() }
}

private func bytes(_ borrowed: mr_borrowed) -> [UInt8] {
    Array(UnsafeBufferPointer(start: borrowed.ptr, count: borrowed.len))
}

/// The method's name; a name that is no UTF-8 is one that no plugin knows.
private func text(_ borrowed: mr_borrowed) -> String {
    String(validating: UnsafeBufferPointer(start: borrowed.ptr, count: borrowed.len), as: UTF8.self) ?? ""
}
