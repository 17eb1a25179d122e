// SPDX-License-Identifier: Apache-2.0

public import JSONValue
public import MegaraptorErrors

/// Where plugins' own secrets are kept. May be called on any thread.
public struct SecretKeeper: Sendable {
    /// Keeps a value of a type under a name, in the place of what had this name before.
    public var put: @Sendable (_ name: String, _ type: String, _ value: [UInt8]) throws(MegaraptorError) -> Void
    public var delete: @Sendable (_ name: String) throws(MegaraptorError) -> Void
    /// `{name, type, created, changed}` of each, never a value.
    public var list: @Sendable () throws(MegaraptorError) -> [JSONObject]

    public init(
        put: @escaping @Sendable (String, String, [UInt8]) throws(MegaraptorError) -> Void,
        delete: @escaping @Sendable (String) throws(MegaraptorError) -> Void,
        list: @escaping @Sendable () throws(MegaraptorError) -> [JSONObject]
    ) {
        self.put = put
        self.delete = delete
        self.list = list
    }
}
