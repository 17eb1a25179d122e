// SPDX-License-Identifier: Apache-2.0

public import JSONValue

/// A request as it came in.
public struct AWSRequest: Sendable {
    public var method: String
    /// With its query.
    public var target: String
    /// By name in lower case.
    public var headers: [String: String]
    public var body: [UInt8]

    /// The service in the signature's scope; empty for a request without one.
    public var service: String {
        let parts = (headers["authorization"] ?? "").split(separator: "/")
        return parts.count > 3 ? String(parts[3]) : ""
    }

    /// What is asked for: the action of a form, or of `X-Amz-Target`.
    public var action: String {
        if let target = headers["x-amz-target"] { return String(target.split(separator: ".").last ?? "") }
        return form["Action"] ?? ""
    }

    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The parameters of a form.
    public var form: [String: String] {
        var form: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            form[Self.decoded(parts[0])] = Self.decoded(parts[1])
        }
        return form
    }

    /// The body of a request in JSON.
    public var json: JSONValue { (try? JSONValue(json: body)) ?? .null }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What a server of a test answers.
public struct AWSAnswer: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(_ status: Int, _ text: String = "", headers: [(name: String, value: String)] = []) {
        self.init(status, bytes: Array(text.utf8), headers: headers)
    }

    public init(_ status: Int, bytes: [UInt8], headers: [(name: String, value: String)] = []) {
        self.status = status
        self.headers = headers
        body = bytes
    }

    /// An error of the Query API.
    public static func fault(_ status: Int, _ code: String, _ message: String) -> AWSAnswer {
        AWSAnswer(
            status,
            """
            <ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error>\
            <RequestId>request-1</RequestId></ErrorResponse>
            """
        )
    }
}
