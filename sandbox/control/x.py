"""Everything a person can do on X, as HTTP calls: post, edit, delete, look, and switch how X behaves."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.errors import Json, Wrong, body_of, maybe, text
from sandbox.x.model import PUBLIC_METRICS, VERIFIED, Post
from sandbox.x.tongue import CODE, tongue
from sandbox.x.wire import moment
from sandbox.x.world import Draft, Impossible, XSide

LONGEST = 25_000
MOST = 10**12
REPLY_SETTINGS = ("everyone", "following", "mentionedUsers", "subscribers", "verified")
Gesture = Callable[[Json], Any]


def routes(side: XSide) -> list[BaseRoute]:
    """/control/x/…"""
    acts = Acts(side)
    return [
        Route("/control/x/brand", _looking(side, lambda _limit: acts.brand()), methods=["GET"]),
        Route("/control/x/posts", _looking(side, acts.posts), methods=["GET"]),
        Route("/control/x/replies", _looking(side, lambda _limit: acts.replies()), methods=["GET"]),
        Route("/control/x/settings", _looking(side, lambda _limit: side.settings.model_dump()), methods=["GET"]),
        Route("/control/x/posts", _acting(acts.publish), methods=["POST"]),
        Route("/control/x/edit", _acting(acts.edit), methods=["POST"]),
        Route("/control/x/delete", _acting(acts.delete), methods=["POST"]),
        Route("/control/x/metrics", _acting(acts.count), methods=["POST"]),
        Route("/control/x/people", _acting(acts.change_person), methods=["POST"]),
        Route("/control/x/mangle", _acting(acts.mangle), methods=["POST"]),
        Route("/control/x/settings", _acting(acts.switch), methods=["POST"]),
    ]


class Acts:
    """Each method takes the call's JSON and answers JSON, or raises Wrong or Impossible."""

    def __init__(self, side: XSide) -> None:
        self._side = side

    def brand(self) -> Json:
        """The first account."""
        brand = self._side.members.brand
        return {"username": brand.username, "id": brand.id}

    def posts(self, limit: int) -> list[Json]:
        """The newest posts of everybody, newest first; of edited ones the version that stands."""
        newest: list[Post] = []
        for post in reversed(self._side.posts.by_id.values()):
            if len(newest) == limit:
                break
            if not post.replaced:
                newest.append(post)
        return [self._shown(post) for post in newest]

    def replies(self) -> list[Json]:
        """What the brand has published, oldest first."""
        written = [post for post in self._side.posts.by_id.values() if post.stands and self._ours(post)]
        return [
            {"id": post.id, "in_reply_to": post.in_reply_to, "text": post.text, "at": moment(post.at)}
            | {"account": self._side.members.by_id[post.author_id].username, "natively": post.natively}
            for post in sorted(written, key=lambda post: post.number)
        ]

    def publish(self, body: Json) -> Json:
        """Let somebody post; the brand as author is a reply typed on X itself."""
        settings = maybe(body, "reply_settings") or "everyone"
        if settings not in REPLY_SETTINGS:
            raise Wrong(f"`reply_settings` must be one of {', '.join(REPLY_SETTINGS)}")
        draft = Draft(
            author=text(body, "author"),
            text=_words(body),
            id=_id(body, "id"),
            at=_at(body),
            in_reply_to=_id(body, "in_reply_to"),
            quote_of=_id(body, "quote_of"),
            conversation_id=_id(body, "conversation_id"),
            reply_settings=settings,
            images=_number(body, "images", 4),
            lang=_lang(body),
            metrics=_metrics(body),
        )
        return {"id": self._side.publish(draft).id}

    def edit(self, body: Json) -> Json:
        """Publish a newer version; the answer's id is the new one."""
        post = self._side.known(_need_id(body))
        return {"id": self._side.edit(post.id, _words(body)).id}

    def delete(self, body: Json) -> Json:
        """Delete a post with all its versions."""
        return {"id": self._side.delete(_need_id(body)).id, "deleted": True}

    def count(self, body: Json) -> Json:
        """Let X count views, reposts and so on of a post."""
        post = self._side.count(_need_id(body), _metrics(body))
        return {"id": post.id, "metrics": post.metrics}

    def change_person(self, body: Json) -> Json:
        """Protect, suspend, rename or verify somebody, or give them followers."""
        member = self._side.members.meet(text(body, "username"))
        for name in ("protected", "suspended"):
            value = body.get(name, getattr(member, name))
            if not isinstance(value, bool):
                raise Wrong(f"`{name}` must be true or false")
            setattr(member, name, value)
        member.name = maybe(body, "name") or member.name
        member.followers = _number(body, "followers", MOST, member.followers)
        member.verified_type = maybe(body, "verified_type") or member.verified_type
        if member.verified_type not in VERIFIED:
            raise Wrong(f"`verified_type` must be one of {', '.join(VERIFIED)}")
        self._side.members.keep(member)
        self._side.tell_news()
        return asdict(member)

    def mangle(self, body: Json) -> Json:
        """Change what the API sends of a post: fields by name, null to leave one out."""
        changes = body.get("changes")
        if not isinstance(changes, dict):
            raise Wrong("`changes` must be an object")
        post = self._side.known(_need_id(body))
        self._side.mangled.by_id[post.id] = changes
        self._side.shelf.put("x_mangled", post.id, changes)
        self._side.clock.x_news += 1
        return {"id": post.id, "changes": changes}

    def switch(self, body: Json) -> Json:
        """Change how X behaves."""
        self._side.switch(body)
        return self._side.settings.model_dump()

    def _ours(self, post: Post) -> bool:
        return self._side.members.is_account(self._side.members.by_id[post.author_id])

    def _shown(self, post: Post) -> Json:
        author = self._side.members.by_id[post.author_id]
        return {
            "id": post.id,
            "author": author.username,
            "name": author.name,
            "text": post.text,
            "at": moment(post.at),
            "in_reply_to": post.in_reply_to,
            "quote_of": post.quote_of,
            "conversation_id": post.conversation_id,
            "images": post.images,
            "lang": post.lang or tongue(post.text),
            "metrics": post.metrics,
            "deleted": post.deleted,
            "edited": post.id != post.chain,
            "brand": self._ours(post),
        }


