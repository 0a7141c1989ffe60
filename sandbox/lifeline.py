"""Ends a process whose starter is gone, even by kill -9: the starter holds the other end of a pipe and never writes."""

import os
import signal
from threading import Event, Thread

NAME = "DIBS_LIFELINE_FD"
"""The environment's word for the pipe's number."""
GRACE = 8.0
"""Machine seconds for the ordinary way out."""


def watch() -> None:
    """Start to watch, if the starter gave us a lifeline."""
    number = os.environ.get(NAME)
    if number is None:
        return
    # What this process starts must not hold the pipe open.
    os.set_inheritable(int(number), False)
    Thread(target=_end_with, args=(int(number),), name="lifeline", daemon=True).start()


def _end_with(pipe: int) -> None:
    os.read(pipe, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    Event().wait(GRACE)
    os._exit(1)
