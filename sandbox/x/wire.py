"""Posts and people as X sends them: only what was asked for, in the naming family that is switched on."""

from datetime import UTC, datetime
from typing import Any

from sandbox.x.asked import Asked
from sandbox.x.entities import wire
from sandbox.x.model import PUBLIC_METRICS, Member, Post
from sandbox.x.problems import not_authorized, not_found
from sandbox.x.tongue import tongue
from sandbox.x.world import XSide

Json = dict[str, Any]
NOTE_FROM = 280
"""Longer posts come cut, with the whole text in `note_tweet`."""
UNCOUNTED = ("following_count", "tweet_count", "listed_count", "like_count")
"""What X also counts of people, and the sandbox doesn't."""
RENAMED = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "note_tweet": "note_post",
    "tweets": "posts",
    "tweet_count": "post_count",
}


def moment(seconds: float) -> str:
    """RFC 3339 with milliseconds, as X writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Writer:
    """Writes one answer; collects what its expansions include."""

    def __init__(self, side: XSide, asked: Asked) -> None:
        self._side, self._asked = side, asked
        self._new_names = side.settings.naming != "tweet"
        self._users: dict[str, Member] = {}
        self._posts: dict[str, Post] = {}
        self._media: dict[str, Json] = {}
        self.errors: list[Json] = []

    def post(self, post: Post) -> Json:
        """A post of `data`, and note what it refers to."""
        self._include_of(post)
        return self._written(post)

    def user(self, member: Member) -> Json:
        """A person: id, name, username and what was asked for."""
        everything = {
            "created_at": moment(member.created_at),
            "protected": member.protected,
            "verified": member.verified_type != "none",
            "verified_type": member.verified_type,
            "description": "",
            "profile_image_url": "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png",
            "public_metrics": {"followers_count": member.followers} | dict.fromkeys(UNCOUNTED, 0),
            "receives_your_dm": False,
        }
        shown = {name: value for name, value in everything.items() if name in self._asked.users}
        return {"id": member.id, "name": member.name, "username": member.username} | self._named(shown)

    def includes(self) -> Json:
        """What the expansions brought in, or nothing."""
        users = [self.user(member) for member in self._users.values()]
        posts = [self._written(post) for post in self._posts.values()]
        found: Json = {"users": users, "tweets": posts, "media": list(self._media.values())}
        return self._named({kind: things for kind, things in found.items() if things})

    def _written(self, post: Post) -> Json:
        history = [one for one in self._side.posts.chains[post.chain] if int(one) <= post.number]
        full = wire(post.lead + post.text, self._side.members.by_handle)
        shown: Json = {"id": post.id, "text": full.text, "edit_history_tweet_ids": history}
        extras = self._extras(post) | {"entities": full.entities}
        if len(post.text) > NOTE_FROM:
            cut = wire((post.lead + post.text)[: NOTE_FROM - 1] + "…", self._side.members.by_handle)
            note = {"text": full.text} | ({"entities": full.entities} if full.entities else {})
            shown["text"] = cut.text
            extras |= {"entities": cut.entities, "note_tweet": note}
        asked = {name: value for name, value in extras.items() if name in self._asked.posts and value not in (None, {})}
        return self._side.mangled.apply(post.id, self._named(shown | asked))

    def _extras(self, post: Post) -> Json:
        until = self._side.editable_until(post)
        left = 5 - len(self._side.posts.chains[post.chain]) + 1
        extras: Json = {
            "author_id": post.author_id,
            "created_at": moment(post.at),
            "conversation_id": post.conversation_id,
            "lang": post.lang or tongue(post.text),
            "possibly_sensitive": False,
            "reply_settings": post.reply_settings,
            "display_text_range": [len(post.lead), min(len(post.lead + post.text), NOTE_FROM)],
            "edit_controls": {"edits_remaining": left, "is_edit_eligible": True, "editable_until": moment(until)},
            "public_metrics": dict.fromkeys(PUBLIC_METRICS, 0) | post.metrics,
            "in_reply_to_user_id": self._side.posts.author_of(post.in_reply_to),
            "referenced_tweets": _references(post) or None,
        }
        if post.images:
            extras["attachments"] = {"media_keys": _media_keys(post)}
        return extras

    def _include_of(self, post: Post) -> None:
        wanted = self._asked.expansions
        for member_id in self._people_of(post):
            self._include_user(member_id)
        if "attachments.media_keys" in wanted:
            self._media |= {key: {"media_key": key, "type": "photo"} for key in _media_keys(post)}
        if wanted & {"referenced_tweets.id", "referenced_tweets.id.author_id"}:
            self._include_references(post)

    def _people_of(self, post: Post) -> list[str | None]:
        wanted = self._asked.expansions
        mentions = wire(post.text, self._side.members.by_handle).entities.get("mentions", [])
        people: dict[str, list[str | None]] = {
            "author_id": [post.author_id],
            "in_reply_to_user_id": [self._side.posts.author_of(post.in_reply_to)],
            "entities.mentions.username": [mention.get("id") for mention in mentions],
        }
        return [one for expansion, found in people.items() if expansion in wanted for one in found]

    def _include_references(self, post: Post) -> None:
        for reference in _references(post):
            target = self._side.posts.by_id.get(reference["id"])
            problem = self.unseen(target, "referenced_tweets.id", reference["id"])
            if problem is not None or target is None:
                self.errors.append(problem or {})
                continue
            self._posts[target.id] = target
            if "referenced_tweets.id.author_id" in self._asked.expansions:
                self._include_user(target.author_id)

    def _include_user(self, member_id: str | None) -> None:
        member = self._side.members.by_id.get(member_id or "")
        if member is not None:
            self._users[member.id] = member

    def unseen(self, post: Post | None, parameter: str, value: str) -> Json | None:
        """Why a post can't be shown, as an entry of `errors`; None when it can."""
        if post is None or post.deleted:
            return not_found("tweet", parameter, value)
        author = self._side.members.by_id[post.author_id]
        if author.protected or author.suspended:
            return not_authorized("tweet", parameter, value)
        return None

    def _named(self, shown: Json) -> Json:
        if not self._new_names:
            return shown
        return {RENAMED.get(name, name): value for name, value in shown.items()}


def _references(post: Post) -> list[Json]:
    replied = [{"type": "replied_to", "id": post.in_reply_to}] if post.in_reply_to else []
    return replied + ([{"type": "quoted", "id": post.quote_of}] if post.quote_of else [])


def _media_keys(post: Post) -> list[str]:
    return [f"3_{post.chain}{number}" for number in range(post.images)]
