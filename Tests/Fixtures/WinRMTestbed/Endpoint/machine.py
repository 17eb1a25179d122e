# SPDX-License-Identifier: Apache-2.0
"""A Windows that is none: does what the rollout's scripts ask for with files of this machine.

Every script it is given must be PowerShell by a real grammar. What a script does on Windows is done here by the name that
stands in its first line; what is there afterwards is in the folder of the machine's state:

    agent.json      the service and the sums, as they are now
    programs/       what lies in Program Files
    temporary/      what lies in the system's folder for temporary files
    behaviour.json  how this machine is broken, for tests
"""

import base64
import hashlib
import json
import os
import re
import shutil
import sys

import powershell


class Machine:
    def __init__(self, state):
        self.state = state
        self.programs = os.path.join(state, "programs")
        os.makedirs(self.programs, exist_ok=True)
        self.agent = self.read("agent.json")
        self.behaviour = self.read("behaviour.json")

    def read(self, name):
        path = os.path.join(self.state, name)
        if not os.path.exists(path):
            return {}
        with open(path) as file:
            return json.load(file)

    def keep(self):
        with open(os.path.join(self.state, "agent.json"), "w") as file:
            json.dump(self.agent, file)

    def path(self, *names):
        return os.path.join(self.programs, *names)

    def bytes(self, *names):
        if not os.path.exists(self.path(*names)):
            return b""
        with open(self.path(*names), "rb") as file:
            return file.read()

    def sum(self, *names):
        content = self.bytes(*names)
        return hashlib.sha256(content).hexdigest() if content else ""

    def look(self, wish, _):
        return {
            "hostname": self.behaviour.get("hostname", "PC-17"),
            "processor": self.behaviour.get("processor", "AMD64"),
            "program_files": "C:\\Program Files",
            "is_administrator": not self.behaviour.get("plain_user", False),
            "service": self.agent.get("service", ""),
            "program": self.sum("Velociraptor", "Velociraptor.exe"),
            "installer_config": base64.b64encode(self.bytes("Velociraptor", "client.config.yaml")).decode(),
            "program_config": base64.b64encode(self.bytes("Velociraptor", "Velociraptor.config.yaml")).decode(),
            "mark": base64.b64encode(self.bytes("Velociraptor", wish["mark"])).decode(),
            "waiting": self.sum(wish["waiting"], wish["payload"]) if "payload" in wish else None,
            "own_files": [windows for windows, path in self.own_files(wish["buffer"]) if os.path.exists(path)],
        }

    def own_files(self, buffer):
        """What an agent keeps for itself: where it lies on Windows, and where here."""
        names = ["velociraptor.writeback.yaml", "velociraptor.writeback.yaml.bak"]
        files = [(f"C:\\Program Files\\Velociraptor\\{name}", self.path("Velociraptor", name)) for name in names]
        return files + [(f"C:\\Windows\\Temp\\{buffer}", os.path.join(self.state, "temporary", buffer))]

    def receive(self, wish, lines):
        os.makedirs(self.path(wish["waiting"]), exist_ok=True)
        with open(self.path(wish["waiting"], wish["name"]), "wb") as file:
            for line in lines:
                file.write(base64.b64decode(line, validate=True))
        if self.behaviour.get("garbles") == wish["name"]:
            with open(self.path(wish["waiting"], wish["name"]), "ab") as file:
                file.write(b"!")
        return {"sha256": self.sum(wish["waiting"], wish["name"])}

    def settle(self, wish, _):
        if self.agent.get("service") != "Running":
            return {"error": f"The service Velociraptor does not keep running: {self.agent.get('service')}."}
        program = self.sum("Velociraptor", "Velociraptor.exe")
        with open(self.path("Velociraptor", wish["mark"]), "w") as file:
            file.write(f"{wish['installer']} {program}")
        shutil.rmtree(self.path(wish["waiting"]))
        return {"program": program}

    def leave(self, wish, _):
        shutil.rmtree(self.path(wish["waiting"]))
        return {}

    def install(self, folder, script, _):
        """What the bundle's script does: checks the sum, installs the program, lays the configuration beside it."""
        payload = re.search(r"Join-Path \$PSScriptRoot '(velociraptor\.(?:msi|exe))'", script).group(1)
        sum_ = re.search(r"\$sum -ne '([0-9A-F]{64})'", script).group(1)
        if self.sum(folder, payload).upper() != sum_:
            sys.exit(f"{payload} has another sum than the one it was packed with.")
        if code := self.behaviour.get("msiexec"):
            sys.exit(f"msiexec ended with {code}; see C:\\Windows\\Temp\\velociraptor-install.log.")
        os.makedirs(self.path("Velociraptor"), exist_ok=True)
        with open(self.path("Velociraptor", "Velociraptor.exe"), "wb") as file:
            file.write(b"the program of " + self.bytes(folder, payload))
        name = "client.config.yaml" if payload.endswith(".msi") else "Velociraptor.config.yaml"
        shutil.copyfile(self.path(folder, "client.config.yaml"), self.path("Velociraptor", name))
        self.agent["service"] = self.behaviour.get("service", "Running")
        self.agent["installed"] = self.agent.get("installed", 0) + 1
        self.keep()
        print("The Velociraptor agent is installed and runs.")

    def remove(self, _, script, words):
        """What the bundle's other script does; the configurations last."""
        if code := self.behaviour.get("msiexec"):
            sys.exit(f"msiexec ended with {code}; see C:\\Windows\\Temp\\velociraptor-remove.log.")
        self.agent.pop("service", None)
        self.keep()
        if self.behaviour.get("held"):
            sys.exit("Velociraptor.exe: The process cannot access the file because it is being used by another process.")
        configs = ["client.config.yaml", "Velociraptor.config.yaml"]
        names = ["Velociraptor.exe", "megaraptor-installer.txt"]
        folder = self.path("Velociraptor")
        if words == " -Wipe":
            names += [name for name in os.listdir(folder) if name not in configs]
            buffer = re.search(r"Join-Path \$temporary '([^']+)'", script).group(1)
            kept = os.path.join(self.state, "temporary", buffer)
            if os.path.exists(kept):
                os.remove(kept)
        for name in dict.fromkeys(names + configs):
            if os.path.exists(self.path("Velociraptor", name)):
                os.remove(self.path("Velociraptor", name))
        if os.path.isdir(folder) and not os.listdir(folder):
            os.rmdir(folder)
        print("The Velociraptor agent is removed.")


