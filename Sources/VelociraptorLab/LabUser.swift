// SPDX-License-Identifier: Apache-2.0

/// Whose key an API client file holds.
public enum LabUser: String, Sendable, CaseIterable {
    /// May do everything.
    case administrator
    /// May query, collect, hunt and label, but not reach the server's own machine.
    case investigator
    /// May read results over the methods for single records, but run no query.
    case reader
    /// May run queries that only read: the role `api` alone.
    case apiOnly
    /// The roles `reader` and `api`.
    case readerWithAPI
    /// Known to the server, with no role at all.
    case withoutRights
    /// A good certificate for a name that the server does not know.
    case unknown
    /// The administrator's certificate, which has expired.
    case expired
    /// A certificate of an authority that the server does not trust.
    case foreign
    /// The administrator's certificate, beside an authority that did not sign the server's.
    case wrongAuthority

    /// The file in the lab's folder.
    public var fileName: String {
        switch self {
        case .administrator: "api_client.yaml"
        case .investigator: "api_investigator.yaml"
        case .reader: "api_reader.yaml"
        case .apiOnly: "api_onlyapi.yaml"
        case .readerWithAPI: "api_readapi.yaml"
        case .withoutRights: "api_norights.yaml"
        case .unknown: "api_unknown.yaml"
        case .expired: "api_expired.yaml"
        case .foreign: "api_foreign.yaml"
        case .wrongAuthority: "api_wrong_ca.yaml"
        }
    }

    /// The common name of the certificate: the name of the user.
    public var name: String {
        switch self {
        case .administrator, .expired, .foreign, .wrongAuthority: "mcp"
        case .investigator: "investig"
        case .reader: "readonly"
        case .apiOnly: "onlyapi"
        case .readerWithAPI: "readapi"
        case .withoutRights: "norights"
        case .unknown: "gone"
        }
    }
}
