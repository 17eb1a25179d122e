// SPDX-License-Identifier: Apache-2.0

public import JSONValue
internal import MegaraptorErrors
internal import YAMLSource

extension PluginManifest {
    /// How the tools that are C functions are called, by name. A plugin with such tools always runs in the process lane.
    public var nativeTools: JSONObject {
        JSONObject(tools.compactMap { tool in tool.run?["native"].map { (tool.name, $0) } })
    }

    /// The files beside the manifest that have native functions: code that comes with the plugin.
    public var nativeLibraries: [String] {
        Set(nativeTools.map { NativeTool(checked: $0.value) }.filter(\.isBeside).map(\.library)).sorted()
    }

    /// Checks the tools that are C functions, and derives what they answer where the author does not say it.
    mutating func readNativeTools(_ document: YAMLNode) throws(MegaraptorError) {
        for (index, tool) in tools.enumerated() {
            guard let native = tool.run?["native"].map(NativeTool.init) else { continue }
            let place = ["tools", "\(index)"]
            var check = NativeToolCheck(tool)
            do throws(NativeToolCheck.Fault) {
                try check.check(native)
            } catch {
                throw refusal(document, place + ["run", "native"] + error.place, error.message)
            }
            guard isolation != .inProcess else {
                throw refusal(document, place + ["run"], "native functions never run in_process; leave isolation out")
            }
            if let declared = tool.outputSchema, let fault = native.fault(inOutput: declared) {
                throw refusal(document, place + ["output_schema"], fault)
            }
            tools[index].outputSchema = tool.outputSchema ?? native.outputSchema
        }
    }
}

extension NativeTool {
    /// What the tool answers: each name with the types that its value may have. Handles stay inside.
    private var answers: [(name: String, types: [JSONValue])] {
        calls.flatMap { call in
            call.products.compactMap { product in
                let null: [JSONValue] = call.mayBeNull && call.resultName == product.name ? ["null"] : []
                return product.type.schemaType.map { (product.name, [.string($0)] + null) }
            }
        }
    }

    fileprivate var outputSchema: JSONValue {
        [
            "type": "object", "additionalProperties": false,
            "properties": .object(
                JSONObject(answers.map { ($0.name, ["type": $0.types.count == 1 ? $0.types[0] : .array($0.types)]) })
            ),
            "required": .array(answers.map { .string($0.name) }),
        ]
    }

    /// Why the author's output_schema is not what the calls give.
    fileprivate func fault(inOutput schema: JSONValue) -> String? {
        for (name, types) in answers {
            let said = schema["properties"]?[name]?["type"]
            for type in types where said != type && said?.arrayValue?.contains(type) != true {
                return "the tool answers \(name), of type \(type.stringValue ?? ""), which output_schema does not allow"
            }
        }
        let names = answers.map { JSONValue.string($0.name) }
        return schema["required"]?.arrayValue?.first { !names.contains($0) }
            .map { "output_schema requires \($0.stringValue ?? ""), which no call gives" }
    }
}
