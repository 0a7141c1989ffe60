"""Eyes on the workspace: when a message looked how, by the sandbox's live stream."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2


class Eyes:
    """Notes the wall time of everything the stream says of messages."""

    def __init__(self, port: int) -> None:
        self._open = threading.Event()
        self._closed = threading.Event()
        self._port = port
        self._seen: list[tuple[float, dict[str, Any]]] = []
        self.lost = False
        """Whether the stream went too fast for us; then the times can't be believed."""
        self._thread = threading.Thread(target=self._look, name="eyes", daemon=True)

    def changes(self, ts: str) -> list[float]:
        """When this message changed."""
        return [at for at, said in self._seen if said.get("ts") == ts and said.get("change") == "changed"]

    def changed(self) -> set[str]:
        """The messages that have changed."""
        return {said["ts"] for _, said in list(self._seen) if said.get("change") == "changed"}

    def start(self) -> None:
        """Return once the stream is open."""
        self._thread.start()
        self._open.wait(10)

    def stop(self) -> None:
        """Look away, at the next word."""
        self._closed.set()

    def _look(self) -> None:
        with httpx2.stream("GET", f"http://127.0.0.1:{self._port}/live", timeout=None, trust_env=False) as stream:
            kind = ""
            for line in stream.iter_lines():
                self._open.set()
                if self._closed.is_set():
                    return
                kind = self._note(kind, line)

    def _note(self, kind: str, line: str) -> str:
        if line.startswith("event: "):
            self.lost = self.lost or line == "event: lost"
            return line.removeprefix("event: ")
        if line.startswith("data: ") and kind == "message":
            self._seen.append((time.time(), json.loads(line.removeprefix("data: "))))
        return kind


@contextmanager
def watching(port: int) -> Iterator[Eyes]:
    """Eyes that are open meanwhile."""
    eyes = Eyes(port)
    eyes.start()
    try:
        yield eyes
    finally:
        eyes.stop()
