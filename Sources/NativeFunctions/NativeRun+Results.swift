// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest

// What comes out: everything is copied before the next function runs, which may free it.

extension NativeRun {
    /// - Throws: where the result is one that the manifest calls a failure. Nothing else of the call is looked at then.
    static func check(_ bits: UInt64, of call: NativeCall) throws(MegaraptorError) {
        guard let type = call.resultType else { return }
        if type.isPointer {
            if bits == 0, !call.mayBeNull { throw failure(call, .null) }
            return
        }
        guard let (rule, value) = call.success else { return }
        let isFine =
            switch rule {
            case "equals": type.bits(of: value) == bits
            case "not": type.bits(of: value) != bits
            default: (type.json(bits)?.doubleValue ?? .nan) >= value.doubleValue ?? .nan
            }
        guard isFine else { throw failure(call, type.json(bits) ?? "no finite number") }
    }

    private static func failure(_ call: NativeCall, _ result: JSONValue) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "\(call.symbol) failed: it returned \(result.isNull ? "NULL" : result.json()).",
            hint: "The library's documentation says what that means.",
            details: ["symbol": .string(call.symbol), "result": result]
        )
    }

    mutating func keep(
        _ bits: UInt64,
        _ type: NativeType,
        _ name: String,
        _ call: NativeCall
    ) throws(MegaraptorError) {
        if type.isPointer { addresses[name] = bits }
        switch type {
        case .handle: return
        case .string: publish(try Self.text(at: bits, name, call), as: name)
        default:
            guard let value = type.json(bits) else {
                throw Self.unusable(call, name, "is no finite number, which JSON cannot carry")
            }
            publish(value, as: name)
        }
    }

    /// The text that a result points to.
    private static func text(at address: UInt64, _ name: String, _ call: NativeCall) throws(MegaraptorError)
        -> JSONValue
    {
        guard let start = UnsafeRawPointer(bitPattern: UInt(address)) else { return .null }
        let count = strnlen(start.assumingMemoryBound(to: CChar.self), NativeTool.sizeLimit)
        guard count < NativeTool.sizeLimit else { throw unusable(call, name, "has no NUL within 16 MiB") }
        return try text(UnsafeRawBufferPointer(start: start, count: count), name, call)
    }

    private static func text(
        _ bytes: UnsafeRawBufferPointer,
        _ name: String,
        _ call: NativeCall
    ) throws(MegaraptorError) -> JSONValue {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw unusable(call, name, "is not UTF-8; declare it as bytes")
        }
        return .string(text)
    }

    /// What the function wrote into a buffer, as far as it says that it wrote.
    func written(
        _ argument: NativeArgument,
        _ buffer: UnsafeMutableRawBufferPointer,
        _ call: NativeCall
    ) throws(MegaraptorError) -> JSONValue {
        let name = argument.output ?? ""
        var count: Int64? = Int64(buffer.count)
        if let length = argument.length {
            count = values[length]?.integerValue
        } else if argument.type == .string {
            count = buffer.firstIndex(of: 0).map(Int64.init)
        }
        guard let count, (0...Int64(buffer.count)).contains(count) else {
            let said =
                argument.length.flatMap { values[$0] }.map { "says it has \($0.json()) bytes" } ?? "ends in no NUL"
            throw MegaraptorError(
                .resourceExhausted,
                "\(name) does not fit: there was room for \(buffer.count) bytes, and what \(call.symbol) wrote \(said).",
                hint: "Nothing of it is given. Where the tool takes a size, pass a larger one."
            )
        }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)])
        if argument.type == .bytes, !argument.isText { return .string(Base64.encode(bytes)) }
        return try Self.text(bytes, name, call)
    }

    private static func unusable(_ call: NativeCall, _ name: String, _ why: String) -> MegaraptorError {
        MegaraptorError(
            .failedPrecondition,
            "What \(call.symbol) gave as \(name) \(why).",
            hint: "The function has run. Correct its declaration in the manifest if this is its usual answer."
        )
    }
}

extension NativeType {
    /// A number or a truth as JSON; `nil` for a double that JSON cannot carry.
    fileprivate func json(_ bits: UInt64) -> JSONValue? {
        if self == .bool { return .bool(bits != 0) }
        if self == .double {
            let number = Double(bitPattern: bits)
            return number.isFinite ? JSONValue(number) : Optional.none
        }
        return integer?.isSigned == true ? JSONValue(Int64(bitPattern: bits)) : JSONValue(bits)
    }
}
