"""X through tweepy, which signs and carries; what is asked, and what an answer means, is decided here."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import requests
import tweepy

from domain.posts import IncomingPost, RefusedPost
from domain.replies import SendOutcome
from domain.x import same_words, snowflake_at
from networks import x_answers
from networks.errors import NetworkTrouble, Unreachable
from networks.network import Batch, Identity, Lookup
from networks.x_parse import posts_of
from networks.x_session import TIMEOUTS, Declined, XSession

Json = dict[str, Any]
API = "https://api.x.com"
PAGE = "https://x.com"
POST_FIELDS = (
    "created_at,author_id,conversation_id,in_reply_to_user_id,referenced_tweets,entities,attachments,"
    "edit_history_tweet_ids,reply_settings,note_tweet,lang,public_metrics"
)
EXPANSIONS = "author_id,referenced_tweets.id,referenced_tweets.id.author_id,attachments.media_keys,in_reply_to_user_id"
USER_FIELDS = "username,name,protected,public_metrics,verified_type"
PAGE_SIZE = 100
PAGES = 33
"""As many as X's longest timeline has (3,200 posts); mentions end after 8 by themselves."""
MENTIONS_KEPT = 800
"""X shows no more of the mentions timeline (X, mentions)."""
LOOKUP_SIZE = 100
_SCHEME = re.compile(r"https?://")


@dataclass(frozen=True)
class XAccess:
    """The app's and the account's OAuth 1.0a secrets."""

    consumer_key: str
    consumer_secret: str
    access_token: str
    access_secret: str


class X:
    """An account on X; implements networks.network.Network. Usable from several threads."""

    def __init__(
        self, access: XAccess, api: str = API, page: str = PAGE, timeouts: tuple[float, float] = TIMEOUTS
    ) -> None:
        self._page = page.rstrip("/")
        self._reader, self._writer = _client(access, XSession(api, timeouts)), _client(access, XSession(api, timeouts))
        self._writing = threading.Lock()
        self._me: Identity | None = None
        self._new_names = False

    def identity(self) -> Identity:
        """Who we are; asked once."""
        if self._me is None:
            data = self._get("/2/users/me", {}).get("data")
            if not isinstance(data, dict) or not data.get("id") or not data.get("username"):
                raise Unreachable("X did not say who we are")
            self._me = Identity(str(data["id"]), str(data["username"]))
        return self._me

    def mentions(self, since_id: str | None) -> Batch:
        """Posts that name, answer or quote the account; X shows the newest 800."""
        batch = self._pages(f"/2/users/{self.identity().user_id}/mentions", {"since_id": since_id})
        reached_the_end = len(batch.posts) + len(batch.refused) >= MENTIONS_KEPT
        return replace(batch, complete=batch.complete and not reached_the_end)

    def own_posts(self, since_id: str | None) -> Batch:
        """What the account published."""
        return self._pages(f"/2/users/{self.identity().user_id}/tweets", {"since_id": since_id})

    def search(self, query: str, since_id: str | None) -> Batch:
        """What recent search finds: seven days back, half a minute late."""
        try:
            return self._pages("/2/tweets/search/recent", {"query": query, "since_id": since_id})
        except SinceTooOld:
            batch = self._pages("/2/tweets/search/recent", {"query": query})
            return replace(batch, complete=False)

    def look_up(self, ids: Sequence[str]) -> Lookup:
        """Whether posts are still there, a hundred at a time."""
        found: dict[str, IncomingPost] = {}
        gone: dict[str, str] = {}
        for start in range(0, len(ids), LOOKUP_SIZE):
            body = self._get("/2/tweets", {"ids": ",".join(ids[start : start + LOOKUP_SIZE]), **self._fields()})
            found |= {post.post_id: post for post in posts_of(body, self._page)[0]}
            gone |= _gone(body)
        return Lookup(found, {post_id: why for post_id, why in gone.items() if post_id in ids})

    def send(self, text: str, in_reply_to: str | None) -> SendOutcome:
        """Publish once, over a fresh connection: one X has closed meanwhile would leave the outcome unknown."""
        body: Json = {"text": text}
        if in_reply_to is not None:
            body["reply"] = {"in_reply_to_tweet_id": in_reply_to}
        try:
            with self._writing:
                self._writer.session.close()
                response = self._writer.request("POST", "/2/tweets", json=body, user_auth=True)
        except Declined as declined:
            return x_answers.declined_send(declined)
        except requests.RequestException as why:
            return x_answers.broken_send(why)
        return x_answers.published(response)

    def find_sent(self, text: str, in_reply_to: str | None, since: datetime) -> str | None:
        """Read our own timeline for these words under that post. Raises NetworkTrouble when it can't be read whole."""
        batch = self.own_posts(snowflake_at(since))
        for post in batch.posts:
            if post.in_reply_to == in_reply_to and _says(post.text, text):
                return post.first_id
        if batch.refused or not batch.complete:
            raise Unreachable("our own timeline came with gaps")
        return None

    def _pages(self, route: str, asked: Json) -> Batch:
        posts: list[IncomingPost] = []
        refused: list[RefusedPost] = []
        newest, token = None, None
        for _ in range(PAGES):
            body = self._get(route, {**asked, "max_results": PAGE_SIZE, "pagination_token": token, **self._fields()})
            read, unread = posts_of(body, self._page)
            posts += read
            refused += unread
            meta = body.get("meta")
            meta = meta if isinstance(meta, dict) else {}
            newest, token = newest or meta.get("newest_id"), meta.get("next_token")
            if not token:
                break
        return Batch(tuple(reversed(posts)), tuple(refused), newest, complete=not token)

    def _get(self, route: str, asked: Json) -> Json:
        params = {name: value for name, value in asked.items() if value is not None}
        try:
            return x_answers.object_of(self._reader.request("GET", route, params=params, user_auth=True))
        except Declined as declined:
            if self._speaks_otherwise(declined, params):
                return self._get(route, {**params, "tweet.fields": None, "expansions": None, **self._fields()})
            raise _trouble(declined, params) from None
        except requests.RequestException as why:
            raise Unreachable(f"X could not be reached: {type(why).__name__}") from why

    def _speaks_otherwise(self, declined: Declined, params: Json) -> bool:
        """Whether X refused `tweet.fields` because its fields are called `post.…` by now; remembered from then on."""
        refused = declined.response.status_code == 400 and "tweet.fields" in declined.response.text
        self._new_names = self._new_names or (refused and "tweet.fields" in params)
        return refused and "tweet.fields" in params

    def _fields(self) -> Json:
        named = {"tweet.fields": POST_FIELDS, "expansions": EXPANSIONS}
        if self._new_names:
            renamed = POST_FIELDS.replace("_tweets", "_posts").replace("_tweet_ids", "_post_ids")
            named = {
                "post.fields": renamed.replace("note_tweet", "note_post"),
                "expansions": EXPANSIONS.replace("_tweets", "_posts"),
            }
        return {**named, "user.fields": USER_FIELDS, "media.fields": "type"}


