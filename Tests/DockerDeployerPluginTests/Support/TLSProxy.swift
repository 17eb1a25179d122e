// SPDX-License-Identifier: Apache-2.0

import Certificates
import Foundation
import SSHTestbed

/// A port of loopback in front of an engine's socket.
final class TLSProxy {
    enum Kind: String {
        /// As Docker itself opens one: both sides show certificates, or nothing is said.
        case tls
        /// Without TLS.
        case plain
        /// Takes everybody, and ends the connection after the handshake.
        case hangsUp
    }

    /// The authority that signs both sides.
    static let authority = Result {
        try CertificateAuthority.selfSigned(DistinguishedName(commonName: "Test CA"))
    }

    let folder: URL
    private let process: SpawnedProgram

    static func with(
        socket: String,
        kind: Kind = .tls,
        _ body: (TLSProxy) async throws -> Void
    ) async throws {
        let proxy = try await TLSProxy(socket, kind)
        defer { proxy.end() }
        try await body(proxy)
    }

    private init(_ socket: String, _ kind: Kind) async throws {
        folder = URL(filePath: "/tmp/mr-tls-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let server = try Self.authority.get().issueIdentity(
            CertificateRequest(subject: DistinguishedName(commonName: "engine"), ipAddresses: ["127.0.0.1"])
        )
        try Self.write(try server.certificate.pem() + server.key.pkcs8PEM(), to: folder, "server.pem")
        try Self.write(try Self.authority.get().certificate.pem(), to: folder, "clients.pem")
        try Self.write(Self.script, to: folder, "proxy.py")
        process = try SpawnedProgram(
            "/usr/bin/python3",
            [folder.appending(path: "proxy.py").path, folder.path, socket, kind.rawValue]
        )
        while !FileManager.default.fileExists(atPath: folder.appending(path: "port").path) {
            guard process.isRunning else { throw TestbedFailure(text: "The proxy does not start.") }
            await Task.yield()
        }
    }

    private func end() {
        process.end()
        try? FileManager.default.removeItem(at: folder)
    }

    func port() throws -> UInt16 {
        let text = try String(contentsOf: folder.appending(path: "port"), encoding: .utf8)
        guard let port = UInt16(text) else { throw TestbedFailure(text: "The proxy's port is \"\(text)\".") }
        return port
    }

    /// Whether anything of a client was let through to the engine.
    var hasForwarded: Bool { FileManager.default.fileExists(atPath: folder.appending(path: "forwarded").path) }

    /// A folder as `DOCKER_CERT_PATH` has it.
    func clientFolder(
        authority: CertificateAuthority? = nil,
        signedBy signer: CertificateAuthority? = nil
    ) throws -> URL {
        let own = try Self.authority.get()
        let client = try (signer ?? own).issueIdentity(
            CertificateRequest(subject: DistinguishedName(commonName: "client"), purposes: [.client])
        )
        let clients = folder.appending(path: "client")
        try FileManager.default.createDirectory(at: clients, withIntermediateDirectories: false)
        try Self.write(try (authority ?? own).certificate.pem(), to: clients, "ca.pem")
        try Self.write(try client.certificate.pem(), to: clients, "cert.pem")
        try Self.write(try client.key.pkcs8PEM(), to: clients, "key.pem")
        return clients
    }

    private static func write(_ text: String, to folder: URL, _ name: String) throws {
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }

    private static let script = """
        import os, select, socket, ssl, sys, threading

        folder, engine, kind = sys.argv[1:]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{folder}/server.pem")
        if kind == "tls":
            context.load_verify_locations(f"{folder}/clients.pem")
            context.verify_mode = ssl.CERT_REQUIRED

        def opened(raw):
            if kind == "plain": return raw
            try: return context.wrap_socket(raw.dup(), server_side=True)
            except OSError:
                # Closed at once, what the client still sends would throw away the alert that it has not read.
                raw.shutdown(socket.SHUT_WR)
                while raw.recv(65536): pass
                return None

        def carry(client, other):
            while True:
                ready = select.select([client, other], [], [])[0]
                if client in ready:
                    data = client.recv(65536)
                    if not data: return
                    open(f"{folder}/forwarded", "a").close()
                    other.sendall(data)
                if other in ready:
                    data = other.recv(65536)
                    if not data: return
                    client.sendall(data)

        def serve(raw):
            try:
                with raw, socket.socket(socket.AF_UNIX) as other:
                    client = opened(raw)
                    if client is None or kind == "hangsUp": return
                    other.connect(engine)
                    with client: carry(client, other)
            except OSError: pass

        listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        with open(f"{folder}/port.new", "w") as file: file.write(str(listener.getsockname()[1]))
        os.rename(f"{folder}/port.new", f"{folder}/port")
        while True: threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
        """
}
