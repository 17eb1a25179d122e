// SPDX-License-Identifier: Apache-2.0

import HTTPTransport
import JSONValue
import MegaraptorErrors

extension Engine {
    /// Stops a container gently and removes it; volumes stay. What is gone already is no fault.
    func removeContainer(_ id: String, isRunning: Bool = true) async throws(MegaraptorError) {
        do {
            if isRunning { _ = try await call("POST", "/containers/\(id)/stop", [("t", "30")]) }
            _ = try await call("DELETE", "/containers/\(id)", [("force", "1"), ("v", "0")])
        } catch {
            guard error.code == .notFound else { throw error }
        }
    }

    /// Removes something by its path; `notFound` is what was wanted.
    func remove(_ path: String, _ query: Query = []) async throws(MegaraptorError) {
        do {
            _ = try await call("DELETE", path, query)
        } catch {
            guard error.code == .notFound else { throw error }
        }
    }

    /// Unpacks an archive in a folder of a container, running or not.
    func upload(_ archive: TarStream, to folder: String, of container: String) async throws(MegaraptorError) {
        let request = HTTPRequest(
            "PUT",
            url("/containers/\(container)/archive", [("path", folder)]),
            headers: ["Content-Type": "application/x-tar"],
            body: archive.body
        )
        let response = try await client.send(request)
        guard response.isSuccess else {
            throw EngineFault.error(response.status, response.body, "PUT", "/containers/\(container)/archive")
        }
    }

    /// A file in a container with its owner and mode; `nil` where it is not there.
    func file(_ path: String, of container: String) async throws(MegaraptorError) -> TarEntry? {
        let request = HTTPRequest("GET", url("/containers/\(container)/archive", [("path", path)]))
        let response = try await client.send(request)
        if response.status == 404 { return nil }
        guard response.isSuccess else {
            throw EngineFault.error(response.status, response.body, "GET", "/containers/\(container)/archive")
        }
        return TarFormat.firstFile(in: response.body)
    }

    /// Whether a path is there in a container.
    func hasPath(_ path: String, of container: String) async throws(MegaraptorError) -> Bool {
        let request = HTTPRequest("HEAD", url("/containers/\(container)/archive", [("path", path)]))
        return try await client.send(request).isSuccess
    }
}
