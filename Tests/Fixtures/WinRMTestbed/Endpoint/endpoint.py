# SPDX-License-Identifier: Apache-2.0
"""A WinRM endpoint: WS-Management over TLS, with Basic and with NTLM by Negotiate, as Windows offers them.

Commands run in this machine's shell; PowerShell is answered by machine.py, a Windows that is none.
"""

import argparse
import base64
import http.server
import json
import os
import ssl
import sys
import threading

import spnego
import spnego.channel_bindings
from cryptography import x509

import shells
import wsman


class Endpoint(http.server.ThreadingHTTPServer):
    daemon_threads = True
    # More agents come at once than would wait by default.
    request_queue_size = 64

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Connection)
        self.options = options
        self.shells = shells.Shells(options.state, options.patience)
        self.lock = threading.Lock()
        self.is_whole = not options.broken.endswith("-before-command")
        self.binding = binding(options)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
        self.context = context

    def write_down(self, **what):
        """For tests: what happened, a line each."""
        with self.lock, open(os.path.join(self.options.state, "log.jsonl"), "a") as log:
            log.write(json.dumps(what) + "\n")

    def breaks_now(self):
        """Once."""
        was, self.is_whole = self.is_whole, True
        return not was

    def handle_error(self, request, client_address):
        self.write_down(event="connection-failed")


def binding(options):
    """What the connection is known by on both ends, as of Windows with CbtHardeningLevel Strict: the machine's certificate."""
    with open(options.certificate) as file:
        certificate = x509.load_pem_x509_certificate(file.read().encode())
    sum_ = certificate.fingerprint(certificate.signature_hash_algorithm)
    if options.broken == "other-channel":
        sum_ = bytes(len(sum_))
    return spnego.channel_bindings.GssChannelBindings(application_data=b"tls-server-end-point:" + sum_)


class Connection(http.server.BaseHTTPRequestHandler):
    """One connection. A login by NTLM is the connection's."""

    protocol_version = "HTTP/1.1"
    server_version = "Microsoft-HTTPAPI/2.0"
    # Without it a connection that is kept waits for the other side's acknowledgement at each answer.
    disable_nagle_algorithm = True

    def setup(self):
        # The handshake belongs in the connection's own thread.
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.login = None
        self.user = None
        super().setup()

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path != "/wsman":
            return self.answer(404, b"")
        if self.user and b"/windows/shell/Command<" in body and self.server.breaks_now():
            if self.server.options.broken == "drop-before-command":
                self.close_connection = True
                return None
            self.user = None
        token = self.let_in()
        if not self.user:
            return self.refuse(token)
        kind = self.headers.get("Content-Type", "")
        if not kind.lower().startswith("application/soap+xml"):
            return self.answer(415, b"")
        if len(body) > wsman.GREATEST:
            return self.fault(wsman.Fault(2150858974, "The request has more than 150 KB."))
        try:
            question = wsman.Question(body)
            self.server.write_down(event=question.action, shell=question.shell, user=self.user)
            text = self.server.shells.answer(question)
        except wsman.Fault as fault:
            return self.fault(fault)
        return self.answer(200, text.encode())

    def let_in(self):
        """Who it is, in self.user; or what is to be said next."""
        scheme, _, rest = self.headers.get("Authorization", "").partition(" ")
        offered = self.server.options.auth.split(",")
        if scheme == "Basic" and "basic" in offered:
            given = base64.b64decode(rest).decode()
            with open(self.server.options.users) as users:
                known = [line.strip().split(":", 2)[1:] for line in users]
            self.user = given.partition(":")[0] if given.split(":", 1) in known else None
        elif scheme == "Negotiate" and "negotiate" in offered:
            self.user = None
            message = base64.b64decode(rest)
            # The first message begins a new login.
            if self.login is None or message[8:12] == b"\x01\x00\x00\x00":
                self.login = spnego.server(protocol="negotiate", channel_bindings=self.server.binding)
            try:
                token = self.login.step(message)
            except spnego.exceptions.SpnegoError as error:
                self.server.write_down(event="login-failed", reason=str(error))
                self.login = None
                return None
            if not self.login.complete:
                return token
            self.user = self.login.client_principal
            self.server.write_down(event="login", user=self.user)
        elif scheme:
            self.user = None
        return None

    def refuse(self, token):
        headers = []
        if "negotiate" in self.server.options.auth:
            said = " " + base64.b64encode(token).decode() if token else ""
            headers.append(("WWW-Authenticate", "Negotiate" + said))
        if "basic" in self.server.options.auth:
            headers.append(("WWW-Authenticate", 'Basic realm="WSMAN"'))
        self.answer(401, b"", headers)

    def fault(self, fault):
        self.server.write_down(event="fault", code=fault.code)
        self.answer(500, fault.text.encode())

    def answer(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/soap+xml;charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    parser = argparse.ArgumentParser()
    for name in ("state", "certificate", "key", "users", "auth"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--patience", type=float, default=20, help="seconds until a question for output comes to nothing")
    parser.add_argument("--broken", default="")
    options = parser.parse_args()
    sys.stderr = open(os.path.join(options.state, "errors"), "w", buffering=1)
    # Where the login by NTLM looks for passwords.
    os.environ["NTLM_USER_FILE"] = options.users
    endpoint = Endpoint(options)
    options.port = endpoint.server_address[1]
    with open(os.path.join(options.state, "port.new"), "w") as port:
        port.write(str(options.port))
    os.rename(os.path.join(options.state, "port.new"), os.path.join(options.state, "port"))
    endpoint.serve_forever()


main()
