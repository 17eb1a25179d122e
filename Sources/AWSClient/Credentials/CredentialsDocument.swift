// SPDX-License-Identifier: Apache-2.0

import JSONValue
import MegaraptorErrors

/// The shape in which credential processes, container endpoints and instances give credentials.
enum CredentialsDocument {
    /// - Parameter tokenName: `SessionToken` of a process, `Token` of an endpoint.
    static func read(
        _ bytes: [UInt8],
        tokenName: String,
        source: String
    ) throws(MegaraptorError) -> AWSCredentials {
        let json: JSONValue
        do {
            json = try JSONValue(json: bytes)
        } catch {
            // What cannot be read may hold a key, so no part of it goes into the error.
            throw unreadable(source, "it is no JSON from byte \(error.offset) on")
        }
        if let code = json["Code"]?.stringValue, code != "Success" {
            throw MegaraptorError(.unauthenticated, "No credentials from \(source): it answers \(code.prefix(100)).")
        }
        guard let key = json["AccessKeyId"]?.stringValue, let secret = json["SecretAccessKey"]?.stringValue,
            !key.isEmpty, !secret.isEmpty
        else { throw unreadable(source, "AccessKeyId or SecretAccessKey is missing") }
        var expiration: Int64?
        if let text = json["Expiration"]?.stringValue {
            guard let microseconds = ISO8601.unixMicroseconds(text) else {
                throw unreadable(source, "its Expiration is no ISO 8601 moment")
            }
            expiration = microseconds / 1_000_000
        }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: secret,
            sessionToken: json[tokenName]?.stringValue,
            expiration: expiration,
            source: source
        )
    }

    private static func unreadable(_ source: String, _ why: String) -> MegaraptorError {
        MegaraptorError(.unauthenticated, "The credentials from \(source) cannot be read: \(why).")
    }
}
