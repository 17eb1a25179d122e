# SPDX-License-Identifier: Apache-2.0
"""Shells and their commands, each of which is a process of this machine."""

import base64
import os
import signal
import subprocess
import sys
import threading
import uuid

from wsman import NAMES, SHELL, Fault

HERE = os.path.dirname(os.path.abspath(__file__))
DONE = NAMES["rsp"] + "/CommandState/Done"
RUNNING = NAMES["rsp"] + "/CommandState/Running"
# In a chunk, so that a long output comes in several answers.
CHUNK = 32_000


class Command:
    def __init__(self, words, state):
        # A command begins in the machine's shell, as Windows begins it in cmd.exe.
        if words.startswith("powershell.exe "):
            arguments = [sys.executable, os.path.join(HERE, "machine.py"), state, words]
        else:
            arguments = ["/bin/sh", "-c", words]
        self.process = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self.said = {"stdout": b"", "stderr": b""}
        self.open = {"stdout", "stderr"}
        self.news = threading.Condition()
        for name in ("stdout", "stderr"):
            threading.Thread(target=self.read, args=(name,), daemon=True).start()

    def read(self, name):
        pipe = getattr(self.process, name)
        while chunk := os.read(pipe.fileno(), 65_536):
            with self.news:
                self.said[name] += chunk
                self.news.notify_all()
        with self.news:
            self.open.discard(name)
            self.news.notify_all()

    def take(self, seconds):
        """What was said since; None where nothing was, and the command goes on."""
        with self.news:
            if not self.news.wait_for(lambda: any(self.said.values()) or not self.open, seconds):
                return None
            taken = {name: bytes(said[:CHUNK]) for name, said in self.said.items()}
            for name, chunk in taken.items():
                self.said[name] = self.said[name][len(chunk) :]
            is_over = not self.open and not any(self.said.values())
        return taken, self.process.wait() if is_over else None

    def end(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)


class Shells:
    def __init__(self, state, patience):
        self.state = state
        self.patience = patience
        self.shells = {}
        self.lock = threading.Lock()

    def answer(self, question):
        return getattr(self, question.action)(question)

    def commands(self, question):
        with self.lock:
            if question.shell not in self.shells:
                raise Fault(2150858843, "The shell was not found on the server.")
            return self.shells[question.shell]

    def command_of(self, question, identifier):
        command = self.commands(question).get(identifier)
        if command is None:
            raise Fault(2150858844, "There is no such command in this shell.")
        return command

    def create(self, question):
        shell = question.one(question.body, "rsp:Shell")
        if "stdin" not in question.one(shell, "rsp:InputStreams").text:
            raise Fault(2150858789, "A shell without standard input is of no use.")
        if question.options.get("WINRS_CODEPAGE") not in ("65001", "437"):
            raise Fault(2150858789, "The code page is not one of this machine's.")
        identifier = str(uuid.uuid4()).upper()
        with self.lock:
            self.shells[identifier] = {}
        selectors = f'<w:SelectorSet><w:Selector Name="ShellId">{identifier}</w:Selector></w:SelectorSet>'
        return question.answer(
            "http://schemas.xmlsoap.org/ws/2004/09/transfer/Create",
            f"<x:ResourceCreated xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\"><a:ReferenceParameters>"
            f"<w:ResourceURI>{SHELL}</w:ResourceURI>{selectors}</a:ReferenceParameters></x:ResourceCreated>"
            f"<rsp:Shell><rsp:ShellId>{identifier}</rsp:ShellId></rsp:Shell>",
        )

    def command(self, question):
        line = question.one(question.body, "rsp:CommandLine")
        words = [question.one(line, "rsp:Command").text]
        words += [argument.text for argument in line.findall("rsp:Arguments", NAMES)]
        text = " ".join(words)
        if len(text) > 8191:
            raise Fault(2147942606, "The command line is too long.")
        commands = self.commands(question)
        identifier = str(uuid.uuid4()).upper()
        commands[identifier] = Command(text, self.state)
        return question.answer(
            NAMES["rsp"] + "/Command",
            f"<rsp:CommandResponse><rsp:CommandId>{identifier}</rsp:CommandId></rsp:CommandResponse>",
        )

    def send(self, question):
        for stream in question.one(question.body, "rsp:Send").findall("rsp:Stream", NAMES):
            command = self.command_of(question, stream.get("CommandId"))
            try:
                command.process.stdin.write(base64.b64decode(stream.text or "", validate=True))
                command.process.stdin.flush()
                if stream.get("End", "").upper() == "TRUE":
                    command.process.stdin.close()
            except (BrokenPipeError, ValueError) as error:
                raise Fault(2147942509, "The pipe has been ended.") from error
        return question.answer(NAMES["rsp"] + "/Send", "<rsp:SendResponse/>")

    def receive(self, question):
        wanted = question.one(question.body, "rsp:Receive/rsp:DesiredStream")
        identifier = wanted.get("CommandId")
        command = self.command_of(question, identifier)
        taken = command.take(min(self.patience, question.timeout))
        if taken is None:
            raise Fault(2150858793, "The WS-Management service cannot complete the operation within the time.")
        said, code = taken
        streams = "".join(
            f'<rsp:Stream Name="{name}" CommandId="{identifier}">{base64.b64encode(chunk).decode()}</rsp:Stream>'
            for name, chunk in said.items()
            if chunk
        )
        if code is None:
            state = f'<rsp:CommandState CommandId="{identifier}" State="{RUNNING}"/>'
        else:
            state = (
                f'<rsp:CommandState CommandId="{identifier}" State="{DONE}">'
                f"<rsp:ExitCode>{code}</rsp:ExitCode></rsp:CommandState>"
            )
        return question.answer(
            NAMES["rsp"] + "/Receive", f"<rsp:ReceiveResponse>{streams}{state}</rsp:ReceiveResponse>"
        )

    def signal(self, question):
        told = question.one(question.body, "rsp:Signal")
        if not question.one(told, "rsp:Code").text.endswith("/signal/terminate"):
            raise Fault(2150858789, "The signal is not known.")
        self.command_of(question, told.get("CommandId")).end()
        return question.answer(NAMES["rsp"] + "/Signal", "<rsp:SignalResponse/>")

    def delete(self, question):
        for command in self.commands(question).values():
            command.end()
        with self.lock:
            del self.shells[question.shell]
        return question.answer("http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete", "")
