"""Hands that press at one moment: prepared requests on open lines, so that pressing costs next to nothing."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

from bench.town import PATIENCE

AT_ONCE = 100
"""Lines that are opened together: a listener's queue is short."""


@dataclass(frozen=True)
class Press:
    """What somebody presses, and `at` how many seconds after the start."""

    order: dict[str, Any]
    at: float = 0.0


@dataclass(frozen=True)
class Pressed:
    """When it was pressed, by this machine's wall clock, and what the control API answered."""

    at: float
    answer: dict[str, Any]

    @property
    def acked_ms(self) -> float | None:
        """Milliseconds until the app acknowledged; None when it didn't in time."""
        ms: float | None = self.answer["acked_ms"]
        return ms


def press(port: int, presses: list[Press]) -> list[Pressed]:
    """Press everything, each at its moment, and wait for the answers; in the order of `presses`."""
    return asyncio.run(_press(port, presses))


async def _press(port: int, presses: list[Press]) -> list[Pressed]:
    lines = []
    for start in range(0, len(presses), AT_ONCE):
        portion = presses[start : start + AT_ONCE]
        lines += await asyncio.gather(*(asyncio.open_connection("127.0.0.1", port) for _ in portion))
    loop = asyncio.get_running_loop()
    began = loop.time() + 0.2
    answers = (_one(line, one, began + one.at) for line, one in zip(lines, presses, strict=True))
    return list(await asyncio.wait_for(asyncio.gather(*answers), PATIENCE + presses[-1].at))


async def _one(line: tuple[asyncio.StreamReader, asyncio.StreamWriter], one: Press, moment: float) -> Pressed:
    reader, writer = line
    body = json.dumps(one.order).encode()
    head = f"POST /control/slack/click HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    await asyncio.sleep(max(0.0, moment - asyncio.get_running_loop().time()))
    at = time.time()
    writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
    told = await reader.read()
    writer.close()
    return Pressed(at, json.loads(told.partition(b"\r\n\r\n")[2]))
