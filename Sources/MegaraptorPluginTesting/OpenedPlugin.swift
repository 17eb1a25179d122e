// SPDX-License-Identifier: Apache-2.0

package import CMegaraptorABI

/// A plugin behind the contract's functions, with a fake host on the other side. Nothing is checked or waited for here.
///
/// Unchecked because it holds the plugin's C functions: the contract makes `invoke` and `cancel` callable from any
/// thread, and the struct is never written after the entry.
package final class OpenedPlugin: @unchecked Sendable {
    package typealias Entry = (UnsafePointer<mr_host>?, UnsafeMutablePointer<mr_plugin>?) -> Int32

    package let host: FakeHost
    /// What the entry answered.
    package let status: Int32
    package let functions: mr_plugin

    package init(host: FakeHost, entry: Entry) {
        self.host = host
        var functions = mr_plugin()
        functions.struct_size = UInt32(MemoryLayout<mr_plugin>.size)
        status = entry(ContractFunctions.make(for: host), &functions)
        self.functions = functions
    }

    package func activate() -> Int32 {
        functions.activate(functions.state)
    }

    package func invoke(_ call: UInt64, _ method: String, _ params: [UInt8]) {
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

    package func cancel(_ call: UInt64) {
        functions.cancel(functions.state, call)
    }

    package func deactivate(milliseconds: UInt32) {
        functions.deactivate(functions.state, milliseconds)
        host.endService()
    }
}
