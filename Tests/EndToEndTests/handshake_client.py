# SPDX-License-Identifier: Apache-2.0
"""The official Python client, 1.x: prints what it got as one JSON object. Arguments: the server's command line."""

import asyncio
import json
import os
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


async def run(command, arguments):
    steps = []

    async def progress(done, total, message):
        steps.append(done)

    async with stdio_client(StdioServerParameters(command=command, args=arguments, env=dict(os.environ))) as (reader, writer):
        async with ClientSession(reader, writer) as client:
            opened = await client.initialize()
            tools = await client.list_tools()
            echoed = await client.call_tool("swift_echo", {"text": "h\u00e9llo \u2028 \U0001f600"})
            counted = await client.call_tool("count", {"to": 5}, progress_callback=progress)
            failed = await client.call_tool("fail", {"text": "on purpose"})
            await client.send_ping()
            return {
                "version": opened.protocolVersion,
                "tools": [tool.name for tool in tools.tools],
                "echo": echoed.structuredContent["text"],
                "count": counted.content[0].text,
                "progress": steps,
                "failed": failed.isError,
            }


print(json.dumps(asyncio.run(run(sys.argv[1], sys.argv[2:]))))
