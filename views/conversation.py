"""What was said: posts and answers as parts of a card or a modal."""

from collections.abc import Iterable

from domain.posts import StoredPost
from views.kit import Json, date, is_cut, line, link, outside, quote, run, shown

REMOVED = "[The author removed this post]"
WHOLE, WHOLE_LINES = 1500, 25
"""How much of the newest post a card shows; longer ones are read on the network."""
GLIMPSE = 300


def body(post: StoredPost) -> str:
    """The post's text as a reader sees it, or in brackets why there is none."""
    if post.text is None:
        return REMOVED
    return shown(post.text) or f"[no text{images(post, ', ')}]"


def images(post: StoredPost, before: str = "") -> str:
    """How many images came with it, in words; nothing for none."""
    if not post.images:
        return ""
    return f"{before}{post.images} {'image' if post.images == 1 else 'images'}"


def byline(post: StoredPost) -> Json:
    """Who wrote it and when. The handle links to the post only when it is a handle and nothing else."""
    name = outside(post.author_name, 80, lines=1, bold=True)
    pieces = [name if shown(post.author_name) else run("Someone", bold=True)]
    if post.author_handle:
        pieces += [run(" "), _handle(post)]
    return line(*pieces, run(" · "), date(post.created_at), run(images(post, " · ") or " "))


def _handle(post: StoredPost) -> Json:
    handle = post.author_handle or ""
    honest = handle.isascii() and handle.replace("_", "").isalnum() and len(handle) <= 15
    return link(post.url, f"@{handle}") if honest else outside(f"@{handle}", 60, lines=1)


def said(post: StoredPost, limit: int = WHOLE, lines: int = WHOLE_LINES) -> list[Json]:
    """The words of a post, and where the rest of them is when they are too many."""
    parts = [quote(outside(body(post), limit, lines))]
    if is_cut(body(post), limit, lines):
        parts.append(line(link(post.url, "… read the rest on X")))
    return parts


def answered(post: StoredPost, limit: int = GLIMPSE) -> list[Json]:
    """An answer of ours, with its moment and its place."""
    label = line(run("Our answer", bold=True), run(" · "), date(post.created_at), run(" · "), link(post.url, "see it"))
    return [label, *said(post, limit, 8)]


def exchange(posts: Iterable[StoredPost], limit: int = GLIMPSE) -> list[Json]:
    """Posts and answers in the order in which they were said."""
    parts: list[Json] = []
    for post in posts:
        parts += answered(post, limit) if post.ours else [byline(post), *said(post, limit, 8)]
    return parts
