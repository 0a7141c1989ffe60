"""Reading posts to replay from CSV or JSONL; a line that is no post is refused by its number, with the reason."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TextIO

NAMES = {
    "id": ("id", "id_str", "post_id", "tweet_id"),
    "author": ("author", "username", "author_username", "screen_name", "handle", "user", "name"),
    "text": ("text", "full_text", "body", "content"),
    "created_at": ("created_at", "at", "date", "timestamp", "tweet_created"),
    "conversation": ("conversation", "conversation_id"),
    "reply_to": ("reply_to", "in_reply_to", "reply_to_id", "in_reply_to_id", "in_reply_to_status_id"),
    "lang": ("lang",),
}
"""Our words and what other people's files call them; the first that is there counts."""
LONGEST_ID = 19
LIMIT = 10_000_000
"""Characters a field may have before the CSV reader takes it for a broken quote."""
_TWITTER = "%a %b %d %H:%M:%S %z %Y"
_ZONE = re.compile(r"\s+([+-]\d{2}:?\d{2})$")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LINK = re.compile(r"https?://\S+")
_HANDLE = re.compile(r"(?<![\w@/])@([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_@])")


class NoFile(Exception):
    """The file can't be read as CSV or JSONL at all."""


class Unusable(ValueError):
    """This line is no post; the text says why."""


@dataclass(frozen=True)
class Given:
    """A post as the file has it; `line` is where."""

    line: int
    id: str
    author: str
    text: str
    created_at: datetime
    conversation: str | None = None
    reply_to: str | None = None
    lang: str | None = None

    @cached_property
    def handles(self) -> frozenset[str]:
        """The handles it mentions as X reads them, in lower case."""
        return frozenset(handle.lower() for handle in _HANDLE.findall(_LINK.sub(" ", self.text)))


@dataclass(frozen=True)
class Refusal:
    """A line that did not become a post, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class File:
    """What was read, in order of time. `lines` counts what should have been posts; `repeated` came twice alike."""

    lines: int
    posts: list[Given]
    refused: list[Refusal]
    repeated: int = 0


def read(path: Path) -> File:
    """Read the file. NoFile when there is nothing to read in it."""
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as text:
            return _sorted_out(_records(path, text))
    except OSError as why:
        raise NoFile(f"{path} can't be read: {why.strerror}") from None


def _sorted_out(records: Iterator[tuple[int, Any]]) -> File:
    lines, repeated = 0, 0
    posts, refused = dict[str, Given](), list[Refusal]()
    for number, record in records:
        lines += 1
        try:
            post = _post(number, record)
        except Unusable as why:
            refused.append(Refusal(number, str(why)))
            continue
        repeated += post.id in posts
        posts.setdefault(post.id, post)
    return File(lines, sorted(posts.values(), key=lambda post: post.created_at), refused, repeated)


def _records(path: Path, text: TextIO) -> Iterator[tuple[int, Any]]:
    beginning = text.read(1024).lstrip()
    text.seek(0)
    if beginning.startswith("{") or path.suffix.lower() in (".jsonl", ".ndjson", ".json"):
        yield from _json_lines(text)
    else:
        yield from _rows(path, text)


def _json_lines(text: TextIO) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text, 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError):
            yield number, Unusable("this is no JSON")


def _rows(path: Path, text: TextIO) -> Iterator[tuple[int, Any]]:
    csv.field_size_limit(LIMIT)
    reader = csv.reader(text)
    head = [name.strip().lower() for name in next(reader, [])]
    missing = [word for word in ("id", "author", "text", "created_at") if not set(NAMES[word]) & set(head)]
    if missing:
        raise NoFile(f"{path} has no column for {', '.join(missing)}: its first line must name the columns")
    number = reader.line_num + 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as why:
            yield number, Unusable(f"this is no CSV: {why}")
            number = reader.line_num + 1
            continue
        if row is None:
            return
        if any(row):
            yield number, dict(zip(head, row, strict=False)) if len(row) == len(head) else _uneven(head, row)
        number = reader.line_num + 1


def _uneven(head: list[str], row: list[str]) -> Unusable:
    return Unusable(f"the row has {len(row)} fields, the first line names {len(head)}")


def _post(number: int, record: Any) -> Given:
    if isinstance(record, Unusable):
        raise record
    if not isinstance(record, dict):
        raise Unusable("this is no object with id, author, text and created_at")
    return Given(
        number,
        _id(record, "id") or _missing("id"),
        _author(record),
        _text(record),
        _moment(_field(record, "created_at")),
        _id(record, "conversation"),
        _id(record, "reply_to"),
        _lang(record),
    )


def _lang(record: dict[str, Any]) -> str | None:
    """The language a network named; anything else in its place says nothing, and the post counts all the same."""
    value = _field(record, "lang")
    return value.strip() if isinstance(value, str) and _LANG.fullmatch(value.strip()) else None


def _author(record: dict[str, Any]) -> str:
    author = _field(record, "author")
    if isinstance(author, dict):
        author = _field(author, "author")
    if not isinstance(author, str) or not author.strip().lstrip("@"):
        raise Unusable("author must be a handle")
    return author.strip().lstrip("@")


def _text(record: dict[str, Any]) -> str:
    text = _field(record, "text")
    if not isinstance(text, str | None):
        raise Unusable("text must be a text")
    if text is None or not text.strip():
        raise Unusable("text is empty")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Unusable("text is no valid UTF-8")
    return text


def _field(record: dict[str, Any], word: str) -> Any:
    return next((record[name] for name in NAMES[word] if record.get(name) not in (None, "")), None)


def _id(record: dict[str, Any], word: str) -> str | None:
    value = _field(record, word)
    if value is None:
        return None
    number = str(value).strip()
    if isinstance(value, bool) or not (number.isascii() and number.isdigit() and len(number) <= LONGEST_ID):
        raise Unusable(f"{word} must be a post id of up to {LONGEST_ID} digits, not {number[:40]!r}")
    return number


def _missing(word: str) -> str:
    raise Unusable(f"{word} is missing")


def _moment(value: Any) -> datetime:
    if value is None:
        raise Unusable("created_at is missing")
    try:
        moment = _read_moment(_ZONE.sub(r"\1", str(value).strip()))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unusable(f"created_at must be a moment such as 2015-02-24T11:53:00Z, not {str(value)[:40]!r}") from None


def _read_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.strptime(text, _TWITTER)  # noqa: DTZ007 - the format has a zone
