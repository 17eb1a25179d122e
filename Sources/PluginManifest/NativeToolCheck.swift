// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors

/// Checks what a schema cannot say of a native tool: that names are known, types fit, and no length is missing.
struct NativeToolCheck {
    struct Fault: Error {
        let place: [String]
        let message: String
    }

    private struct Origin {
        /// As JSON Schema says it.
        let type: String
        /// Where it is a result of an earlier call.
        let earlier: NativeType?
        let isAlwaysThere: Bool
    }

    private let inputSchema: JSONValue
    /// Results and outputs of the calls before.
    private var known: [String: NativeType] = [:]

    init(_ tool: ToolContribution) { inputSchema = tool.inputSchema }

    private var inputs: JSONObject { inputSchema["properties"]?.objectValue ?? [:] }

    private func demand(_ isTrue: Bool, at place: String..., or message: @autoclosure () -> String) throws(Fault) {
        guard isTrue else { throw Fault(place: place, message: message()) }
    }

    mutating func check(_ native: NativeTool) throws(Fault) {
        let json = native.json
        let hasCalls = json["calls"] != nil
        try demand(hasCalls != (json["symbol"] != nil), or: "a native tool has either a symbol or calls")
        for key in ["arguments", "result", "success"] {
            try demand(!hasCalls || json[key] == nil, at: key, or: "with calls, \(key) belongs into one of them")
        }
        for (index, call) in native.calls.enumerated() {
            do throws(Fault) {
                try check(call)
            } catch {
                throw Fault(place: (hasCalls ? ["calls", "\(index)"] : []) + error.place, message: error.message)
            }
            for product in call.products { known[product.name] = product.type }
        }
    }

    private func check(_ call: NativeCall) throws(Fault) {
        var names = Set(Array(known.keys) + inputs.keys)
        for product in call.products {
            try demand(names.insert(product.name).inserted, or: "the name \(product.name) is used twice")
        }
        for (index, argument) in call.arguments.enumerated() {
            do throws(Fault) {
                try checkOrigin(of: argument)
                try checkSize(of: argument, in: call)
                try checkReferences(of: argument, in: call)
            } catch {
                throw Fault(place: ["arguments", "\(index)"] + error.place, message: error.message)
            }
        }
        try checkResult(of: call)
    }

    /// Each argument is filled in one way.
    private func checkOrigin(of argument: NativeArgument) throws(Fault) {
        let keys = ["from", "value", "length_of", "size_of"].filter { argument.json[$0] != nil }
        if argument.isBuffer {
            try demand(keys.isEmpty, at: keys.first ?? "", or: "a \(argument.type.rawValue) output takes nothing in")
        } else {
            try demand(
                keys.count == 1 || keys == ["from", "value"] || (keys.isEmpty && argument.output != nil),
                or: "an argument needs one of from, value, length_of and size_of, or an output"
            )
        }
        if let value = argument.value {
            do throws(MegaraptorError) {
                _ = try argument.word(value)
            } catch {
                throw Fault(place: ["value"], message: error.message)
            }
        }
        guard let name = argument.from else { return }
        let origin = try origin(name, "from")
        let fits =
            switch argument.type {
            case .handle: origin.earlier == .handle || origin.earlier == .string
            case .bytes: origin.earlier == nil && origin.type == "string"
            case .double: origin.type == "number" || origin.type == "integer"
            default: origin.type == argument.type.schemaType && origin.earlier != .bytes
            }
        let type = origin.earlier?.rawValue ?? origin.type
        try demand(fits, at: "from", or: "the argument takes \(argument.type.rawValue), but \(name) is \(type)")
        try demand(
            origin.isAlwaysThere || argument.value != nil,
            at: "from",
            or: "\(name) may be left out: require it, give it a default, or say in value what is passed then"
        )
    }

    private func origin(_ name: String, _ key: String) throws(Fault) -> Origin {
        if let type = known[name] { return Origin(type: type.schemaType ?? "", earlier: type, isAlwaysThere: true) }
        guard let property = inputs[name] else {
            let nearest = Spelling.nearest(to: name, among: (inputs.keys + known.keys).sorted())
            let advice = nearest.map { "; did you mean \($0)?" } ?? ""
            throw Fault(
                place: [key],
                message: "\(name) is neither a property of input_schema nor an earlier result\(advice)"
            )
        }
        let isRequired = inputSchema["required"]?.arrayValue?.contains(.string(name)) ?? false
        return Origin(
            type: property["type"]?.stringValue ?? "of no single type",
            earlier: nil,
            isAlwaysThere: isRequired || property["default"] != nil
        )
    }

    private func checkSize(of argument: NativeArgument, in call: NativeCall) throws(Fault) {
        let (type, isBuffer) = (argument.type, argument.isBuffer)
        for (key, isMeant) in [
            ("encoding", type == .bytes), ("size", isBuffer || type == .bytes), ("length", isBuffer),
        ] {
            try demand(isMeant || argument.json[key] == nil, at: key, or: "\(key) means nothing for this argument")
        }
        let sizeName = argument.size?.stringValue
        if isBuffer {
            try demand(argument.size != nil, or: "an output of type \(type.rawValue) needs a size")
            guard let sizeName else { return }
            let origin = try origin(sizeName, "size")
            let isFine = origin.type == "integer" && origin.isAlwaysThere
            try demand(isFine, at: "size", or: "\(sizeName) must be an integer that is always there")
        } else if type == .bytes, let name = argument.from {
            try demand(sizeName == nil, at: "size", or: "the size of an input is a number")
            let lengths = call.arguments.count { $0.lengthOf == name }
            try demand(lengths <= 1, or: "\(lengths) arguments carry the length of \(name)")
            let isKnown = lengths == 1 || argument.size != nil
            try demand(isKnown, or: "bytes need an argument with length_of: \(name), or a size that they must have")
        }
    }

    private func checkReferences(of argument: NativeArgument, in call: NativeCall) throws(Fault) {
        let others = call.arguments
        for (key, name, targets) in [
            ("length_of", argument.lengthOf, others.filter { $0.type.isContent }.map(\.from)),
            ("size_of", argument.sizeOf, others.filter(\.isBuffer).map(\.output)),
        ] {
            guard let name else { continue }
            try demand(targets.contains(name), at: key, or: "no string or bytes argument of this call is \(name)")
            let isInteger = argument.type.integer != nil
            try demand(isInteger, at: "type", or: "with \(key) it must be an integer, not \(argument.type.rawValue)")
        }
        guard let length = argument.length else { return }
        let counts = call.products.contains { $0.name == length && $0.type.integer != nil }
        try demand(counts, at: "length", or: "\(length) is no integer that this call gives")
    }

    private func checkResult(of call: NativeCall) throws(Fault) {
        let type = call.resultType
        try demand(
            !call.mayBeNull || type?.isPointer == true,
            at: "result",
            or: "only a string or a handle can be NULL"
        )
        guard let success = call.success else { return }
        guard let type, !type.isPointer else {
            throw Fault(place: ["success"], message: "only a number tells success; a pointer must not be NULL anyway")
        }
        try demand(type.bits(of: success.value) != nil, at: "success", or: "a \(type.rawValue) can never be that")
    }
}
