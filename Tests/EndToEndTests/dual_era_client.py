# SPDX-License-Identifier: Apache-2.0
"""The official Python client, 2.x: prints what it got as one JSON object. Arguments: the mode, the server's command line."""

import asyncio
import json
import os
import sys

from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client


async def run(mode, command, arguments):
    steps = []

    async def progress(done, total, message):
        steps.append(done)

    server = StdioServerParameters(command=command, args=arguments, env=dict(os.environ))
    async with Client(stdio_client(server), mode=mode) as client:
        tools = await client.list_tools()
        echoed = await client.call_tool("swift_echo", {"text": "h\u00e9llo \u2028 \U0001f600"})
        counted = await client.call_tool("count", {"to": 5}, progress_callback=progress)
        failed = await client.call_tool("fail", {"text": "on purpose"})
        return {
            "version": client.protocol_version,
            "tools": [tool.name for tool in tools.tools],
            "echo": echoed.structured_content["text"],
            "count": counted.content[0].text,
            "progress": steps,
            "failed": failed.is_error,
        }


print(json.dumps(asyncio.run(run(sys.argv[1], sys.argv[2], sys.argv[3:]))))
