"""Labelled posts from elsewhere, as the measurements of triage read them."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.reading import Reading, read

FOUND = "sanders"
"""The source whose posts a search found; those of the others were addressed to somebody."""
MENTIONS = "airline"


@dataclass(frozen=True)
class Post:
    """A labelled post as it was read; `topic` says what went wrong, where somebody noted it."""

    source: str
    domain: str
    text: str
    label: int
    reading: Reading
    topic: str = ""

    @property
    def addressed(self) -> bool:
        """Whether it was addressed to a brand."""
        return self.source != FOUND


def posts_of(file: Path) -> list[Post]:
    """The posts of a file of JSON lines."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [
        Post(r["source"], r["domain"], r["text"], int(r["label"]), read(r["text"]), r.get("topic") or "") for r in rows
    ]


def say(text: str = "") -> None:
    """A line of the table."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def labels_of(posts: Sequence[Post]) -> list[int]:
    """1 for each that complains."""
    return [post.label for post in posts]


def sources(posts: Sequence[Post]) -> dict[str, list[Post]]:
    """The posts of each source."""
    names = dict.fromkeys(post.source for post in posts)
    return {name: [post for post in posts if post.source == name] for name in names}
