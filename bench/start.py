"""B9: how long until both have found each other, and the memory the bot takes, idle and after a busy day."""

import time

from bench.machine import memory
from bench.rows import Row
from bench.town import town

POSTS, IN_A_HURRY = 2_000, 100
PORTION = 400
"""X's mentions timeline gives the newest 800."""


def measure(*, quick: bool) -> list[Row]:
    """From the bot's first breath to READY; the sandbox stands already, as Slack and X do."""
    count = IN_A_HURRY if quick else POSTS
    with town(rates=1000) as place:
        place.start_sandbox()
        began = time.perf_counter()
        place.start_bot()
        ready = time.perf_counter() - began
        place.settle()
        idle = memory(place.pid("the bot"))
        for start in range(0, count, PORTION):
            for number in range(start, min(count, start + PORTION)):
                place.post(
                    "/control/x/posts",
                    author=f"start_{number}",
                    text=f"@TidewellGyms number {number} waits, your staff are rude",
                )
            place.settle(600)
        busy = memory(place.pid("the bot"))
    return [
        Row("start", count, "the bot's start to READY", round(ready, 2), "s"),
        Row("start", count, "resident memory, idle", idle, "MiB"),
        Row("start", count, f"resident memory after {count} posts", busy, "MiB", "idle", round(busy / idle, 2)),
    ]
