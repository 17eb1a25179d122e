// SPDX-License-Identifier: Apache-2.0

import Certificates
import Foundation
import MegaraptorErrors

/// A real HTTP server in a process of its own, on loopback or a Unix socket, with or without TLS.
final class PythonServer: @unchecked Sendable {
    enum Kind {
        case plain
        case unixSocket
        case tls
        case tlsForKnownClients
    }

    let folder: URL
    private let process = Process()
    private(set) var port: UInt16 = 0
    private(set) var url = ""

    var socket: String { folder.appendingPathComponent("s").path }

    static func with<Answer>(
        _ kind: Kind = .plain,
        identity: Identity? = nil,
        clients: Certificate? = nil,
        _ body: (PythonServer) async throws -> Answer
    ) async throws -> Answer {
        let server = try PythonServer(kind, identity, clients)
        defer { server.end() }
        return try await body(server)
    }

    private init(_ kind: Kind, _ identity: Identity?, _ clients: Certificate?) throws {
        // Short, because a socket's path has at most 107 bytes.
        folder = URL(fileURLWithPath: "/tmp/mr-http-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let script = folder.appendingPathComponent("server.py")
        try Self.script.write(to: script, atomically: true, encoding: .utf8)
        var arguments = ["-u", script.path, kind == .unixSocket ? socket : ""]
        if let identity {
            let pem = try identity.certificate.pem() + identity.key.pkcs8PEM()
            let file = folder.appendingPathComponent("server.pem")
            try pem.write(to: file, atomically: true, encoding: .utf8)
            arguments.append(file.path)
        }
        if let clients {
            let file = folder.appendingPathComponent("clients.pem")
            try clients.pem().write(to: file, atomically: true, encoding: .utf8)
            arguments.append(file.path)
        }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = UInt16(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw MegaraptorError(.internal, "The test's HTTP server does not start.")
        }
        self.port = port
        url = kind == .unixSocket ? "http://engine" : "\(identity == nil ? "http" : "https")://127.0.0.1:\(port)"
    }

    func end() {
        // A child inherits that its parent's threads block the gentler signals.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static let script = """
        import array, fcntl, http.server, json, os, socket, socketserver, ssl, sys, termios, threading, time

        def is_held(connection):
            # All that was sent has arrived and more waits: only the other side's closed window is in the way.
            SIOCOUTQNSD = 0x894B
            counts = []
            try:
                for name in (SIOCOUTQNSD, termios.TIOCOUTQ):
                    count = array.array("i", [0])
                    fcntl.ioctl(connection, name, count)
                    counts.append(count[0])
            except (OSError, TypeError, ValueError): return False
            return counts[0] == counts[1] > 0

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            sent = 0
            watched = None
            def log_message(self, *_): pass
            def address_string(self): return "peer"
            def answer(self, status, body=b"", **fields):
                self.send_response(status)
                for name, value in fields.items(): self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD": self.wfile.write(body)
            def read_body(self):
                if self.headers.get("Transfer-Encoding") == "chunked":
                    body = b""
                    while True:
                        size = int(self.rfile.readline(), 16)
                        body += self.rfile.read(size)
                        self.rfile.readline()
                        if size == 0: return body
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            def handle_any(self):
                path, _, query = self.path.partition("?")
                body = self.read_body()
                if path == "/hello": self.answer(200, b"hello", X_Test="a", Set_Cookie="b")
                elif path == "/echo":
                    fields = {k.lower(): v for k, v in self.headers.items()}
                    text = {"method": self.command, "body": body.decode("latin-1"), "fields": fields}
                    self.answer(200, json.dumps(text).encode())
                elif path.startswith("/status/"): self.answer(int(path[8:]), b"words")
                elif path == "/large":
                    Handler.watched = self.connection
                    self.answer(200, b"x" * int(query))
                elif path == "/redirect": self.answer(302, b"no", Location=query or "/hello")
                elif path == "/hang": time.sleep(3600)
                elif path == "/stall":
                    self.send_response(200); self.send_header("Content-Length", "100"); self.end_headers()
                    self.wfile.write(b"begin"); time.sleep(3600)
                elif path == "/cut":
                    self.send_response(200); self.send_header("Content-Length", "100"); self.end_headers()
                    self.wfile.write(b"begin"); self.close_connection = True
                elif path == "/endless":
                    self.send_response(200); self.send_header("Connection", "close"); self.end_headers()
                    Handler.watched = self.connection
                    try:
                        while True:
                            self.wfile.write(b"y" * 65536); Handler.sent += 65536
                    except OSError: Handler.sent = -1
                elif path == "/held": self.answer(200, b"yes" if is_held(Handler.watched) else b"no")
                elif path == "/sent": self.answer(200, str(Handler.sent).encode())
                elif path == "/numbers":
                    self.send_response(200); self.send_header("Transfer-Encoding", "chunked"); self.end_headers()
                    for number in range(int(query)):
                        line = b"%d\\n" % number
                        self.wfile.write(b"%x\\r\\n%s\\r\\n" % (len(line), line))
                    self.wfile.write(b"0\\r\\n\\r\\n")
                else: self.answer(404, b"nothing")
            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any

        class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 64
            def handle_error(self, *_): pass

        path = sys.argv[1]
        if path:
            Server.address_family = socket.AF_UNIX
        server = Server(path or ("127.0.0.1", 0), Handler)
        if len(sys.argv) > 2:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[2])
            if len(sys.argv) > 3:
                context.load_verify_locations(sys.argv[3])
                context.verify_mode = ssl.CERT_REQUIRED
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        print(0 if path else server.server_address[1], flush=True)
        server.serve_forever()
        """
}
