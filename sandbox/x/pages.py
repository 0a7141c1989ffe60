"""The pages of X a person sees: one post, and the web intent that lets staff reply as the brand by hand."""

from html import escape
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.x.model import Post
from sandbox.x.wire import moment
from sandbox.x.world import Draft, Impossible, XSide

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f7f9f9; color: #0f1419; }
main { max-width: 36rem; margin: 2rem auto; padding: 1.25rem; background: #fff; border: 1px solid #cfd9de; }
main { border-radius: 1rem; }
article { padding: .5rem 0; overflow-wrap: anywhere; white-space: pre-wrap; }
article + article { border-top: 1px solid #eff3f4; }
h1 { font-size: 1.1rem; margin: 0 0 .5rem; } .faint { color: #536471; font-size: .9rem; }
textarea { width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; border-radius: .5rem; }
button { font: inherit; font-weight: 600; padding: .5rem 1.25rem; border: 0; border-radius: 2rem; }
button { background: #0f1419; color: #fff; }
"""


def routes(side: XSide) -> list[BaseRoute]:
    """/x/USERNAME/status/ID and /intent/tweet."""

    async def status(request: Request) -> Response:
        return _status(side, request.path_params["id"])

    async def intent(request: Request) -> Response:
        text, target = request.query_params.get("text", ""), request.query_params.get("in_reply_to", "")
        return _page("Post as the brand", _form(side, text, target))

    async def publish(request: Request) -> Response:
        form = parse_qs((await request.body()).decode(errors="replace"))
        return _publish(side, form.get("text", [""])[0], form.get("in_reply_to", [""])[0])

    intents = [
        Route(path, page, methods=[method])
        for path in ("/x/intent/tweet", "/intent/tweet")
        for method, page in (("GET", intent), ("POST", publish))
    ]
    return [Route("/x/{username}/status/{id}", status, methods=["GET"]), *intents]


def _status(side: XSide, post_id: str) -> Response:
    post = side.posts.by_id.get(post_id)
    if post is None or post.deleted:
        return _page("Not there", "<p>This post doesn’t exist, or its author deleted it.</p>", 404)
    shown = side.posts.newest_of(post.chain)
    return _page(f"@{_handle(side, shown)} on X", "".join(_article(side, one) for one in _thread(side, shown)))


def _publish(side: XSide, text: str, target: str) -> Response:
    if not text.strip():
        return _page("Post as the brand", _form(side, "", target), 400)
    words = text.replace("\r\n", "\n").strip()
    try:
        post = side.publish(Draft(side.members.brand.username, words, in_reply_to=target or None))
    except Impossible as why:
        return _page("Not posted", f"<p>{escape(str(why))}</p>", 400)
    return RedirectResponse(f"/x/{_handle(side, post)}/status/{post.id}", status_code=303)


def _page(title: str, body: str, status: int = 200) -> Response:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    head += f"<style>{STYLE}</style>"
    html = f'<!doctype html><html lang="en"><head>{head}</head><body><main>{body}</main></body></html>'
    return HTMLResponse(html, status, {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"})


def _form(side: XSide, text: str, target: str) -> str:
    post = side.posts.by_id.get(target)
    answered = _article(side, post) if post and not post.deleted else ""
    brand = side.members.brand.username
    return f"""<h1>{"Reply" if target else "Post"} as @{escape(brand)}</h1>{answered}
<form method="post" action="/intent/tweet"><input type="hidden" name="in_reply_to" value="{escape(target)}">
<p><label>Your words<br><textarea name="text" rows="5" required autofocus>{escape(text)}</textarea></label></p>
<p><button>{"Reply" if target else "Post"}</button></p></form>"""


def _article(side: XSide, post: Post) -> str:
    author = side.members.by_id[post.author_id]
    link = f"/x/{escape(author.username)}/status/{post.id}"
    images = f" · {post.images} image{'s' if post.images > 1 else ''}" if post.images else ""
    return (
        f"<article><strong>{escape(author.name)}</strong> <span class=faint>@{escape(author.username)}</span>\n"
        f'{escape(post.text)}\n<a class=faint href="{link}">{moment(post.at)}</a>'
        f"<span class=faint>{images}</span></article>"
    )


def _thread(side: XSide, post: Post) -> list[Post]:
    """The post with what it answers above it and the answers to it below."""
    above: list[Post] = []
    target = side.posts.by_id.get(post.in_reply_to or "")
    while target is not None and len(above) < 20:
        above.insert(0, target)
        target = side.posts.by_id.get(target.in_reply_to or "")
    later = side.posts.everything.newest_first(post.number, 1 << 63, 5_000)
    below = [one for number in later if (one := side.posts.by_id[str(number)]).in_reply_to == post.id]
    return [one for one in [*above, post, *reversed(below)] if not one.deleted]


def _handle(side: XSide, post: Post) -> str:
    return side.members.by_id[post.author_id].username
