"""What pygls serves: every request that is not on the path of a keystroke."""

from __future__ import annotations

from mldebt.lsp.protocol import Server
from mldebt.lsp.session import Session


def build(session: Session) -> Server:
    return Server(session.outbox)
