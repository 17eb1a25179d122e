// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import Glibc
import HTTPTransport
import JSONValue
import MegaraptorErrors

extension Engine {
    /// Says how far a pull or build has come.
    typealias Progress = @Sendable (String) -> Void

    private static let slow = HTTPTimeLimits(total: .seconds(3600), idle: .seconds(600))

    func image(_ reference: String) async throws(MegaraptorError) -> JSONValue? {
        try await look("/images/\(Self.path(reference))/json")
    }

    /// The images with a label.
    ///
    /// Podman fails the whole list when another image goes away while it reads; asking again is harmless.
    func images(labelled name: String, _ value: String) async throws(MegaraptorError) -> [JSONValue] {
        var attempts = 0
        while true {
            do {
                return try await call("GET", "/images/json", Self.filter(name, value)).arrayValue ?? []
            } catch {
                attempts += 1
                guard attempts < 20, error.message.contains("image not known") else { throw error }
            }
        }
    }

    func pull(_ reference: String, progress: Progress) async throws(MegaraptorError) {
        let query: Query
        if let mark = reference.firstIndex(of: "@") {
            let digest = String(reference[reference.index(after: mark)...])
            query = [("fromImage", String(reference[..<mark])), ("tag", digest)]
        } else {
            let hasTag = reference.split(separator: "/").last?.contains(":") == true
            query = [("fromImage", hasTag ? reference : "\(reference):latest")]
        }
        let request = HTTPRequest("POST", url("/images/create", query), limits: Self.slow)
        try await follow(request, "pull \(reference)", progress)
    }

    /// - Parameter labels: put on the image, so that it is found and taken away again.
    func build(
        _ tag: String,
        _ context: TarStream,
        labels: [String: String],
        progress: Progress
    ) async throws(MegaraptorError) {
        let labels = JSONValue.object(JSONObject(labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        let query: Query = [
            ("t", tag), ("rm", "1"), ("forcerm", "1"),
            // Podman then leaves no images in between, which would carry no labels. Docker does not know it.
            ("layers", "0"), ("labels", String(decoding: labels.jsonBytes(), as: UTF8.self)),
        ]
        let request = HTTPRequest(
            "POST",
            url("/build", query),
            headers: ["Content-Type": "application/x-tar"],
            body: context.body,
            limits: Self.slow
        )
        try await follow(request, "build \(tag)", progress)
    }

    /// Reads what an engine tells while it works: a JSON object a line. A failure is only in there, the status is 200.
    private func follow(_ request: HTTPRequest, _ what: String, _ progress: Progress) async throws(MegaraptorError) {
        let stream = try await client.open(request)
        var rest: [UInt8] = []
        var failure: String?
        for try await piece in stream.body {
            rest += piece
            guard stream.head.isSuccess else { continue }
            while let end = rest.firstIndex(of: 0x0A) {
                let line = rest[..<end]
                rest.removeSubrange(...end)
                Self.read(line, &failure, progress)
            }
        }
        guard stream.head.isSuccess else { throw EngineFault.error(stream.head.status, rest, "POST", what) }
        Self.read(rest[...], &failure, progress)
        guard let failure else { return }
        let isMissing = failure.contains("not found") || failure.contains("unknown") || failure.contains("denied")
        throw MegaraptorError(
            isMissing ? .notFound : .unavailable,
            "The engine could not \(what): \(failure)",
            hint: "Check the image's name and that the engine reaches its registry; or pull it there by hand."
        )
    }

    private static func read(_ line: ArraySlice<UInt8>, _ failure: inout String?, _ progress: Progress) {
        guard !line.isEmpty else { return }
        let message: JSONValue
        do {
            message = try JSONValue(json: line)
        } catch {
            failure = failure ?? "it answers with what is no JSON: \(String(decoding: line.prefix(200), as: UTF8.self))"
            return
        }
        if let error = message["error"]?.stringValue { failure = error }
        let words = message["stream"]?.stringValue ?? message["status"]?.stringValue ?? ""
        let line = words.split(separator: "\n").first.map(String.init) ?? ""
        if !line.isEmpty { progress(line) }
    }

    /// A name may hold slashes and a colon, which stay as they are.
    static func path(_ reference: String) -> String {
        reference.split(separator: "/", omittingEmptySubsequences: false).map { Self.escaped(String($0)) }
            .joined(separator: "/")
    }

    /// How large a program on this machine is.
    static func size(of binary: DeploymentSpecification.Binary) throws(MegaraptorError) -> Int64 {
        var status = stat()
        guard stat(binary.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            throw MegaraptorError(
                .notFound,
                "The server program \(binary.path) is not there.",
                hint: "Fetch it with download_velociraptor."
            )
        }
        return Int64(status.st_size)
    }
}
