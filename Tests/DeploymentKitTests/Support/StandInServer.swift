// SPDX-License-Identifier: Apache-2.0

import Certificates
import DeploymentKit
import HTTPTransport

/// A server that answers on one TLS port as Velociraptor's frontend and GUI do, with faults on demand.
enum StandInServer {
    enum Fault: String {
        case none, open, noAPI, noPEM, otherPage, noTLS
    }

    /// The only login that it knows.
    static let login = HTTPBasicCredentials(user: "admin", password: "correct horse")

    static func with<Answer>(
        _ identity: Identity,
        fault: Fault = .none,
        serving certificate: Certificate? = nil,
        _ body: (HTTPAddress) async throws -> Answer
    ) async throws -> Answer {
        try await ScratchFolder.with { scratch in
            try scratch.write(identity.certificate.pem() + identity.key.pkcs1PEM(), to: "tls.pem")
            try scratch.write((certificate ?? identity.certificate).pem(), to: "server.pem")
            return try await TestWebServer.with(script, [scratch.path, fault.rawValue]) { server in
                try await body(HTTPAddress(host: "127.0.0.1", port: server.port))
            }
        }
    }

    private static let script = """
        import base64, http.server, ssl, sys
        folder, fault = sys.argv[1:]
        login = "Basic " + base64.b64encode(b"admin:correct horse").decode()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *_): pass
            def answer(self, status, body=b"", **fields):
                self.send_response(status)
                for name, value in fields.items(): self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body))); self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                known = fault == "open" or self.headers.get("Authorization") == login
                if self.path == "/server.pem":
                    if fault == "noPEM": self.answer(404, b"nothing")
                    elif fault == "otherPage": self.answer(200, b"<html>")
                    else: self.answer(200, open(folder + "/server.pem", "rb").read())
                elif self.path == "/":
                    if fault == "otherPage": self.answer(200, b"<html>")
                    elif fault == "noPEM": self.answer(502)
                    else: self.answer(307, Location="/app/index.html")
                elif not known: self.answer(401, WWW_Authenticate="Basic")
                elif self.path == "/app/index.html": self.answer(200, b"<html>")
                elif self.path == "/api/v1/GetUserUITraits": self.answer(503 if fault == "noAPI" else 200, b"{}")
                else: self.answer(404)

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_): pass

        server = Server(("127.0.0.1", 0), Handler)
        if fault != "noTLS":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder + "/tls.pem")
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """
}
