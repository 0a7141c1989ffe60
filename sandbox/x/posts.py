"""All posts, and the timelines they stand in."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sandbox.shelf import Shelf
from sandbox.x.entities import mentioned
from sandbox.x.members import Members
from sandbox.x.model import Post

KIND = "x_post"


class Timeline:
    """Post ids in order; a look at what is new costs as much as what is new."""

    def __init__(self) -> None:
        self._numbers: list[int] = []

    def add(self, number: int) -> None:
        """Put an id in its place."""
        if not self._numbers or number > self._numbers[-1]:
            self._numbers.append(number)
        else:
            insort(self._numbers, number)

    def drop(self, number: int) -> None:
        """Take an id out; one that isn't there is fine."""
        place = bisect_left(self._numbers, number)
        if place < len(self._numbers) and self._numbers[place] == number:
            del self._numbers[place]

    def newest_first(self, after: int, before: int, window: int) -> Iterator[int]:
        """Ids between the two, both excluded, among the newest `window`."""
        first = max(bisect_right(self._numbers, after), len(self._numbers) - window)
        for place in range(bisect_left(self._numbers, before) - 1, first - 1, -1):
            yield self._numbers[place]


@dataclass(frozen=True)
class Link:
    """A post that another one refers to, and its author where known."""

    post_id: str
    author_id: str | None


class Posts:
    """Posts by id, chains of versions, and timelines per member."""

    def __init__(self, members: Members, shelf: Shelf) -> None:
        self._members, self._shelf = members, shelf
        self.by_id: dict[str, Post] = {}
        self.chains: dict[str, list[str]] = {}
        self.everything = Timeline()
        self.by_author: defaultdict[str, Timeline] = defaultdict(Timeline)
        self.mentioning: defaultdict[str, Timeline] = defaultdict(Timeline)

    def load(self) -> None:
        """Read the shelf and sort everything into its timelines."""
        self.by_id.clear()
        self.chains.clear()
        self.everything = Timeline()
        self.by_author.clear()
        self.mentioning.clear()
        for document in self._shelf.all(KIND).values():
            self._sort_in(Post(**document))

    def add(self, post: Post) -> None:
        """Keep a new version."""
        self._sort_in(post)
        self.keep(post)

    def take_out(self, post: Post, *, deleted: bool) -> None:
        """Let a version vanish from the timelines: deleted, or replaced by a newer one."""
        post.deleted, post.replaced = deleted or post.deleted, not deleted or post.replaced
        for timeline in self._timelines(post):
            timeline.drop(post.number)
        self.keep(post)

    def keep(self, post: Post) -> None:
        """Remember a version as it is now."""
        self._shelf.put(KIND, post.id, asdict(post))

    def newest_of(self, chain: str) -> Post:
        """The version that stands, or stood last."""
        return self.by_id[self.chains[chain][-1]]

    def author_of(self, post_id: str | None) -> str | None:
        """The author's id of a post we know."""
        post = self.by_id.get(post_id or "")
        return post.author_id if post else None

    def addressed(self, post: Post) -> set[str]:
        """Ids of those in whose mentions it stands: named in the text, answered or quoted; never its author."""
        named = {member.id for handle in mentioned(post.text) if (member := self._members.named(handle))}
        referred = {self.author_of(post.in_reply_to), self.author_of(post.quote_of)} - {None}
        return {one for one in named | referred if one is not None} - {post.author_id}

    def _sort_in(self, post: Post) -> None:
        self.by_id[post.id] = post
        self.chains.setdefault(post.chain, []).append(post.id)
        if post.stands:
            for timeline in self._timelines(post):
                timeline.add(post.number)

    def _timelines(self, post: Post) -> list[Timeline]:
        addressed = [self.mentioning[member_id] for member_id in self.addressed(post)]
        return [self.everything, self.by_author[post.author_id], *addressed]
