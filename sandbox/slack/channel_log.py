"""The messages of one channel in order, with their threads; every look-up is by key or by bisection."""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


def tidy(ts: str) -> str:
    """A ts as Slack writes it (ten digits, a dot, six digits), so that text order is time order."""
    seconds, _, micros = str(ts).partition(".")
    return f"{seconds.zfill(10)}.{micros[:6].ljust(6, '0')}"


@dataclass
class ChannelLog:
    """`messages` by ts; `roots` are the ts that stand in the channel itself, broadcast replies among them."""

    messages: dict[str, Json] = field(default_factory=dict)
    metadata: dict[str, Json] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)
    threads: dict[str, list[str]] = field(default_factory=dict)
    last: str = "0000000000.000000"

    def next_ts(self, now: float) -> str:
        """A ts for now, later than every ts given out before in this channel."""
        ts = f"{now:.6f}"
        if ts <= self.last:
            seconds, micros = self.last.split(".")
            ts = f"{int(seconds)}.{int(micros) + 1:06d}" if micros < "999999" else f"{int(seconds) + 1}.000000"
        self.last = ts
        return ts

    def add(self, message: Json, metadata: Json | None) -> None:
        """Keep a message where it belongs and bring its thread's parent up to date."""
        ts, thread_ts = message["ts"], message.get("thread_ts")
        self.last = max(self.last, ts)
        self.messages[ts] = message
        self.keep_metadata(ts, metadata)
        if thread_ts is None or thread_ts == ts or message.get("subtype") == "thread_broadcast":
            insort(self.roots, ts)
        if thread_ts is not None and thread_ts != ts:
            insort(self.threads.setdefault(thread_ts, []), ts)
            self.sum_up(thread_ts)

    def keep_metadata(self, ts: str, metadata: Json | None) -> None:
        """Keep the message's metadata apart from it; None or an empty object forgets."""
        if metadata:
            self.metadata[ts] = metadata
        else:
            self.metadata.pop(ts, None)

    def remove(self, ts: str) -> Json:
        """Take a message out; its thread's parent is brought up to date."""
        message = self.messages.pop(ts)
        self.metadata.pop(ts, None)
        _take(self.roots, ts)
        thread_ts = message.get("thread_ts")
        if thread_ts is not None and thread_ts != ts:
            _take(self.threads[thread_ts], ts)
            self.sum_up(thread_ts)
        return message

    def sum_up(self, thread_ts: str) -> None:
        """Write the thread's figures on its parent."""
        parent, replies = self.messages.get(thread_ts), self.threads.get(thread_ts, [])
        if parent is None:
            return
        if not replies:
            for key in ("thread_ts", "reply_count", "reply_users_count", "latest_reply", "reply_users"):
                parent.pop(key, None)
            return
        last = self.messages[replies[-1]]
        users = parent.get("reply_users", [])
        if len(users) != parent.get("reply_users_count") or last["user"] not in users:
            users = list(dict.fromkeys(self.messages[reply]["user"] for reply in replies))
        parent |= {"thread_ts": thread_ts, "reply_count": len(replies), "reply_users_count": len(users)}
        parent |= {"latest_reply": replies[-1], "reply_users": users, "is_locked": False, "subscribed": False}

    def after(self, ts: str) -> list[str]:
        """The roots later than `ts`."""
        return self.roots[bisect_right(self.roots, ts) :]


def span(order: list[str], oldest: str, latest: str, *, inclusive: bool) -> tuple[int, int]:
    """The slice of `order` after `oldest` and before `latest`, the ends themselves only if inclusive."""
    low = bisect_left(order, oldest) if inclusive else bisect_right(order, oldest)
    high = bisect_right(order, latest) if inclusive else bisect_left(order, latest)
    return low, max(low, high)


def _take(order: list[str], ts: str) -> None:
    at = bisect_left(order, ts)
    if at < len(order) and order[at] == ts:
        del order[at]
