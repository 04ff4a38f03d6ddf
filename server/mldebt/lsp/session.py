"""One editor's session: the state that handlers share. Holds things together and decides nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from mldebt.lsp.capabilities import Client, Json
from mldebt.lsp.dispatch import Dispatcher
from mldebt.lsp.documents import Documents, Open
from mldebt.lsp.projects import Project, Projects
from mldebt.lsp.transport import Outbox

if TYPE_CHECKING:
    import asyncio

FLUSH_SECONDS = 1.0
# A client that does not read is not worth waiting for any longer; a dead one fails at once.


class Session:
    def __init__(self, outbox: Outbox, dispatcher: Dispatcher) -> None:
        self.outbox = outbox
        self.dispatcher = dispatcher
        self.client = Client()
        self.initialize_params: Json = {}
        self.documents = Documents()
        self.projects = Projects()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.trace = "off"
        self.scan: Callable[[], None] = lambda: None
        """Look at every file of the workspace anew."""
        self.message_waits: Callable[[], bool] = lambda: False
        """Whether the client has sent something that nobody has read."""
        self.at_exit: list[Callable[[], None]] = []
        """Called before the process ends: end workers, close files. Quick, and may not raise."""

    def project_of(self, document: Open) -> Project:
        return self.projects.at(document.folder)

    def leave(self, code: int) -> None:
        """End the process now. The client has everything that was sent, if it reads."""
        self.outbox.flush(FLUSH_SECONDS)
        for function in self.at_exit:
            function()
        os._exit(code)
