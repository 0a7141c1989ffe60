"""X's reading endpoints: people, timelines, search and look-ups."""

from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.x.asked import Asked, Page, Query, asked, page, recent, refuse_unknown, token_for
from sandbox.x.auth import Caller
from sandbox.x.model import Member, Post
from sandbox.x.posts import Timeline
from sandbox.x.problems import Problem, invalid, not_found, user_context_needed
from sandbox.x.query import Query as Search
from sandbox.x.query import look_at
from sandbox.x.wire import Writer
from sandbox.x.world import XSide

Json = dict[str, Any]
MENTIONS_KEPT = 800
POSTS_KEPT = 3200
PAGING = "since_id until_id start_time end_time max_results pagination_token"
EVERYTHING = 1 << 62


class Reads:
    """Each method answers a body or raises Problem; `words` are the path's parts."""

    def __init__(self, side: XSide) -> None:
        self._side = side

    def me(self, caller: Caller, query: Query, _words: Query) -> Json:
        """GET /2/users/me."""
        if caller.account is None:
            raise user_context_needed()
        return self._user(caller.account, query)

    def by_username(self, _caller: Caller, query: Query, words: Query) -> Json:
        """GET /2/users/by/username/:username."""
        member = self._side.members.named(words["username"])
        if member is None:
            return {"errors": [not_found("user", "username", words["username"])]}
        return self._user(member, query)

    def by_id(self, _caller: Caller, query: Query, words: Query) -> Json:
        """GET /2/users/:id."""
        member = self._side.members.by_id.get(words["id"])
        return self._user(member, query) if member else {"errors": [not_found("user", "id", words["id"])]}

    def mentions(self, _caller: Caller, query: Query, words: Query) -> Json:
        """GET /2/users/:id/mentions: the newest 800."""
        refuse_unknown(query, PAGING)
        member = self._member(words["id"])
        return self._timeline(self._side.posts.mentioning[member.id], query, 5, MENTIONS_KEPT)

    def users_posts(self, _caller: Caller, query: Query, words: Query) -> Json:
        """GET /2/users/:id/tweets."""
        refuse_unknown(query, PAGING + " exclude")
        member = self._member(words["id"])
        return self._timeline(self._side.posts.by_author[member.id], query, 5, POSTS_KEPT)

    def search(self, _caller: Caller, query: Query, _words: Query) -> Json:
        """GET /2/tweets/search/recent: seven days, and nothing younger than the lag."""
        refuse_unknown(query, PAGING + " query next_token sort_order")
        wanted = page(query, 10)
        search = Search(query.get("query", ""))
        now = self._side.clock.time()
        if wanted.after and not recent(wanted.after, now):
            message = "'since_id' must be a tweet id created within the last 7 days. Please use a larger 'since_id'"
            raise invalid(f"Invalid 'since_id':'{wanted.after}'. {message}.", since_id=[str(wanted.after)])
        young = min(wanted.end, now - self._side.settings.lag)
        found = Page(wanted.after, wanted.before, max(wanted.start, now - 7 * 86_400), young, wanted.size)
        posts = (
            post for post in self._between(self._side.posts.everything, found, EVERYTHING) if self._hit(search, post)
        )
        return self._paged(posts, found.size, self._asked(query), "next_token")

    def lookup(self, _caller: Caller, query: Query, _words: Query) -> Json:
        """GET /2/tweets?ids=: what is there in `data`, the rest in `errors`."""
        refuse_unknown(query, "ids")
        ids = [word for word in query.get("ids", "").split(",") if word]
        if not 1 <= len(ids) <= 100:
            raise invalid(
                f"The number of values in the `ids` query parameter list [{len(ids)}] is not between 1 and 100", ids=ids
            )
        for one in ids:
            _check_id(one, "ids")
        return self._looked_up(ids, "ids", self._asked(query))

    def one(self, _caller: Caller, query: Query, words: Query) -> Json:
        """GET /2/tweets/:id."""
        refuse_unknown(query, "")
        _check_id(words["id"], "id")
        body = self._looked_up([words["id"]], "id", self._asked(query))
        return body | ({"data": body["data"][0]} if "data" in body else {})

    def _looked_up(self, ids: list[str], parameter: str, wanted: Asked) -> Json:
        writer = Writer(self._side, wanted)
        shown: list[Json] = []
        for one in dict.fromkeys(ids):
            post = self._side.posts.by_id.get(one)
            problem = writer.unseen(post, parameter, one)
            if problem is not None or post is None:
                writer.errors.append(problem or {})
            else:
                shown.append(writer.post(post))
        return _body(({"data": shown} if shown else {}), writer)

    def _timeline(self, timeline: Timeline, query: Query, smallest: int, window: int) -> Json:
        wanted = page(query, smallest)
        return self._paged(self._between(timeline, wanted, window), wanted.size, self._asked(query), "next_token")

    def _between(self, timeline: Timeline, wanted: Page, window: int) -> Iterator[Post]:
        for number in timeline.newest_first(wanted.after, wanted.before, window):
            post = self._side.posts.by_id[str(number)]
            if wanted.start <= post.at < wanted.end and self._public(post):
                yield post

    def _paged(self, posts: Iterable[Post], size: int, wanted: Asked, token: str) -> Json:
        found: list[Post] = []
        more = False
        for post in posts:
            if len(found) == size:
                more = True
                break
            found.append(post)
        writer = Writer(self._side, wanted)
        shown = [writer.post(post) for post in found]
        meta: Json = {"result_count": len(found)}
        if found:
            meta |= {"newest_id": found[0].id, "oldest_id": found[-1].id}
        if more:
            meta[token] = token_for(found[-1].number)
        return _body(({"data": shown} if shown else {}), writer) | {"meta": meta}

    def _hit(self, search: Search, post: Post) -> bool:
        return search.matches(look_at(post, self._side.posts, self._handle))

    def _handle(self, member_id: str | None) -> str:
        member = self._side.members.by_id.get(member_id or "")
        return member.username.lower() if member else ""

    def _public(self, post: Post) -> bool:
        author = self._side.members.by_id[post.author_id]
        return not author.protected and not author.suspended

    def _member(self, member_id: str) -> Member:
        _check_id(member_id, "id")
        member = self._side.members.by_id.get(member_id)
        if member is None:
            raise Problem(404, "Not Found Error", f"Could not find user with id: [{member_id}].", "resource-not-found")
        return member

    def _user(self, member: Member, query: Query) -> Json:
        return {"data": Writer(self._side, self._asked(query)).user(member)}

    def _asked(self, query: Query) -> Asked:
        return asked(query, self._side.settings.naming)


def _body(data: Json, writer: Writer) -> Json:
    includes = writer.includes()
    return data | ({"includes": includes} if includes else {}) | ({"errors": writer.errors} if writer.errors else {})


def _check_id(value: str, name: str) -> None:
    if not value.isdigit() or len(value) > 19:
        message = f"The `{name}` query parameter value [{value}] does not match ^[0-9]{{1,19}}$"
        raise invalid(message, **{name: [value]})