def _looking(side: XSide, look: Callable[[int], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        side.demo.wake()
        limit = request.query_params.get("limit", "50")
        if not limit.isdigit() or int(limit) < 1:
            raise Wrong("`limit` must be a whole number of at least 1")
        return JSONResponse(look(int(limit)))

    return answer


def _acting(act: Gesture) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(act(await body_of(request)))
        except (Impossible, ValueError) as why:
            raise Wrong(str(why), 404 if "there is no" in str(why) else 409) from None

    return answer


def _words(body: Json) -> str:
    words = body.get("text")
    if not isinstance(words, str):
        raise Wrong("`text` must be a text")
    if len(words) > LONGEST:
        raise Wrong(f"`text` has {len(words)} characters; X takes {LONGEST} at most")
    return words


def _id(body: Json, name: str) -> str | None:
    value = maybe(body, name)
    if value is not None and not (value.isascii() and value.isdigit() and len(value) <= 19):
        raise Wrong(f"`{name}` must be a post id: up to 19 digits, as a text")
    return value


def _need_id(body: Json) -> str:
    value = _id(body, "id")
    if value is None:
        raise Wrong("`id` must be a post id: up to 19 digits, as a text")
    return value


def _at(body: Json) -> float | None:
    value = maybe(body, "created_at")
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise Wrong(f"`created_at` must be a moment such as 2026-11-23T09:00:00Z, not {value!r}") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _number(body: Json, name: str, most: int, otherwise: int = 0) -> int:
    value = body.get(name, otherwise)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise Wrong(f"`{name}` must be a whole number from 0 to {most}")
    return value


def _lang(body: Json) -> str:
    code = maybe(body, "lang") or ""
    if code and not CODE.fullmatch(code):
        raise Wrong("`lang` must be a language code such as en, und or hi-Latn")
    return code


def _metrics(body: Json) -> dict[str, int]:
    metrics = body.get("metrics", {})
    if not isinstance(metrics, dict) or not set(metrics) <= set(PUBLIC_METRICS):
        raise Wrong(f"`metrics` must be an object of {', '.join(PUBLIC_METRICS)}")
    return {name: _number(metrics, name, MOST) for name in metrics}
