// SPDX-License-Identifier: Apache-2.0

internal import Certificates
internal import DeployerKit
internal import JSONValue
internal import MegaraptorErrors

/// Takes values out of a configuration by their JSON pointers.
struct ConfigurationReader {
    let root: JSONValue
    let file: String

    func optional(_ pointer: String) -> JSONValue? {
        var value: JSONValue? = root
        for part in pointer.split(separator: "/") { value = value?[String(part)] }
        return value
    }

    func optionalText(_ pointer: String) -> String? {
        guard let text = optional(pointer)?.stringValue, !text.isEmpty else { return nil }
        return text
    }

    func text(_ pointer: String) throws(MegaraptorError) -> String {
        if let text = optionalText(pointer) { return text }
        throw missing(pointer, "a text")
    }

    func texts(_ pointer: String) throws(MegaraptorError) -> [String] {
        let texts = optional(pointer)?.arrayValue?.compactMap(\.stringValue) ?? []
        guard !texts.isEmpty else { throw missing(pointer, "a list of texts") }
        return texts
    }

    func identity(_ certificate: String, _ key: String) throws(MegaraptorError) -> Identity {
        Identity(certificate: try Certificate(pem: text(certificate)), key: try PrivateKey(pem: text(key)))
    }

    func endpoint(_ section: String) throws(MegaraptorError) -> DeploymentSpecification.Endpoint {
        guard let port = optional(section + "/bind_port")?.integerValue, (1...65_535).contains(port) else {
            throw missing(section + "/bind_port", "a port")
        }
        // Without an address the server listens on every interface.
        return DeploymentSpecification.Endpoint(
            address: optionalText(section + "/bind_address") ?? "0.0.0.0",
            port: Int(port)
        )
    }

    private func missing(_ pointer: String, _ kind: String) -> MegaraptorError {
        MegaraptorError(
            .invalidArgument,
            "\(file) is not the configuration of a server: \(pointer) is missing or not \(kind)."
        )
    }
}
