"""uvicorn on loopback, in a thread, so that the main one builds and hears Ctrl+C."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp

LOOPBACK: Final = "127.0.0.1"
BACKLOG: Final = 128  # who calls during the first build waits, and is answered after it
GRACE: Final = 3  # seconds that answers under way have when the server stops
_TICK: Final = 0.01


class PreviewServer:
    """A port of loopback, taken at once, so that a port in use is known before the long build."""

    def __init__(self, port: int) -> None:
        """Take the port; 0 takes a free one.

        Raises:
            OSError: another program has it, or the system does not give it.
        """
        self._socket = socket.create_server((LOOPBACK, port), backlog=BACKLOG)
        self.port: int = self._socket.getsockname()[1]

    @property
    def address(self) -> str:
        """The site's address, without a final slash."""
        return f"http://{LOOPBACK}:{self.port}"

    @contextmanager
    def answering(self, app: ASGIApp) -> Iterator[None]:
        """Answer with ``app`` on a thread of its own for the time of the block.

        Raises:
            RuntimeError: the server did not start; its thread has said why.
        """
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,  # one line a request would hide what the build says
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(_TICK)
        if not server.started:
            raise RuntimeError("uvicorn did not start")
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()
