// SPDX-License-Identifier: Apache-2.0

import Catalog
import JSONValue
import MCPProtocol
import MegaraptorErrors
import PluginManifest

extension Connection {
    func complete(_ request: Request, _ params: RequestParams) throws(RPCError) {
        let reference = try params.requiredObject("ref")
        let argument = try params.requiredObject("argument")
        guard let name = argument["name"]?.stringValue, let value = argument["value"]?.stringValue else {
            throw .invalidParams("argument needs the strings name and value")
        }
        let plugin: String
        switch try source(of: reference, argument: name, request.snapshot) {
        case .plugin(let id): plugin = id
        case .values(let values): return answer(request, values, beginningWith: value)
        }
        var inquiryParams: JSONObject = ["ref": .object(reference), "argument": .object(argument)]
        if let context = try params.optionalObject("context"), request.version.has(.structuredResults) {
            inquiryParams["context"] = .object(context)
        }
        let inquiry = PluginInquiry(
            method: "completion/complete",
            plugin: plugin,
            target: name,
            params: inquiryParams,
            // A plugin without completion knows no values.
            answerIfUnsupported: ["values": []]
        )
        try start(inquiry, request) { result, server in try result.completion(request: request, server: server) }
    }

    /// Who knows the values of an argument.
    private enum Source {
        case plugin(String)
        case values([String])
    }

    /// Answers from values that the manifest lists, whatever the case of what was typed.
    private func answer(_ request: Request, _ values: [String], beginningWith typed: String) {
        let matching = values.filter { $0.lowercased().hasPrefix(typed.lowercased()) }
        var result = ResultWriter(request.version, server: server.configuration.implementation)
        result.object.value("completion", ["values": .array(matching.map(JSONValue.string))])
        answer(request, result.finish())
    }

    /// Finds out who knows the values of an argument of a prompt or of a variable of a template.
    private func source(
        of reference: JSONObject,
        argument name: String,
        _ snapshot: CatalogSnapshot
    ) throws(RPCError) -> Source {
        switch reference["type"]?.stringValue {
        case "ref/prompt":
            guard let entry = reference["name"]?.stringValue.flatMap(snapshot.prompt(named:)) else {
                throw .invalidParams("ref names no known prompt")
            }
            guard let argument = entry.contribution.arguments.first(where: { $0.name == name }) else {
                throw .invalidParams("The prompt has no argument \(name.shortened)")
            }
            if let allowed = argument.allowed { return .values(allowed) }
            let plugin = argument.completedBy ?? entry.pluginID
            return snapshot.catalog.callable.contains(plugin) ? .plugin(plugin) : .values([])
        case "ref/resource":
            guard let uri = reference["uri"]?.stringValue else { throw .invalidParams("ref needs the string uri") }
            if let entry = snapshot.template(named: uri) {
                guard URITemplate(uri).variables.contains(name) else {
                    throw .invalidParams("The template has no variable \(name.shortened)")
                }
                return .plugin(entry.pluginID)
            }
            guard let plugin = snapshot.pluginID(forResource: uri) else {
                throw .invalidParams("ref names no known resource")
            }
            return .plugin(plugin)
        default:
            throw .invalidParams("ref must be of type ref/prompt or ref/resource")
        }
    }
}

extension PluginResult {
    private static let mostValues = 100

    /// The result of `completion/complete`; values beyond the protocol's hundred are cut, and that is said.
    fileprivate func completion(request: Request, server: MCPServer) throws -> [UInt8] {
        guard let raw = self["values"], let values = try JSONValue(json: raw).arrayValue,
            values.allSatisfy({ $0.stringValue != nil })
        else { throw fault("has no values that are strings") }
        let total = try self["total"].flatMap { try JSONValue(json: $0).integerValue }
        let hasMore = try self["hasMore"].flatMap { try JSONValue(json: $0).boolValue }
        let kept = Array(values.prefix(Self.mostValues))
        var completion = ObjectWriter()
        completion.value("values", .array(kept))
        if let total { completion.value("total", .integer(max(total, Int64(values.count)))) }
        if kept.count < values.count {
            completion.flag("hasMore", true)
        } else if let hasMore {
            completion.flag("hasMore", hasMore)
        }
        var result = ResultWriter(request.version, server: server.configuration.implementation)
        result.object.raw("completion", completion.finish())
        return result.finish()
    }
}
