# SPDX-License-Identifier: Apache-2.0
"""Tools that are only listed, so that both servers list the same: nothing measured calls them.

Their descriptions are shorter and their arguments fewer than those of this project's tools, which favours the peer.
"""

from typing import Any


def label_client(client_id: str, labels: list[str], operation: str = "add", org_id: str | None = None) -> str:
    """Adds labels to a client or takes them away."""
    return ""


def quarantine_client(
    client_id: str, quarantine: bool = True, message: str | None = None, force: bool = False, org_id: str | None = None
) -> str:
    """Cuts a client off from the network, or lets it back."""
    return ""


def list_artifacts(search: str | None = None, artifact_type: str | None = None, limit: int = 100) -> str:
    """Lists artifacts, the things that can be collected."""
    return ""


def get_artifact(artifact_name: str, org_id: str | None = None) -> str:
    """Everything about one artifact: its parameters, sources and rights."""
    return ""


def find_artifact(query: str, os: str | None = None, limit: int = 10) -> str:
    """Finds the artifacts that fit a question, best first."""
    return ""


def collect_artifact(
    client_id: str,
    artifacts: list[str],
    parameters: dict[str, dict[str, Any]] | None = None,
    timeout: int = 600,
    urgent: bool = False,
    wait_seconds: int = 0,
    org_id: str | None = None,
) -> str:
    """Collects artifacts from a client."""
    return ""


def triage_client(client_id: str, urgent: bool = False, wait_seconds: int = 0, org_id: str | None = None) -> str:
    """Collects what a first look at a client needs."""
    return ""


def wait_for_flow(client_id: str, flow_id: str, timeout_seconds: int = 60, org_id: str | None = None) -> str:
    """Waits until a collection has ended."""
    return ""


def get_flow_status(client_id: str, flow_id: str, org_id: str | None = None) -> str:
    """How far a collection has come."""
    return ""


def get_flow_results(
    client_id: str,
    flow_id: str,
    artifact: str | None = None,
    fields: list[str] | None = None,
    where: str | None = None,
    limit: int = 1000,
    cursor: str | None = None,
    org_id: str | None = None,
) -> str:
    """The rows of a collection."""
    return ""


def get_flow_logs(client_id: str, flow_id: str, limit: int = 100, org_id: str | None = None) -> str:
    """What a collection wrote to its log."""
    return ""


def list_flow_uploads(client_id: str, flow_id: str, limit: int = 100, org_id: str | None = None) -> str:
    """The files that a collection sent."""
    return ""


def list_flows(client_id: str, limit: int = 50, cursor: str | None = None, org_id: str | None = None) -> str:
    """The collections of a client, newest first."""
    return ""


def cancel_flow(client_id: str, flow_id: str, org_id: str | None = None) -> str:
    """Ends a collection."""
    return ""


def create_hunt(
    artifacts: list[str],
    description: str,
    parameters: dict[str, dict[str, Any]] | None = None,
    include_labels: list[str] | None = None,
    exclude_labels: list[str] | None = None,
    os_filter: str | None = None,
    expires_hours: int = 24,
    paused: bool = True,
    org_id: str | None = None,
) -> str:
    """Makes a hunt, a collection from many clients."""
    return ""


def estimate_hunt(
    include_labels: list[str] | None = None, exclude_labels: list[str] | None = None, os_filter: str | None = None
) -> str:
    """How many clients a hunt would reach."""
    return ""


def modify_hunt(hunt_id: str, action: str, org_id: str | None = None) -> str:
    """Starts or stops a hunt."""
    return ""


def list_hunts(state: str | None = None, limit: int = 50, cursor: str | None = None) -> str:
    """Hunts, newest first."""
    return ""


def get_hunt_results(
    hunt_id: str,
    artifact: str | None = None,
    client_id: str | None = None,
    fields: list[str] | None = None,
    where: str | None = None,
    limit: int = 1000,
    cursor: str | None = None,
) -> str:
    """The rows of a hunt."""
    return ""


def list_hunt_flows(hunt_id: str, limit: int = 100, cursor: str | None = None) -> str:
    """The collections that a hunt started."""
    return ""


def validate_vql(query: str) -> str:
    """Whether a query can run, and what it needs."""
    return ""


def vql_help(topic: str | None = None) -> str:
    """What the query language offers."""
    return ""


def list_orgs() -> str:
    """The organisations of the server."""
    return ""


TOOLS = [
    *(label_client, quarantine_client, list_artifacts, get_artifact, find_artifact, collect_artifact, triage_client),
    *(wait_for_flow, get_flow_status, get_flow_results, get_flow_logs, list_flow_uploads, list_flows, cancel_flow),
    *(create_hunt, estimate_hunt, modify_hunt, list_hunts, get_hunt_results, list_hunt_flows),
    *(validate_vql, vql_help, list_orgs),
]
