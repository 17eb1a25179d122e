// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
public import MegaraptorErrors
internal import PluginManifest
internal import YAMLSource

extension OperatorConfiguration {
    /// Reads `megaraptor.yaml`.
    /// - Throws: `invalid_argument` with `file:line:column` for each thing that is wrong; unknown keys are wrong.
    public init(file: String) throws(MegaraptorError) {
        let document = try CheckedYAML.read(file, schema: Self.compiledSchema)
        let json = document.json
        self.init()
        pluginFolders = json["plugin_dirs"]?.arrayValue?.compactMap(\.stringValue) ?? []
        policy.readOnly = json["read_only"]?.boolValue ?? false
        if let names = json["toolsets"]?.arrayValue { policy.toolsets = .named(names.compactMap(\.stringValue)) }
        confirm = json["confirm"]?.stringValue
        if let seconds = json["limits"]?["deadline_seconds"]?.integerValue { deadline = .seconds(seconds) }
        if let bytes = json["limits"]?["result_bytes"]?.integerValue { resultBytes = Int(bytes) }
        if let calls = json["limits"]?["concurrent_calls"]?.integerValue { concurrentCalls = Int(calls) }
        if let memory = json["limits"]?["worker_memory_mb"]?.integerValue { workerMemoryMebibytes = Int(memory) }
        if let seconds = json["limits"]?["worker_cpu_seconds"]?.integerValue { workerCPUSeconds = Int(seconds) }
        if let allowed = json["confirm_by_token"]?.boolValue { confirmsByToken = allowed }
        for (id, settings) in json["plugins"]?.objectValue ?? [:] { self.settings[id] = settings }
        trust = TrustSettings(checked: json["trust"] ?? [:])
        audit = AuditSettings(checked: json["audit"] ?? [:])
    }

    private static let compiledSchema = Result { () throws(JSONSchemaError) in try JSONSchema(schema) }
}

extension OperatorConfiguration.TrustSettings {
    fileprivate init(checked json: JSONValue) {
        self.init()
        if let name = json["policy"]?.stringValue { policy = name }
        lock = json["lock"]?.stringValue
        for (name, key) in json["signers"]?.objectValue ?? [:] { signers[name] = key.stringValue }
        inProcess = json["in_process"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }
}

extension OperatorConfiguration.AuditSettings {
    fileprivate init(checked json: JSONValue) {
        self.init()
        isOn = json["enabled"]?.boolValue ?? true
        file = json["file"]?.stringValue
        if let bytes = json["rotate_bytes"]?.integerValue { rotateBytes = Int(bytes) }
        if let files = json["keep"]?.integerValue { keep = Int(files) }
    }
}

extension CatalogPolicy.Toolsets {
    /// `all` among the names means every toolset, `default` those that are on as shipped.
    public static func named(_ names: [String]) -> Self {
        names.contains("all") ? .all : .only(Set(names))
    }
}