class SinceTooOld(Unreachable):
    """Recent search does not go back to that `since_id`."""


def _says(theirs: str, ours: str) -> bool:
    """Whether these are our words; X writes `http://` before an address that was typed without it."""
    return same_words(ours, theirs) or same_words(_bare(ours), _bare(theirs))


def _bare(text: str) -> str:
    return _SCHEME.sub("", text)


def _trouble(declined: Declined, params: Json) -> NetworkTrouble:
    if declined.response.status_code == 400 and "since_id" in params and "since_id" in declined.response.text:
        return SinceTooOld("X's search does not go back that far")
    return x_answers.trouble(declined)


def _gone(body: Json) -> dict[str, str]:
    errors = body.get("errors")
    gone: dict[str, str] = {}
    for error in errors if isinstance(errors, list) else []:
        kind = str(error.get("type", "")).rsplit("/", 1)[-1] if isinstance(error, dict) else ""
        reason = {
            "resource-not-found": "Its author deleted it.",
            "not-authorized-for-resource": "Its author's posts are protected, or the account is suspended.",
        }.get(kind)
        if reason:
            gone[str(error.get("resource_id") or error.get("value"))] = reason
    return gone


def _client(access: XAccess, session: XSession) -> tweepy.Client:
    client = tweepy.Client(
        consumer_key=access.consumer_key,
        consumer_secret=access.consumer_secret,
        access_token=access.access_token,
        access_token_secret=access.access_secret,
        return_type=dict,
        wait_on_rate_limit=False,
    )
    client.session = session
    return client
