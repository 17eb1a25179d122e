// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import PluginManifest

/// One call of a tool: its functions in order, and what is known by name so far.
struct NativeRun {
    /// Inputs, results and outputs.
    private(set) var values: JSONObject
    /// The addresses among the results, for later functions.
    var addresses: [String: UInt64] = [:]
    private var answer: JSONObject = [:]
    /// Lives as long as the run: a library may keep a pointer from one function to the next.
    private let memory = CallMemory()

    init(inputs: JSONObject) { values = inputs }

    mutating func perform(_ calls: [PreparedTool.Step]) throws(MegaraptorError) -> JSONObject {
        defer { withExtendedLifetime(memory) {} }
        var failure: MegaraptorError?
        for (call, function) in calls where failure == nil || (call.isAlways && hasAll(for: call)) {
            do throws(MegaraptorError) {
                try perform(call, function)
            } catch {
                // The first failure is the one to tell; one while tidying up stands beside it.
                failure?.cause = error.message
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return answer
    }

    private func hasAll(for call: NativeCall) -> Bool {
        call.arguments.allSatisfy { argument in
            guard let name = argument.from, argument.value == nil else { return true }
            return values[name] != nil || addresses[name] != nil
        }
    }

    private mutating func perform(_ call: NativeCall, _ function: NativeFunction) throws(MegaraptorError) {
        var places: [UnsafeMutableRawBufferPointer?] = []
        for argument in call.arguments {
            places.append(try place(of: argument, call))
        }
        var words: [UInt64] = []
        for (argument, place) in zip(call.arguments, places) {
            if argument.type.isContent {
                words.append(Self.address(place))
            } else {
                let word = try word(of: argument, call, places)
                place?.storeBytes(of: word, as: UInt64.self)
                words.append(place == nil ? word : Self.address(place))
            }
        }
        let result = function(words)
        try Self.check(result, of: call)
        if let type = call.resultType, let name = call.resultName { try keep(result, type, name, call) }
        for (argument, place) in zip(call.arguments, places) where argument.output != nil && !argument.isBuffer {
            guard let name = argument.output, let place else { continue }
            try keep(argument.type.narrowed(place.load(as: UInt64.self)), argument.type, name, call)
        }
        for (argument, place) in zip(call.arguments, places) where argument.isBuffer {
            guard let name = argument.output, let place else { continue }
            publish(try written(argument, place, call), as: name)
        }
    }

    mutating func publish(_ value: JSONValue, as name: String) {
        values[name] = value
        answer[name] = value
    }

    // MARK: - What goes in

    /// The memory that the argument points to; `nil` for a plain value and for NULL.
    private func place(
        of argument: NativeArgument,
        _ call: NativeCall
    ) throws(MegaraptorError) -> UnsafeMutableRawBufferPointer? {
        if argument.isBuffer { return memory.zeros(try capacity(of: argument, call)) }
        if argument.output != nil { return memory.zeros(8) }
        guard argument.type.isContent, case .content(let bytes) = try fitting(argument, value(of: argument), call)
        else { return nil }
        if let size = argument.size?.integerValue, bytes.count != size {
            throw Self.refusal(argument, call, "expected exactly \(size) bytes, got \(bytes.count)")
        }
        return memory.copy(bytes)
    }

    private func capacity(of argument: NativeArgument, _ call: NativeCall) throws(MegaraptorError) -> Int {
        let size = argument.size?.stringValue.flatMap { values[$0] } ?? argument.size ?? .null
        guard let count = size.integerValue, (1...Int64(NativeTool.sizeLimit)).contains(count) else {
            let why = "its size must be 1 to \(NativeTool.sizeLimit) bytes, not \(size.json())"
            throw Self.refusal(argument, call, why)
        }
        return Int(count)
    }

    private func word(
        of argument: NativeArgument,
        _ call: NativeCall,
        _ places: [UnsafeMutableRawBufferPointer?]
    ) throws(MegaraptorError) -> UInt64 {
        func count(where isMeant: (NativeArgument) -> Bool) -> JSONValue {
            call.arguments.firstIndex(where: isMeant).map { JSONValue(places[$0]?.count ?? 0) } ?? 0
        }
        let value: JSONValue
        if let name = argument.from, argument.type == .handle, let address = addresses[name] { return address }
        if let name = argument.lengthOf {
            value = count { $0.type.isContent && $0.from == name }
        } else if let name = argument.sizeOf {
            value = count { $0.output == name }
        } else {
            guard argument.from != nil || argument.value != nil else { return 0 }
            value = self.value(of: argument)
        }
        guard case .bits(let bits) = try fitting(argument, value, call) else { return 0 }
        return bits
    }

    private func value(of argument: NativeArgument) -> JSONValue {
        argument.from.flatMap { values[$0] } ?? argument.value ?? .null
    }

    private func fitting(
        _ argument: NativeArgument,
        _ value: JSONValue,
        _ call: NativeCall
    ) throws(MegaraptorError) -> NativeWord {
        do throws(MegaraptorError) {
            return try argument.word(value)
        } catch {
            throw Self.refusal(argument, call, error.message)
        }
    }

    private static func refusal(_ argument: NativeArgument, _ call: NativeCall, _ why: String) -> MegaraptorError {
        let name = argument.from ?? argument.lengthOf.map { "length of \($0)" } ?? argument.output ?? "constant"
        return MegaraptorError(
            .invalidArgument,
            "\(call.symbol) cannot take \(name): \(why).",
            hint: "Pass one that fits. The function was not called."
        )
    }

    private static func address(_ place: UnsafeMutableRawBufferPointer?) -> UInt64 {
        UInt64(UInt(bitPattern: place?.baseAddress))
    }
}
