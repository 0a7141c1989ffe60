"""Hanging up on Slack's socket: take nothing more, finish what was begun, acknowledge it, and only then close."""

import contextlib
import socket
import threading
from typing import Any

FINISH = 3.0
"""Machine seconds for clicks under way: each holds the gate 2 s at most."""


def hang_up(handler: Any) -> None:
    """Close Bolt's SocketModeHandler. Its own close() cuts the line first and may then wait ten seconds for a ping."""
    client = handler.client
    client.closed, client.auto_reconnect_enabled = True, False
    for runner in (client.message_processor, client.current_session_runner, client.current_app_monitor):
        runner.event.set()
    client.message_queue.put(None)  # wakes the thread that waits for the next envelope
    client.message_processor.thread.join(FINISH)
    finishing = threading.Thread(target=client.message_workers.shutdown, kwargs={"cancel_futures": True}, daemon=True)
    finishing.start()
    finishing.join(FINISH)
    _cut(client.current_session)


def _cut(session: Any) -> None:
    session.keep_running = False
    line = session.sock
    with contextlib.suppress(Exception):
        # The other side is told; if it is gone already there is nobody to tell.
        line.send_close()
        line.sock.shutdown(socket.SHUT_RDWR)
