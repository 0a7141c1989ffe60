"""X's JSON into posts: both families of field names, nothing assumed, nothing thrown away without a reason."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Any

from domain.posts import IncomingPost, RefusedPost
from networks.x_counts import carried

Json = dict[str, Any]
EPOCH_MS = 1_288_834_974_657
_ID = re.compile(r"[0-9]{1,19}")
_STATUS_LINK = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(\w{1,30})/status/(\d+)", re.IGNORECASE)


class NoPost(Exception):
    """This can't be read as a post; the text says why."""


@dataclass
class Company:
    """What came along with the posts of an answer: people, other posts, media, by id."""

    people: dict[str, Json] = field(default_factory=dict)
    posts: dict[str, Json] = field(default_factory=dict)
    media: dict[str, Json] = field(default_factory=dict)

    def handle(self, user_id: Any) -> str | None:
        """Lower case, or None for somebody unknown."""
        name = self.people.get(str(user_id), {}).get("username")
        return name.lower() if isinstance(name, str) and name else None

    def handle_of_author(self, post_id: str | None) -> str | None:
        """The handle of a post's author, where X sent both."""
        return self.handle(self.posts.get(post_id or "", {}).get("author_id"))


def company_of(body: Json) -> Company:
    """Read `includes`; what is malformed there is as if it had not come."""
    includes = _object(body.get("includes"))
    return Company(
        {str(user.get("id")): user for user in _objects(includes.get("users"))},
        {str(post.get("id")): post for name in ("tweets", "posts") for post in _objects(includes.get(name))},
        {str(media.get("media_key")): media for media in _objects(includes.get("media"))},
    )


def posts_of(body: Json, page: str) -> tuple[list[IncomingPost], list[RefusedPost]]:
    """Every post of `data`, and for what isn't one the reason; `page` is where people read posts."""
    company = company_of(body)
    data = body.get("data")
    posts: list[IncomingPost] = []
    refused: list[RefusedPost] = []
    for raw in data if isinstance(data, list) else [data] if data else []:
        try:
            posts.append(post_of(raw, company, page))
        except NoPost as why:
            refused.append(RefusedPost(_id_or_none(raw), str(why)))
    return posts, refused


def post_of(raw: Any, company: Company, page: str) -> IncomingPost:
    """One post. Raises NoPost only where nothing could be shown to anybody; all else has a fallback."""
    if not isinstance(raw, dict):
        raise NoPost(f"not an object but {type(raw).__name__}")
    post_id, author_id = _need_id(raw, "id"), _need_id(raw, "author_id")
    author = company.people.get(author_id, {})
    handle = company.handle(author_id) or ""
    replied, quoted = _referenced(raw, "replied_to"), _referenced(raw, "quoted")
    return IncomingPost(
        network="x",
        post_id=post_id,
        author_id=author_id,
        author_handle=handle,
        author_name=unescape(_text(author.get("name")) or handle),
        text=_words(raw),
        created_at=_moment(raw.get("created_at")) or made_at(post_id),
        conversation_id=_id(raw.get("conversation_id")) or post_id,
        in_reply_to=replied,
        in_reply_to_author=company.handle(raw.get("in_reply_to_user_id")) or company.handle_of_author(replied),
        quote_of=quoted,
        quote_of_author=company.handle_of_author(quoted) or _linked_author(raw, quoted),
        mentions=_mentions(raw),
        images=_images(raw, company),
        protected=author.get("protected") is True,
        reply_settings=_text(raw.get("reply_settings")) or "everyone",
        version_ids=_versions(raw, post_id),
        url=f"{page}/{_text(author.get('username')) or 'i'}/status/{post_id}",
        language=_text(raw.get("lang")),
        carried=carried(raw, author),
    )


def made_at(post_id: str) -> datetime:
    """The moment in the id itself."""
    return datetime.fromtimestamp(((int(post_id) >> 22) + EPOCH_MS) / 1000, UTC)


def _words(raw: Json) -> str:
    note = _object(raw.get("note_tweet") or raw.get("note_post"))
    source = note if isinstance(note.get("text"), str) else raw
    text = source.get("text")
    if not isinstance(text, str):
        raise NoPost("it has no text")
    words = unescape(text)
    for link in _objects(_object(source.get("entities") or raw.get("entities")).get("urls")):
        short, long = link.get("url"), link.get("expanded_url")
        if isinstance(short, str) and short and isinstance(long, str):
            words = words.replace(short, long)
    return words


def _referenced(raw: Json, kind: str) -> str | None:
    for reference in _objects(raw.get("referenced_tweets") or raw.get("referenced_posts")):
        if reference.get("type") == kind:
            return _id(reference.get("id"))
    return None


def _linked_author(raw: Json, quoted: str | None) -> str | None:
    """A quote carries a link to the quoted post, and the link names its author."""
    for link in _objects(_object(raw.get("entities")).get("urls")):
        found = _STATUS_LINK.match(_text(link.get("expanded_url")) or "")
        if found and found.group(2) == quoted:
            return found.group(1).lower()
    return None


def _mentions(raw: Json) -> tuple[str, ...]:
    note = _object(raw.get("note_tweet") or raw.get("note_post"))
    found = [
        name.lower()
        for source in (raw, note)
        for mention in _objects(_object(source.get("entities")).get("mentions"))
        if (name := _text(mention.get("username")))
    ]
    return tuple(dict.fromkeys(found))


def _images(raw: Json, company: Company) -> int:
    keys = _object(raw.get("attachments")).get("media_keys")
    if not isinstance(keys, list):
        return 0
    return sum(company.media.get(str(key), {}).get("type", "photo") == "photo" for key in keys)


def _versions(raw: Json, post_id: str) -> tuple[str, ...]:
    history = raw.get("edit_history_tweet_ids") or raw.get("edit_history_post_ids")
    ids = [one for one in history if _id(one)] if isinstance(history, list) else []
    return tuple(ids) or (post_id,)


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _need_id(raw: Json, name: str) -> str:
    value = _id(raw.get(name))
    if value is None:
        raise NoPost(f"its {name} is {raw.get(name)!r:.60}" if name in raw else f"it has no {name}")
    return value


def _id(value: Any) -> str | None:
    return value if isinstance(value, str) and _ID.fullmatch(value) and value.isascii() else None


def _id_or_none(raw: Any) -> str | None:
    return _id(raw.get("id")) if isinstance(raw, dict) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
