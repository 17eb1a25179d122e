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
        self.init()
        lay(document.json) { .file(document.nearest(to: JSONPointer($0)).position) }
    }

    private static let compiledSchema = Result { () throws(JSONSchemaError) in try JSONSchema(schema) }

    /// Lays checked values over what is set so far. What restricts (read-only, denials, disabled plugins) is added and
    /// never taken away; everything else is replaced.
    mutating func lay(_ json: JSONValue, origin: ([String]) -> RuleOrigin) {
        func rules(_ path: String...) -> [PolicyRule]? {
            json[JSONPointer(path)]?.arrayValue?.enumerated().map { index, name in
                PolicyRule(name.stringValue ?? "", origin(path + ["\(index)"]))
            }
        }
        if let folders = json["plugin_dirs"]?.arrayValue { pluginFolders = folders.compactMap(\.stringValue) }
        if json["read_only"] == true { (policy.readOnly, policy.readOnlyOrigin) = (true, origin(["read_only"])) }
        if let named = rules("toolsets") { policy.toolsets = .init(named, origin(["toolsets"])) }
        if let allowed = rules("tools", "allow") { policy.allow = allowed }
        policy.deny += rules("tools", "deny") ?? []
        policy.disabledPlugins += rules("disabled_plugins") ?? []
        if let name = json["confirm"]?.stringValue { confirm = name }
        if let allowed = json["confirm_by_token"]?.boolValue { confirmsByToken = allowed }
        if let seconds = json["limits"]?["deadline_seconds"]?.integerValue { deadline = .seconds(seconds) }
        if let bytes = json["limits"]?["result_bytes"]?.integerValue { resultBytes = Int(bytes) }
        if let calls = json["limits"]?["concurrent_calls"]?.integerValue { concurrentCalls = Int(calls) }
        if let memory = json["limits"]?["worker_memory_mb"]?.integerValue { workerMemoryMebibytes = Int(memory) }
        if let seconds = json["limits"]?["worker_cpu_seconds"]?.integerValue { workerCPUSeconds = Int(seconds) }
        for (id, settings) in json["plugins"]?.objectValue ?? [:] { self.settings[id] = settings }
        trust.lay(json["trust"] ?? [:])
        audit.lay(json["audit"] ?? [:])
    }
}

extension OperatorConfiguration.TrustSettings {
    fileprivate mutating func lay(_ json: JSONValue) {
        if let name = json["policy"]?.stringValue { policy = name }
        if let path = json["lock"]?.stringValue { lock = path }
        for (name, key) in json["signers"]?.objectValue ?? [:] { signers[name] = key.stringValue }
        if let ids = json["in_process"]?.arrayValue { inProcess = ids.compactMap(\.stringValue) }
    }
}

extension OperatorConfiguration.AuditSettings {
    fileprivate mutating func lay(_ json: JSONValue) {
        if let flag = json["enabled"]?.boolValue { isOn = flag }
        if let path = json["file"]?.stringValue { file = path }
        if let bytes = json["rotate_bytes"]?.integerValue { rotateBytes = Int(bytes) }
        if let files = json["keep"]?.integerValue { keep = Int(files) }
    }
}
