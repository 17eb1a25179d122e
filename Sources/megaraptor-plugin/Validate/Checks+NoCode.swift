// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONValue
import PluginManifest
import VQLChecks

extension Check {
    /// Tools that are no code of the plugin: queries, and functions of libraries that are there already.
    static let noCode: [Check] = [
        Check("nocode.vql", needs: ["manifest.schema"]) { subject in
            let tools = try entries(of: subject, run: "vql")
            for (name, _) in tools {
                let definition = try subject.manifest().definition(ofTool: name) ?? [:]
                if let fault = VQLToolCheck.faults(in: definition).first { return .fail("\(name): \(fault)") }
            }
            return .pass("The queries of \(tools.count) tools are VQL that does what their entries say.")
        },
        Check("nocode.native", needs: ["manifest.schema"]) { subject in
            let tools = try entries(of: subject, run: "native")
            for (name, run) in tools {
                if let fault = missingSymbol(in: run, beside: subject.folder) { return .fail("\(name): \(fault)") }
            }
            return .pass("The functions of \(tools.count) tools are there on this machine.")
        },
    ]

    /// The tools that are run in one way, and how.
    private static func entries(of subject: CheckSubject, run kind: String) throws -> [(String, JSONValue)] {
        let tools = try subject.manifest().tools.compactMap { tool in tool.run?[kind].map { (tool.name, $0) } }
        guard !tools.isEmpty else { throw CheckSubject.NothingToCheck(sentence: "No tool runs by \(kind).") }
        return tools
    }

    private static func missingSymbol(in run: JSONValue, beside folder: String) -> String? {
        let name = run["library"]?.stringValue ?? ""
        let path = run["beside"] == true ? "\(folder)/\(name)" : name
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
            return "the library \(path) cannot be loaded: \(dlerror().map { String(cString: $0) } ?? "")."
        }
        let symbols = [run["symbol"]] + (run["calls"]?.arrayValue ?? []).map { $0["symbol"] }
        let missing = symbols.compactMap { $0?.stringValue }.first { dlsym(library, $0) == nil }
        return missing.map { "the library \(path) has no function \($0)." }
    }
}
