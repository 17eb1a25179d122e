// SPDX-License-Identifier: Apache-2.0

internal import CMegaraptorABI
internal import PluginTrust

/// A plugin whose library is open in this process.
///
/// Unchecked because it holds the plugin's C functions: the contract makes `invoke` and `cancel` callable from any
/// thread, and the struct is never written after loading.
final class LoadedPlugin: PluginInstance, @unchecked Sendable {
    let id: String
    let library: LibraryIdentity?
    private let functions: mr_plugin

    init(id: String, library: LibraryIdentity, functions: mr_plugin) {
        self.id = id
        self.library = library
        self.functions = functions
    }

    var declaredID: String { PluginMagic.text(functions.id) }
    var declaredVersion: String { PluginMagic.text(functions.version) }
    var runtime: String { PluginMagic.text(functions.runtime) }

    var isServing: Bool { true }

    func activate() -> mr_status {
        functions.activate(functions.state)
    }

    func invoke(_ call: UInt64, method: String, params: [UInt8]) {
        var method = method
        method.withUTF8 { method in
            params.withUnsafeBufferPointer { params in
                functions.invoke(
                    functions.state,
                    call,
                    mr_borrowed(ptr: method.baseAddress, len: method.count),
                    mr_borrowed(ptr: params.baseAddress, len: params.count)
                )
            }
        }
    }

    func cancel(_ call: UInt64) {
        functions.cancel(functions.state, call)
    }

    func deactivate(milliseconds: UInt32) {
        functions.deactivate(functions.state, milliseconds)
    }
}
