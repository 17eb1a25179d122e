// SPDX-License-Identifier: Apache-2.0

/// A mirror of releases: serves the files of a folder and notes what it was asked for.
enum ReleaseServer {
    static func with<Answer>(
        _ folder: ScratchFolder,
        _ body: (_ base: String) async throws -> Answer
    ) async throws -> Answer {
        try await TestWebServer.with(script, [folder.path]) { server in
            try await body("http://127.0.0.1:\(server.port)")
        }
    }

    private static let script = """
        import http.server, os, sys, threading

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_): pass
            def do_GET(self):
                with open(sys.argv[1] + "/asked", "a") as asked: asked.write(self.path + "\\n")
                path = sys.argv[1] + self.path
                if self.path.startswith("/elsewhere/"):
                    self.send_response(302); self.send_header("Location", self.path[10:]); self.end_headers(); return
                if self.path == "/busy":
                    self.send_response(503); self.end_headers(); return
                cut = self.path.startswith("/cut/")
                endless = self.path == "/endless"
                if endless:
                    self.send_response(200); self.end_headers()
                    try:
                        while True: self.wfile.write(b"x" * 65536)
                    except OSError: return
                if cut: path = sys.argv[1] + self.path[4:]
                if not os.path.isfile(path):
                    self.send_response(404); self.send_header("Content-Type", "text/html"); self.end_headers()
                    self.wfile.write(b"<html>Not Found</html>" * 10000); return
                body = open(path, "rb").read()
                self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
                self.wfile.write(body[:len(body) // 2] if cut else body)

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_): pass

        server = Server(("127.0.0.1", 0), Handler)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """
}
