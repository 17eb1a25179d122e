// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPTransport
import JSONValue
import MegaraptorErrors
import WholeFiles

extension Engine {
    /// Connects, and lends the engine until `body` is done. A forward through SSH lives as long.
    ///
    /// - Throws: before `body`, `unavailable`, `permission_denied` or `unauthenticated` with what to do about it.
    static func with<Answer: Sendable>(
        _ options: DockerOptions,
        _ body: (Engine) async throws -> Answer
    ) async throws -> Answer {
        let address = try EngineAddress.find(options.engine)
        switch address {
        case .unix(let path): return try await body(connect(address, HTTPClient(unixSocket: path), "http://engine"))
        case .tls(let host, let port):
            let trust = try tlsFiles(options.tlsFolder ?? EngineAddress.environment("DOCKER_CERT_PATH"))
            let name = host.contains(":") ? "[\(host)]" : host
            return try await body(connect(address, HTTPClient(trust: trust), "https://\(name):\(port)"))
        case .ssh(let user, let host, let port, let path):
            let files = try SSHFiles(key: options.sshKeyFile, knownHosts: options.knownHosts)
            let forward = try SSHForward(user: user, host: host, port: port, remoteSocket: path, files: files)
            defer { forward.end() }
            try await forward.waitUntilOpen()
            do {
                return try await body(connect(address, HTTPClient(unixSocket: forward.socket), "http://engine"))
            } catch let error as MegaraptorError {
                throw forward.explained(error)
            }
        }
    }

    private static func tlsFiles(_ folder: String?) throws(MegaraptorError) -> HTTPTrust {
        guard let folder else {
            throw MegaraptorError(
                .failedPrecondition,
                "An engine over tcp:// is only used with TLS, and no certificates are given.",
                hint: "Set tls_folder to a folder with ca.pem, cert.pem and key.pem, or use ssh://."
            )
        }
        do {
            let authorities = HTTPTrust.Authorities.pem(try WholeFile.require("\(folder)/ca.pem"))
            let certificate = try WholeFile.require("\(folder)/cert.pem")
            return HTTPTrust(authorities, certificate: certificate, key: try WholeFile.require("\(folder)/key.pem"))
        } catch {
            var error = error
            error.hint = "An engine over tcp:// takes ca.pem, cert.pem and key.pem, all in one folder."
            throw error
        }
    }

    /// By a ping: asking for versions takes podman up to seconds, because it asks the package manager.
    private static func connect(
        _ address: EngineAddress,
        _ client: HTTPClient,
        _ base: String
    ) async throws(MegaraptorError) -> Engine {
        let limits = HTTPTimeLimits(connect: .seconds(5), total: .seconds(30), idle: .seconds(30))
        let response: HTTPResponse
        do {
            response = try await client.send(HTTPRequest("GET", base + "/_ping", limits: limits))
        } catch {
            throw explained(error, address)
        }
        guard response.isSuccess, let newest = response.headers["Api-Version"].flatMap({ APIVersion($0) }) else {
            throw MegaraptorError(.unavailable, "What answers at \(address) is no container engine.")
        }
        var engine = Engine(address: address, client: client, base: base, apiVersion: newest)
        let oldest = newest > APIVersion.newest ? try await engine.versions().oldest : nil
        guard let common = APIVersion.common(engineOldest: oldest, engineNewest: newest) else {
            throw MegaraptorError(
                .unsupported,
                "The engine at \(address) speaks version \(oldest.map { "\($0) to " } ?? "")\(newest) of its API.",
                hint: "This deployer speaks \(APIVersion.oldest) to \(APIVersion.newest): use another engine."
            )
        }
        engine.apiVersion = common
        engine.base = "\(base)/v\(common)"
        return engine
    }

    /// What the engine is, for people and for comparing programs with machines.
    func versions() async throws(MegaraptorError) -> EngineVersions {
        EngineVersions(try await call("GET", "/version"))
    }

    /// Says what stands in the way of an engine, and what to do about it.
    private static func explained(_ error: MegaraptorError, _ address: EngineAddress) -> MegaraptorError {
        var error = error
        if case .tls = address, error.code == .unavailable, error.details["sent"] == true {
            error.hint = "It ended the connection: check whether it trusts the client's certificate, and is an engine."
        }
        guard case .unix(let path) = address else { return error }
        switch error.details["errno"]?.integerValue.map(Int32.init) {
        case ENOENT:
            error.message = "There is no container engine at \(path)."
            error.hint = "Install and start Docker or podman (systemctl start docker), or give another engine."
        case EACCES, EPERM:
            error.code = .permissionDenied
            error.retryable = false
            error.message = "This user may not use the engine at \(path)."
            error.hint = "Add the user to the socket's group (which gives it root there), or use a rootless engine."
        case ECONNREFUSED:
            error.message = "The socket \(path) is there, but no engine listens on it."
            error.hint = "Start the engine: systemctl start docker, or systemctl --user start podman.socket."
        default: break
        }
        return error
    }
}
