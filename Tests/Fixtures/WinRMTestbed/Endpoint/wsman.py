# SPDX-License-Identifier: Apache-2.0
"""Questions and faults of WS-Management, as MS-WSMV has them for shells. What is not as written there is refused."""

import re
import uuid
import xml.etree.ElementTree as xml
from xml.sax.saxutils import escape

GREATEST = 153_600
SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd"
NAMES = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "w": "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
    "rsp": "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
    "f": "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault",
}
ACTIONS = {
    "http://schemas.xmlsoap.org/ws/2004/09/transfer/Create": "create",
    "http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete": "delete",
    NAMES["rsp"] + "/Command": "command",
    NAMES["rsp"] + "/Send": "send",
    NAMES["rsp"] + "/Receive": "receive",
    NAMES["rsp"] + "/Signal": "signal",
}
SPACES = " ".join(f'xmlns:{name}="{space}"' for name, space in NAMES.items())


class Fault(Exception):
    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code
        self.text = (
            f"<s:Envelope {SPACES}><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code>"
            f'<s:Reason><s:Text xml:lang="en-US">{escape(reason)}</s:Text></s:Reason><s:Detail>'
            f'<f:WSManFault Code="{code}" Machine="127.0.0.1"><f:Message>{escape(reason)}</f:Message>'
            "</f:WSManFault></s:Detail></s:Fault></s:Body></s:Envelope>"
        )


class Question:
    def __init__(self, body):
        try:
            root = xml.fromstring(body)
        except xml.ParseError as error:
            raise Fault(2150858789, f"The request is no XML: {error}") from error
        header = self.one(root, "s:Header")
        self.body = self.one(root, "s:Body")
        if self.one(header, "w:ResourceURI").text != SHELL:
            raise Fault(2150858757, "There is no such resource.")
        if not self.one(header, "a:To").text.endswith("/wsman"):
            raise Fault(2150858757, "The request is for another endpoint.")
        self.one(header, "a:ReplyTo/a:Address")
        message = re.fullmatch("uuid:(.*)", self.one(header, "a:MessageID").text)
        self.id = uuid.UUID(message.group(1) if message else "none")
        if int(self.one(header, "w:MaxEnvelopeSize").text) > 512_000:
            raise Fault(2150858974, "MaxEnvelopeSize is more than this machine sends.")
        timeout = re.fullmatch(r"PT([0-9.]+)S", self.one(header, "w:OperationTimeout").text)
        self.timeout = float(timeout.group(1))
        action = self.one(header, "a:Action").text
        if action not in ACTIONS:
            raise Fault(2150858752, f"The action {action} is not known.")
        self.action = ACTIONS[action]
        selector = header.find("w:SelectorSet/w:Selector[@Name='ShellId']", NAMES)
        self.shell = selector.text if selector is not None else None
        self.options = {
            option.get("Name"): option.text for option in header.findall("w:OptionSet/w:Option", NAMES)
        }

    @staticmethod
    def one(node, path):
        found = node.findall(path, NAMES)
        if len(found) != 1:
            raise Fault(2150858789, f"The request has {len(found)} of {path}.")
        return found[0]

    def answer(self, action, body, header=""):
        return (
            f"<s:Envelope {SPACES}><s:Header><a:Action>{action}Response</a:Action>"
            f"<a:MessageID>uuid:{uuid.uuid4()}</a:MessageID><a:RelatesTo>uuid:{self.id}</a:RelatesTo>{header}</s:Header>"
            f"<s:Body>{body}</s:Body></s:Envelope>"
        )
