// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import MegaraptorErrors

/// A library of C functions, mapped once and for good.
struct NativeLibrary {
    private let name: String
    private let handle: UnsafeMutableRawPointer

    init(_ name: String) throws(MegaraptorError) {
        guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            throw MegaraptorError(
                .failedPrecondition,
                "The library \(name) cannot be loaded.",
                hint: "Install the package that has it, or correct run.native.library in the manifest.",
                cause: Self.lastError()
            )
        }
        self.name = name
        self.handle = handle
    }

    func address(of symbol: String) throws(MegaraptorError) -> UnsafeMutableRawPointer {
        guard let address = dlsym(handle, symbol) else {
            throw MegaraptorError(
                .failedPrecondition,
                "The library \(name) has no function \(symbol).",
                hint: "Correct the symbol in the manifest; `nm -D` on the library's file shows what there is.",
                cause: Self.lastError()
            )
        }
        return address
    }

    private static func lastError() -> String? {
        dlerror().map { String(cString: $0) }
    }
}
