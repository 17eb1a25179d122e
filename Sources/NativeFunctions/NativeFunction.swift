// SPDX-License-Identifier: Apache-2.0

internal import CFFI
internal import MegaraptorErrors
internal import PluginManifest

/// A C function and how libffi calls it, worked out once.
final class NativeFunction {
    private let code: @convention(c) () -> Void
    private let interface = UnsafeMutablePointer<ffi_cif>.allocate(capacity: 1)
    /// The interface points at these.
    private let types: UnsafeMutableBufferPointer<UnsafeMutablePointer<ffi_type>?>
    private let result: NativeType?

    init(_ call: NativeCall, at address: UnsafeMutableRawPointer) throws(MegaraptorError) {
        code = unsafeBitCast(address, to: (@convention(c) () -> Void).self)
        // An output is a pointer, whatever it points to.
        let passed = call.arguments.map { $0.output == nil ? $0.type : .handle }
        result = call.resultType
        types = .allocate(capacity: passed.count)
        _ = types.initialize(from: passed.map(\.ffi))
        let status = ffi_prep_cif(
            interface,
            FFI_DEFAULT_ABI,
            UInt32(types.count),
            result?.ffi ?? mr_ffi_void(),
            types.baseAddress
        )
        guard status == FFI_OK else {
            throw MegaraptorError(.internal, "libffi cannot call \(call.symbol) (status \(status.rawValue)).")
        }
    }

    deinit {
        interface.deallocate()
        types.deallocate()
    }

    /// - Returns: the result's bits; an integer without those that its type does not have.
    func callAsFunction(_ words: [UInt64]) -> UInt64 {
        let cells = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: words.count + 1)
        let places = UnsafeMutableBufferPointer<UnsafeMutableRawPointer?>.allocate(capacity: words.count + 1)
        defer {
            cells.deallocate()
            places.deallocate()
        }
        cells.initialize(repeating: 0)
        for (index, word) in (words + [0]).enumerated() {
            cells[index] = word
            places.initializeElement(at: index, to: cells.baseAddress.map { UnsafeMutableRawPointer($0 + index) })
        }
        ffi_call(interface, code, places[words.count], places.baseAddress)
        // libffi widens small integers to a whole word.
        return result?.narrowed(cells[words.count]) ?? 0
    }
}

extension NativeType {
    fileprivate var ffi: UnsafeMutablePointer<ffi_type>? {
        switch self {
        case .bool, .uint8: mr_ffi_uint8()
        case .int8: mr_ffi_sint8()
        case .int16: mr_ffi_sint16()
        case .int32: mr_ffi_sint32()
        case .int64: mr_ffi_sint64()
        case .uint16: mr_ffi_uint16()
        case .uint32: mr_ffi_uint32()
        case .uint64: mr_ffi_uint64()
        case .double: mr_ffi_double()
        case .string, .bytes, .handle: mr_ffi_pointer()
        }
    }

    /// A word of which C wrote only the type's own bytes, with the rest as its sign has it. Machines that keep the
    /// lowest byte elsewhere than first are not among those that this runs on.
    func narrowed(_ word: UInt64) -> UInt64 {
        let rest = UInt64(64 - (self == .bool ? 8 : integer?.bits ?? 64))
        guard integer?.isSigned == true else { return (word << rest) >> rest }
        return UInt64(bitPattern: Int64(bitPattern: word << rest) >> Int64(rest))
    }
}
