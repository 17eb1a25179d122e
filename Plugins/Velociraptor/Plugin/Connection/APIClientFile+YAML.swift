// SPDX-License-Identifier: Apache-2.0

internal import JSONValue
internal import MegaraptorErrors
internal import YAMLSource

extension APIClientFile {
    /// Reads the file that `velociraptor config api_client` writes. Members it does not need are passed over.
    init(yaml text: String, file: String) throws(MegaraptorError) {
        let root = try YAMLDocument.parse(text, file: file)
        guard root.entries != nil else {
            throw root.position.error("This is no API configuration: it holds no members.", hint: Self.hint)
        }
        if root["Frontend"] != nil || root["Client"] != nil {
            throw root.position.error(
                "This is a configuration of a server or a client, not of its API.",
                hint: Self.hint
            )
        }
        origin = file
        connection = try Self.text("api_connection_string", in: root)
        authority = try Self.text("ca_certificate", in: root)
        certificate = try Self.text("client_cert", in: root)
        privateKey = try Self.text("client_private_key", in: root)
        serverName = try Self.optionalText("pinned_server_name", in: root)
        maxReceiveBytes = try Self.size("max_grpc_recv_size", in: root)
    }

    private static let hint = """
        Make the file on the server: `velociraptor --config server.config.yaml config api_client --name NAME \
        --role investigator,api api_client.yaml`.
        """

    private static func text(_ key: String, in root: YAMLNode) throws(MegaraptorError) -> String {
        guard let text = try optionalText(key, in: root) else {
            throw root.position.error("\(key) is missing from this API configuration.", hint: hint)
        }
        return text
    }

    private static func optionalText(_ key: String, in root: YAMLNode) throws(MegaraptorError) -> String? {
        guard let node = root[key], node.json != .null, node.json != "" else { return nil }
        guard let text = node.json.stringValue else {
            throw node.position.error("\(key) must be a text.", hint: hint)
        }
        return text
    }

    private static func size(_ key: String, in root: YAMLNode) throws(MegaraptorError) -> Int? {
        guard let node = root[key], node.json != .null, node.json != 0 else { return nil }
        guard let bytes = node.json.integerValue.flatMap(Int.init(exactly:)), bytes > 0 else {
            throw node.position.error("\(key) must be a positive number of bytes.")
        }
        return bytes
    }
}
