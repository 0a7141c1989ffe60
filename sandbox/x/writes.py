"""X's writing endpoints: a post or reply, with every refusal a self-serve account meets, and its deletion."""

from typing import Any

from sandbox.x import problems
from sandbox.x.auth import Caller
from sandbox.x.entities import mentioned
from sandbox.x.length import too_long
from sandbox.x.model import Member, Post
from sandbox.x.problems import forbidden, invalid, user_context_needed
from sandbox.x.world import Draft, XSide

Json = dict[str, Any]
KNOWN = """
text reply quote_tweet_id quote_post_id reply_settings made_with_ai direct_message_deep_link for_super_followers_only
nullcast media poll geo card_uri community_id paid_partnership share_with_followers edit_options
"""
DUPLICATE_FOR = 12 * 3600.0
"""Business seconds in which X refuses the same text again (a field report; X doesn't say)."""


class Writes:
    """Each method answers a body or raises problems.Problem."""

    def __init__(self, side: XSide) -> None:
        self._side = side

    def create(self, caller: Caller, body: Json) -> Json:
        """POST /2/tweets."""
        account = _account(caller)
        self._check_account(account)
        draft = _draft(account, body)
        self._check(account, draft)
        post = self._side.publish(draft)
        family = "tweet" if self._side.settings.naming == "tweet" else "post"
        return {"data": {"id": post.id, "text": post.lead + post.text, f"edit_history_{family}_ids": [post.id]}}

    def delete(self, caller: Caller, post_id: str) -> Json:
        """DELETE /2/tweets/:id."""
        account = _account(caller)
        post = self._side.posts.by_id.get(post_id)
        if post is None or post.deleted:
            return {"data": {"deleted": False}}
        if post.author_id != account.id:
            raise forbidden("You are not authorized to delete this Tweet.")
        self._side.delete(post_id)
        return {"data": {"deleted": True}}

    def _check_account(self, account: Member) -> None:
        if self._side.settings.suspended or account.suspended:
            raise forbidden(problems.SUSPENDED)

    def _check(self, account: Member, draft: Draft) -> None:
        target = self._target(draft)
        lead = [self._handle(target)] if target else []
        if too_long(draft.text, lead):
            raise forbidden(problems.TOO_LONG)
        if self._is_duplicate(account, draft, target):
            raise forbidden(problems.DUPLICATE)
        if target is not None and target.author_id != account.id:
            self._check_reply(account, target)

    def _target(self, draft: Draft) -> Post | None:
        if draft.in_reply_to is None:
            return None
        post = self._side.posts.by_id.get(draft.in_reply_to)
        if post is None or post.deleted or self._side.members.by_id[post.author_id].protected:
            raise forbidden(problems.TARGET_GONE)
        return post

    def _check_reply(self, account: Member, target: Post) -> None:
        root = self._side.posts.by_id.get(target.conversation_id, target)
        restricted = root.reply_settings != "everyone" or target.reply_settings != "everyone"
        named = account.username.lower() in mentioned(target.text) + mentioned(root.text)
        if restricted and not (named and root.reply_settings in ("everyone", "mentionedUsers")):
            raise forbidden(problems.REPLY_SETTINGS)
        if not self._summoned(account, target):
            raise forbidden(problems.NOT_SUMMONED)

    def _summoned(self, account: Member, target: Post) -> bool:
        posts = self._side.posts
        named = account.username.lower() in mentioned(target.text)
        quoted = posts.author_of(target.quote_of) == account.id
        answered = posts.author_of(target.in_reply_to) == account.id and self._side.settings.summoned == "replies"
        return named or quoted or answered

    def _is_duplicate(self, account: Member, draft: Draft, target: Post | None) -> bool:
        since = self._side.clock.time() - DUPLICATE_FOR
        posts = self._side.posts
        for number in posts.by_author[account.id].newest_first(0, 1 << 63, 1000):
            post = posts.by_id[str(number)]
            if post.at < since:
                return False
            if post.text.strip() == draft.text.strip() and self._same_words_count(post, target):
                return True
        return False

    def _same_words_count(self, earlier: Post, target: Post | None) -> bool:
        """X compares whole texts, and a reply's begins with whom it answers."""
        if self._side.settings.duplicates == "text":
            return True
        return self._side.posts.author_of(earlier.in_reply_to) == (target.author_id if target else None)

    def _handle(self, target: Post) -> str:
        return self._side.members.by_id[target.author_id].username.lower()


def _account(caller: Caller) -> Member:
    if caller.account is None:
        raise user_context_needed()
    return caller.account


def _draft(account: Member, body: Json) -> Draft:
    unknown = sorted(set(body) - set(KNOWN.split()))
    if unknown:
        raise invalid(
            f"$.{unknown[0]}: is not defined in the schema and the schema does not allow additional properties"
        )
    text = body.get("text", "")
    if not isinstance(text, str) or not text.strip():
        raise invalid("$.text: must be a text of at least 1 character", text=[str(text)])
    return Draft(
        author=account.username,
        text=text,
        in_reply_to=_id_in(_reply(body), ("in_reply_to_tweet_id", "in_reply_to_post_id")),
        quote_of=_id_in(body, ("quote_tweet_id", "quote_post_id")),
        reply_settings=body.get("reply_settings") or "everyone",
        natively=False,
    )


def _reply(body: Json) -> Json:
    reply = body.get("reply") or {}
    if not isinstance(reply, dict):
        raise invalid("$.reply: object expected", reply=[str(reply)])
    return reply


def _id_in(part: Json, names: tuple[str, ...]) -> str | None:
    for name in names:
        value = part.get(name)
        if value is None:
            continue
        if not isinstance(value, str) or not value.isdigit() or len(value) > 19:
            raise invalid(f"$.{name}: does not match the regex pattern ^[0-9]{{1,19}}$", **{name: [str(value)]})
        return value
    return None
