// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTransport
import JSONValue
import PodmanTestbed
import Synchronization
import Testing

@testable import DockerDeployerPlugin

/// A real podman with a small image for the server's stand-in.
///
/// One serves all tests that do not end it, because its start and the first image cost seconds.
final class PodmanEngine: Sendable {
    static let shared = Task { () throws -> PodmanEngine in
        let engine = try await PodmanEngine()
        leftover.withLock { $0 = engine }
        atexit { PodmanEngine.leftover.withLock { $0?.end() } }
        return engine
    }
    private static let leftover = Mutex<PodmanEngine?>(nil)

    /// A small system with a shell and OpenSSL, for the server's stand-in.
    static let base = "localhost/mr-test-base:latest"

    private let service: PodmanService

    var folder: URL { URL(fileURLWithPath: service.folder) }
    var socket: String { service.socket }
    var address: String { service.address }

    init() async throws {
        service = try PodmanService()
        try await start()
        let image = try BaseImage.archive(in: folder)
        try await send("POST", "/images/create?fromSrc=-&repo=localhost%2Fmr-test-base", image, "application/x-tar")
    }

    func start() async throws { try await service.start() }
    /// Ends the service; containers go on, as those of a podman do.
    func stop() { service.stop() }
    func end() { service.end() }

    /// Asks podman itself, past the deployer.
    @discardableResult
    func send(
        _ method: String,
        _ path: String,
        _ body: [UInt8]? = nil,
        _ type: String = "application/json"
    ) async throws -> JSONValue {
        var request = HTTPRequest(method, "http://engine/v1.41\(path)", headers: ["Content-Type": type])
        if let body { request.body = .bytes(body) }
        let response = try await HTTPClient(unixSocket: socket).send(request)
        try #require(response.isSuccess || response.status == 304, "\(method) \(path): \(response.text)")
        return (try? JSONValue(json: response.body)) ?? .null
    }

    /// All that carries a label, in words.
    func labelled(_ label: String, _ value: String) async throws -> [String] {
        let filter = "filters=" + Engine.escaped(#"{"label":["\#(label)=\#(value)"]}"#)
        var found: [String] = []
        for container in try await send("GET", "/containers/json?all=1&\(filter)").arrayValue ?? [] {
            found.append("container \(container["Names"]?.arrayValue?.first?.stringValue ?? "")")
        }
        for volume in try await send("GET", "/volumes?\(filter)")["Volumes"]?.arrayValue ?? [] {
            found.append("volume \(volume["Name"]?.stringValue ?? "")")
        }
        for network in try await send("GET", "/networks?\(filter)").arrayValue ?? [] {
            found.append("network \(network["Name"]?.stringValue ?? "")")
        }
        let engine = Engine(
            address: .unix(path: socket),
            client: HTTPClient(unixSocket: socket),
            base: "http://engine/v1.41",
            apiVersion: APIVersion(1, 41)
        )
        for image in try await engine.images(labelled: label, value) {
            found.append("image \(image["RepoTags"]?.arrayValue?.first?.stringValue ?? "")")
        }
        return found.sorted()
    }
}
