"""Makes the harness importable as `harness`, and gives tests a running client."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from harness import Client


@pytest.fixture
def client() -> Iterator[Client]:
    """A server that has been started and asked nothing yet."""
    with Client() as started:
        yield started


@pytest.fixture
def session(client: Client) -> Client:
    """A server past its handshake with a client that can do nothing."""
    client.initialize()
    return client
