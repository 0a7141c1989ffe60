"""The HTTP server: uvicorn, with the connection within reach of ordered faults and an end that waits for nobody."""

import asyncio
import socket
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

GRACE = 2
"""Wall seconds for requests under way when the sandbox stops."""


class Connection(H11Protocol):
    """Puts the transport into each request's state: a fault may have to tear it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows the type just so
        """A client connected."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class Server(uvicorn.Server):
    """Before it stops, it lets go of the page's streams, long polls and sockets."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if self.started:
            self._sandbox().begin()
            print(f"sandbox ready on {self._sandbox().slack.origin}", flush=True)  # noqa: T201 - who starts it waits for it

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        await self._sandbox().close()
        await super().shutdown(sockets)

    def _sandbox(self) -> Any:
        app = self.config.app
        return app.state.sandbox if isinstance(app, Starlette) else None


def server_for(app: Starlette) -> Server:
    """A server for the application; run it with the socket from `listen`."""
    return Server(
        uvicorn.Config(
            app,
            http=Connection,
            ws="websockets-sansio",
            ws_per_message_deflate=False,  # on loopback it only costs time
            lifespan="off",
            log_level="warning",
            access_log=False,
            timeout_keep_alive=60,
            timeout_graceful_shutdown=GRACE,
        )
    )


def listen(port: int) -> socket.socket:
    """A socket on 127.0.0.1; port 0 takes a free one. OSError when the port is taken."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio sends at once only then
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
    except OSError:
        taken.close()
        raise
    taken.listen(1024)
    return taken
