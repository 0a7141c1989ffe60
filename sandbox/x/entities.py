"""What X finds in a text: mentions, links with their t.co addresses, hashtags."""

import hashlib
import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from sandbox.x.model import Member

Json = dict[str, Any]
_MENTION = re.compile(r"(?<![\w@/])@([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_@])")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'’]")
_TAG = re.compile(r"(?<![\w#&/])#(\w*[^\W\d_]\w*)")
T_CO = "https://t.co/"
T_CO_LENGTH = 23


def mentioned(text: str) -> list[str]:
    """The handles a text names, lower case, without the @, in order, links left out."""
    return [found.group(1).lower() for found in _MENTION.finditer(_LINK.sub(" ", text))]


def leading(text: str) -> list[str]:
    """The handles a text begins with."""
    found = re.match(r"(?:\s*@[A-Za-z0-9_]{1,15}\b)+", text)
    return mentioned(found.group(0)) if found else []


def short(link: str) -> str:
    """The t.co address of a link: 23 characters, always the same for the same link."""
    letters = hashlib.sha256(link.encode()).hexdigest()[: T_CO_LENGTH - len(T_CO)]
    return T_CO + letters


@dataclass
class Wire:
    """A text as X sends it: links shortened, `&`, `<` and `>` escaped, and what stands where."""

    text: str
    entities: Json = field(default_factory=dict)


def wire(text: str, members: dict[str, Member]) -> Wire:
    """Shorten, escape and annotate; `members` by lower-case handle. Positions count code points before escaping."""
    urls: list[Json] = []
    parts: list[str] = []
    end = length = 0
    for found in _LINK.finditer(text):
        parts.append(text[end : found.start()])
        length += found.start() - end
        urls.append(_url(found.group(0), length))
        parts.append(short(found.group(0)))
        length += T_CO_LENGTH
        end = found.end()
    shortened = "".join([*parts, text[end:]])
    entities: Json = {"urls": urls} if urls else {}
    entities |= _found("mentions", [_mention(found, members) for found in _MENTION.finditer(shortened)])
    entities |= _found("hashtags", [_tag(found) for found in _TAG.finditer(shortened)])
    return Wire(escape(shortened, quote=False), entities)


def _found(name: str, things: list[Json]) -> Json:
    return {name: things} if things else {}


def _url(link: str, start: int) -> Json:
    shown = re.sub(r"^https?://(www\.)?", "", link)
    return {
        "start": start,
        "end": start + T_CO_LENGTH,
        "url": short(link),
        "expanded_url": link,
        "display_url": shown if len(shown) <= 27 else shown[:26] + "…",
    }


def _mention(found: re.Match[str], members: dict[str, Member]) -> Json:
    member = members.get(found.group(1).lower())
    fact: Json = {"start": found.start(), "end": found.end(), "username": member.username if member else found.group(1)}
    return fact | ({"id": member.id} if member else {})


def _tag(found: re.Match[str]) -> Json:
    return {"start": found.start(), "end": found.end(), "tag": found.group(1)}
