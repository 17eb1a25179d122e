// SPDX-License-Identifier: Apache-2.0

import Cryptography
import DeployerKit
import Foundation
import JSONValue
import SSHTestbed

/// A program that behaves like the server where deploying looks at it: a real ELF file, `version`, `config show`,
/// and a frontend that opens its ports and answers `/server.pem` over TLS. Its configuration is JSON, which is YAML.
enum StandIn {
    /// What a version does: `silent` never listens, `picky` refuses every configuration.
    static let versions = ["1", "2", "silent", "picky"]

    private static let folder = Result { try build() }

    static func binary(_ version: String = "1", padding: Int = 0, in place: URL) throws
        -> DeploymentSpecification.Binary
    {
        var bytes = try Data(contentsOf: folder.get().appending(path: "server-\(version)"))
        bytes.append(Data(count: padding))
        let file = place.appending(path: "velociraptor-\(version)")
        try bytes.write(to: file)
        let digest = Hexadecimal.encode(try SHA256.digest(Array(bytes)))
        return DeploymentSpecification.Binary(path: file.path, sha256: digest, version: version)
    }

    private static func build() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mr-standin-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        atexit {
            let path = FileManager.default.temporaryDirectory.appending(path: "mr-standin-\(getpid())")
            try? FileManager.default.removeItem(at: path)
        }
        let literal = String(decoding: JSONValue.string(program).jsonBytes(), as: UTF8.self)
        for version in versions {
            let source = folder.appending(path: "server-\(version).c")
            let code = """
                #include <unistd.h>
                int main(int count, char **words) {
                    char *all[64] = {"python3", "-c", \(literal), "\(version)"};
                    for (int i = 1; i < count && i < 50; i++) all[3 + i] = words[i];
                    execv("/usr/bin/python3", all);
                    execvp("python3", all);
                    return 127;
                }
                """
            try Data(code.utf8).write(to: source)
            let target = folder.appending(path: "server-\(version)").path
            try SSHTestServer.output("/usr/bin/env", ["gcc", "-o", target, source.path])
        }
        return folder
    }

    private static let program = """
        import http.server, json, os, socket, ssl, sys, tempfile, threading
        version, words = sys.argv[1], sys.argv[2:]
        if words == ['version']:
            print('name: velociraptor\\nversion: ' + version); sys.exit(0)
        config = json.load(open(words[words.index('--config') + 1]))
        if version == 'picky' or config.get('broken'):
            sys.exit('velociraptor: error: Unable to load config file: yaml: line 1: field broken not found in type proto.Config')
        if 'show' in words:
            print(json.dumps(config)); sys.exit(0)
        print('[INFO] Starting Frontend.', flush=True)
        if version == 'silent' or config.get('silent'):
            print('[ERROR] Frontend: listen tcp: bind: address already in use', flush=True)
            threading.Event().wait()
        if config.get('dies'):
            sys.exit('velociraptor: error: frontend: listen tcp: bind: address already in use')
        pem = config['Frontend']['certificate']
        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == '/server.pem' else 404); self.end_headers()
                self.wfile.write(pem.encode())
            def log_message(self, *rest): pass
        def listen(port):
            s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(('127.0.0.1', port)); s.listen(8); return s
        others = [listen(port) for port in config['ports'][1:]]
        server = http.server.ThreadingHTTPServer(('127.0.0.1', config['ports'][0]), Answer)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile('w') as file:
            file.write(pem + config['Frontend']['private_key']); file.flush(); context.load_cert_chain(file.name)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        print('[INFO] Frontend is ready to handle client TLS requests', flush=True)
        server.serve_forever()
        """
}
