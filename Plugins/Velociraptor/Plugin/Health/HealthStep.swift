// SPDX-License-Identifier: Apache-2.0

/// What is looked at, in the order in which one thing rests on another. The raw value is the check's id.
enum HealthStep: String, CaseIterable, Sendable {
    case configuration
    case mode = "configuration_mode"
    case key
    case certificate
    case authority
    case reachable
    case api
    case version
    case user
    case roles
    case orgs
    case clock
    case tools

    /// What a sentence about the step begins with.
    var subject: String {
        switch self {
        case .configuration: "The API configuration"
        case .mode: "The permissions of the API configuration's file"
        case .key: "The private key"
        case .certificate: "The certificate's validity"
        case .authority: "The authority (CA)"
        case .reachable: "The connection to the server"
        case .api: "The server's API"
        case .version: "The server's version"
        case .user: "The user of the key"
        case .roles: "The key's roles"
        case .orgs: "The organisations"
        case .clock: "The difference between the clocks"
        case .tools: "What the key's permissions suffice for"
        }
    }

    /// Why nothing that rests on this step can be looked at when it is broken.
    var fault: String {
        switch self {
        case .configuration: "there is no API configuration that can be used"
        case .key: "the private key or its certificate cannot be used"
        case .certificate: "the certificate is not valid now"
        case .authority: "the authority cannot be used"
        case .reachable: "there is no connection to the server"
        case .api: "the server's API does not answer"
        case .user: "the server did not say whose key this is"
        case .roles: "the user of the key may not run queries"
        case .mode, .version, .orgs, .clock, .tools: "\(rawValue) is broken"
        }
    }
}
