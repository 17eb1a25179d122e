# SPDX-License-Identifier: Apache-2.0
"""Rows of a Velociraptor server by its own Python client."""

import json
import os
from functools import cached_property
from typing import Any


class RowSource:
    """A channel that is opened at the first query and kept."""

    @cached_property
    def stub(self) -> Any:
        import grpc
        import yaml
        from pyvelociraptor import api_pb2_grpc

        with open(os.environ["VELOCIRAPTOR_API_CONFIG"], encoding="utf8") as file:
            config = yaml.safe_load(file)
        credentials = grpc.ssl_channel_credentials(
            root_certificates=config["ca_certificate"].encode(),
            private_key=config["client_private_key"].encode(),
            certificate_chain=config["client_cert"].encode(),
        )
        options = [("grpc.ssl_target_name_override", "VelociraptorServer")]
        channel = grpc.secure_channel(config["api_connection_string"], credentials, options)
        return api_pb2_grpc.APIStub(channel)

    def text(self, query: str, limit: int, environment: dict[str, Any]) -> str:
        """The rows of a query as one JSON array."""
        from pyvelociraptor import api_pb2

        request = api_pb2.VQLCollectorArgs(
            max_row=1000,
            Query=[api_pb2.VQLRequest(VQL=query)],
            env=[{"key": key, "value": str(value)} for key, value in environment.items()],
        )
        rows: list[Any] = []
        for response in self.stub.Query(request):
            if response.Response:
                rows.extend(json.loads(response.Response))
            if len(rows) >= limit:
                break
        return json.dumps(rows[:limit], separators=(",", ":"))
