# SPDX-License-Identifier: Apache-2.0
"""An SSH server by another's implementation that takes passwords: OpenSSH's would need users of the system, or PAM.

Writes its host key's public part to known_hosts, and its port to the file `port` in its folder once it takes connections. Each login
that is tried is a line of the file `tried`.
"""

import argparse
import asyncio
import os
import sys

import asyncssh


class Server(asyncssh.SSHServer):
    def __init__(self, settings):
        self.settings = settings

    def note(self, method):
        with open(os.path.join(self.settings.folder, "tried"), "a") as file:
            file.write(method + "\n")

    def begin_auth(self, username):
        return True

    def public_key_auth_supported(self):
        return False

    def password_auth_supported(self):
        return "password" in self.settings.methods

    def validate_password(self, username, password):
        self.note("password")
        return (username, password) == (self.settings.user, self.settings.password)

    def kbdint_auth_supported(self):
        return "keyboard-interactive" in self.settings.methods

    def get_kbdint_challenge(self, username, lang, submethods):
        return ("", "", "", [(question, False) for question in self.settings.questions])

    def validate_kbdint_response(self, username, responses):
        self.note("keyboard-interactive")
        # As PAM does it: something is said at the end that needs no answer.
        if not responses:
            return True
        if (username, responses) != (self.settings.user, [self.settings.password]):
            return False
        return ("", "Welcome.", "", [])


async def run(process):
    child = await asyncio.create_subprocess_shell(
        process.command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    await process.redirect(stdin=child.stdin, stdout=child.stdout, stderr=child.stderr)
    process.exit(await child.wait())


async def main():
    parser = argparse.ArgumentParser()
    for name in ["folder", "user", "password"]:
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--methods", nargs="+", required=True)
    parser.add_argument("--questions", nargs="+", required=True)
    settings = parser.parse_args()
    sys.stderr = open(os.path.join(settings.folder, "errors"), "w", buffering=1)
    key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.create_server(
        lambda: Server(settings), "127.0.0.1", 0, server_host_keys=[key], process_factory=run, encoding=None
    )
    port = server.sockets[0].getsockname()[1]
    with open(os.path.join(settings.folder, "known_hosts"), "w") as file:
        file.write(f"[127.0.0.1]:{port} {key.export_public_key().decode()}")
    with open(os.path.join(settings.folder, "port.part"), "w") as file:
        file.write(str(port))
    os.rename(os.path.join(settings.folder, "port.part"), os.path.join(settings.folder, "port"))
    await server.wait_closed()


asyncio.run(main())
