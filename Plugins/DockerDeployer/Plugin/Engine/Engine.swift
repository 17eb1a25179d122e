// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import JSONValue
import MegaraptorErrors

/// An engine that has answered: Docker, or podman in Docker's words.
struct Engine: Sendable {
    let address: EngineAddress
    let client: HTTPClient
    /// What paths are put behind: scheme, host and the version of the API that both sides know.
    var base: String
    var apiVersion: APIVersion

    typealias Query = [(name: String, value: String)]

    /// Asks, and reads the answer's JSON; an answer without a body is null.
    func call(
        _ method: String,
        _ path: String,
        _ query: Query = [],
        _ body: JSONValue? = nil,
        limits: HTTPTimeLimits = HTTPTimeLimits(total: .seconds(120), idle: .seconds(90))
    ) async throws(MegaraptorError) -> JSONValue {
        var request = HTTPRequest(method, url(path, query), limits: limits)
        if let body {
            request.headers["Content-Type"] = "application/json"
            request.body = .bytes(body.jsonBytes())
        }
        let response = try await client.send(request)
        guard response.isSuccess || response.status == 304 else {
            throw EngineFault.error(response.status, response.body, method, path)
        }
        guard !response.body.isEmpty, response.headers["Content-Type"]?.contains("json") == true else { return .null }
        do {
            return try JSONValue(json: response.body)
        } catch {
            throw MegaraptorError(.unavailable, "The engine's answer to \(method) \(path) is no JSON: \(error)")
        }
    }

    /// What a GET finds; `nil` where there is nothing of that name.
    func look(_ path: String, _ query: Query = []) async throws(MegaraptorError) -> JSONValue? {
        do {
            return try await call("GET", path, query)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    func url(_ path: String, _ query: Query = []) -> String {
        let query = query.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
        return base + path + (query.isEmpty ? "" : "?\(query)")
    }

    /// A filter for lists: what carries a label. One alone, because podman 4 finds no image by two.
    static func filter(_ name: String, _ value: String) -> Query {
        let filters: JSONValue = ["label": [.string("\(name)=\(value)")]]
        return [("filters", String(decoding: filters.jsonBytes(), as: UTF8.self))]
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default: escaped += "%" + Hexadecimal.encode([byte]).uppercased()
            }
        }
        return escaped
    }
}