def run_script_from_input(machine, loader):
    powershell.require(loader, "The loader")
    text = base64.b64decode(sys.stdin.readline().strip()).decode()
    powershell.require(text, "The script")
    wish = json.loads(base64.b64decode(sys.stdin.readline().strip()))
    lines = (line.strip() for line in sys.stdin)
    name = re.match(r"# megaraptor: (\w+)\n", text).group(1)
    answer = getattr(machine, name)(wish, lines)
    # Windows' console breaks long lines.
    word = "answer:" + base64.b64encode(json.dumps(answer).encode()).decode()
    for start in range(0, len(word), 120):
        sys.stdout.write(word[start : start + 120] + "\r\n")
    if "error" in answer:
        sys.exit(1)


def main():
    machine, words = Machine(sys.argv[1]), sys.argv[2]
    if machine.behaviour.get("no_powershell"):
        sys.exit("'powershell.exe' is not recognized as an internal or external command.")
    if found := re.fullmatch(r"powershell\.exe .*-EncodedCommand ([A-Za-z0-9+/=]+)", words):
        run_script_from_input(machine, base64.b64decode(found.group(1)).decode("utf-16-le"))
    elif found := re.fullmatch(r'powershell\.exe .*-File "C:\\Program Files\\([^\\"]+)\\([^\\"]+)"( -\w+)?', words):
        folder, name, more = found.groups()
        script = machine.bytes(folder, name).decode()
        powershell.require(script, name)
        getattr(machine, name.split("-")[0].lower())(folder, script, more)
    else:
        sys.exit(f"{words} is not understood.")


main()
