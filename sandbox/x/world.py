"""The X side as a whole: people, posts, and everything that can happen to a post."""

from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.live import Bus
from sandbox.shelf import Shelf
from sandbox.world import World
from sandbox.x.demo import Demo
from sandbox.x.entities import leading
from sandbox.x.limits import Limits
from sandbox.x.members import Members
from sandbox.x.model import Member, Post
from sandbox.x.posts import Posts
from sandbox.x.settings import Mangled, Settings
from sandbox.x.snowflake import Mint

EDITS = 5
EDITABLE_FOR = 3600.0
"""Business seconds; X says 30 minutes in one place and one hour in another, so read `editable_until`."""


class Impossible(ValueError):
    """What was asked for can't be on X; the text says why."""


@dataclass(frozen=True)
class Draft:
    """A post to be. Without `id` or `at` it is one of now."""

    author: str
    text: str
    id: str | None = None
    at: float | None = None
    in_reply_to: str | None = None
    quote_of: str | None = None
    conversation_id: str | None = None
    reply_settings: str = "everyone"
    images: int = 0
    natively: bool = True
    lang: str = ""
    metrics: dict[str, int] = field(default_factory=dict)


@dataclass
class XSide:
    """Built once by sandbox.app; the routes and the control API work on it."""

    world: World
    clock: Clock
    shelf: Shelf
    faults: Faults
    live: Bus
    rates: float = 1.0
    members: Members = field(init=False)
    posts: Posts = field(init=False)
    limits: Limits = field(init=False)
    demo: Demo = field(init=False)
    settings: Settings = field(init=False)
    mangled: Mangled = field(init=False)
    mint: Mint = field(init=False)
    nonces: dict[str, float] = field(default_factory=dict)
    """OAuth nonces and when they were seen, machine time: each works once."""

    def __post_init__(self) -> None:
        self.members = Members(self.world.x, self.clock, self.shelf)
        self.posts = Posts(self.members, self.shelf)
        self.demo = Demo(self.world.x.demo, self.clock, self.shelf, self._publish_demo)
        self.mint = Mint()
        self.reset()
        self.clock.on_move.append(self.demo.wake)
        self.clock.sandbox_next.append(self.demo.next_at)

    def reset(self) -> None:
        """Begin with what the shelf holds."""
        self.members.load()
        self.posts.load()
        self.limits = Limits(self.clock, self.rates)
        self.settings = Settings.model_validate(self.shelf.get("x_settings", "settings") or {})
        self.mangled = Mangled(dict(self.shelf.all("x_mangled")))
        self.demo.load()

    def switch(self, changes: dict[str, Any]) -> None:
        """Change settings. Impossible names what is wrong."""
        try:
            self.settings = Settings.model_validate(self.settings.model_dump() | changes)
        except ValidationError as why:
            wrong = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in why.errors())
            raise Impossible(wrong) from None
        self.shelf.put("x_settings", "settings", self.settings.model_dump())
        self.clock.x_news += 1

    def publish(self, draft: Draft) -> Post:
        """Let somebody post. Impossible when the id is taken or the handle is none."""
        try:
            author = self.members.meet(draft.author)
        except ValueError as why:
            raise Impossible(str(why)) from None
        post_id = draft.id or self._new_id(draft.at)
        if post_id in self.posts.by_id:
            raise Impossible(f"there is already a post {post_id}")
        post = Post(
            id=post_id,
            author_id=author.id,
            text=draft.text,
            at=self.clock.time() if draft.at is None else draft.at,
            chain=post_id,
            conversation_id=draft.conversation_id or self.conversation_of(draft.in_reply_to) or post_id,
            in_reply_to=draft.in_reply_to,
            quote_of=draft.quote_of,
            reply_settings=draft.reply_settings,
            images=draft.images,
            natively=draft.natively,
            lang=draft.lang,
            metrics=draft.metrics,
            lead=self.lead_of(author, draft) if self.settings.implied_mentions else "",
        )
        self._announce(post, "new")
        return post

    def edit(self, post_id: str, text: str) -> Post:
        """Publish a newer version under a new id. Impossible after five edits or when the time is over."""
        old = self.posts.newest_of(self.known(post_id).chain)
        if old.deleted:
            raise Impossible(f"post {post_id} is deleted")
        if len(self.posts.chains[old.chain]) > EDITS:
            raise Impossible(f"post {post_id} was edited {EDITS} times already")
        if self.clock.time() > self.editable_until(old):
            raise Impossible(f"post {post_id} can't be edited any more")
        new = replace(old, id=self._new_id(None), text=text)
        self.posts.take_out(old, deleted=False)
        self._announce(new, "edited")
        return new

    def count(self, post_id: str, metrics: dict[str, int]) -> Post:
        """Let X count this of a post from now on; what isn't named stays."""
        post = self.posts.newest_of(self.known(post_id).chain)
        post.metrics = post.metrics | metrics
        self.posts.keep(post)
        self.tell_news()
        return post

    def delete(self, post_id: str) -> Post:
        """Delete every version of the post."""
        post = self.known(post_id)
        for version in self.posts.chains[post.chain]:
            self.posts.take_out(self.posts.by_id[version], deleted=True)
        self.tell_news()
        self.live.say("x_post", id=post.chain, change="deleted")
        return post

    def tell_news(self) -> None:
        """Something has happened that a look at X would show."""
        self.clock.x_news += 1
        self.clock.touch()

    def known(self, post_id: str) -> Post:
        """The post, or Impossible."""
        post = self.posts.by_id.get(post_id)
        if post is None:
            raise Impossible(f"there is no post {post_id}")
        return post

    def editable_until(self, post: Post) -> float:
        """Counted from the first version, epoch seconds."""
        return self.posts.by_id[post.chain].at + EDITABLE_FOR

    def conversation_of(self, target: str | None) -> str | None:
        """The conversation a reply to `target` joins; an unknown target is taken for its root."""
        post = self.posts.by_id.get(target or "")
        return post.conversation_id if post else target

    def lead_of(self, author: Member, draft: Draft) -> str:
        """The handles X puts before a reply: whom it answers, unless the text begins with them."""
        target = self.posts.by_id.get(draft.in_reply_to or "")
        if target is None or target.author_id == author.id:
            return ""
        answered = self.members.by_id[target.author_id].username
        return "" if answered.lower() in leading(draft.text) else f"@{answered} "

    def _new_id(self, at: float | None) -> str:
        moment = self.clock.time() if at is None else at
        number = self.mint.next(moment) if at is None else Mint().next(moment)
        while str(number) in self.posts.by_id:
            number += 1
        return str(number)

    def _announce(self, post: Post, change: str) -> None:
        self.posts.add(post)
        self.clock.x_news += 1
        if post.natively:
            self.clock.touch()
        self.live.say("x_post", id=post.id, change=change)

    def _publish_demo(self, author: str, text: str, at: float) -> None:
        self.publish(Draft(author, text, at=at))
