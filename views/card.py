"""The card: a case as its channel sees it, with the buttons that fit how it stands."""

from domain.cases import AWAITING, CLAIMED, LIVE, OPEN, Case
from domain.outside import storable
from domain.posts import StoredPost
from domain.replies import FAILED, NEEDS_HUMAN, UNDERWAY
from domain.sheets import CardSheet
from domain.triage import EMERGENCY
from domain.x import intent_url
from views.blocks import actions, button, confirmed, context, menu, section, url_button
from views.clocks import clocks
from views.conversation import answered, body, byline, images, said
from views.kit import Json, address, anchor, escape, fallback, line, mention, rich, run, shown
from views.promises import promise_rows
from views.standing import OPTIONS, STATES, emergency, headline, offered, option_of, reply_state, small_print

CLAIM, DISMISS, WRONG_TEAM = "case.claim", "case.dismiss", "case.wrong_team"
REPLY, OPEN_ON_NETWORK, VIEW_POST = "case.reply", "case.open_on_network", "case.view_post"
RESOLVE, RELEASE, HAND_OVER, REOPEN, MENU = (
    "case.resolve",
    "case.release",
    "case.hand_over",
    "case.reopen",
    "case.menu",
)
IS_PUBLIC, NOT_PUBLIC, DROP, EDIT = "reply.is_public", "reply.not_public", "reply.drop", "reply.edit"
WHY, WORSE = "case.why", "case.worse"
ACTIONS = (
    *(CLAIM, DISMISS, WRONG_TEAM, REPLY, OPEN_ON_NETWORK, VIEW_POST, RESOLVE, RELEASE, HAND_OVER, REOPEN, MENU),
    *(IS_PUBLIC, NOT_PUBLIC, DROP, EDIT),
    *(WHY, WORSE),
)
WATCH, SUGGEST, ASK, TAKE_OVER, SPLIT, TRAIL = "watch", "suggest", "ask", "take_over", "split", "trail"
MORE_URGENT = "more_urgent"
CHOICES = {
    WATCH: "Watch",
    SUGGEST: "Suggest a reply",
    ASK: "Ask for hand-over",
    TAKE_OVER: "Take over",
    SPLIT: "Split off",
    MORE_URGENT: "More urgent",
    TRAIL: "Trail and more",
}
"""What the menu offers; its option values are "CHOICE:CASE:EPOCH", with the severity after it for a step up."""
MENUS = {
    OPEN: (WATCH, SUGGEST, SPLIT, MORE_URGENT, TRAIL),
    CLAIMED: (WATCH, SUGGEST, ASK, TAKE_OVER, TRAIL),
    AWAITING: (WATCH, SUGGEST, ASK, TAKE_OVER, TRAIL),
}
OURS_SHOWN = 2
BEGINNING = 160


def card(sheet: CardSheet) -> Json:
    """The card's message: `text` for notifications and screen readers, `blocks` for everybody else."""
    blocks = [
        *emergency(sheet.case, sheet.person),
        _headline(sheet),
        rich(*_conversation(sheet)),
        *clocks(sheet),
        small_print(sheet),
        *reply_state(sheet.reply),
        *_ways_out(sheet),
        *offered(sheet),
        *promise_rows(sheet.deadlines, sheet.case),
        _row(sheet),
    ]
    return {"text": _spoken(sheet), "blocks": blocks}


def _headline(sheet: CardSheet) -> Json:
    """How it stands, and beside it the question everybody asks."""
    asks = button("Why here?", WHY, _value(sheet))
    return {**section(headline(sheet.case), asks), "block_id": f"why-{_value(sheet)}-{sheet.case.status}"}


def degraded(sheet: CardSheet) -> Json:
    """The same without blocks, for when Slack refuses them: nobody can press it, but nobody misses it either."""
    way_out = anchor(sheet.newest.url, "Read the post on X")
    return {"text": f"{_spoken(sheet, 1500)}\n{way_out}", "blocks": []}


def fold(link: str, case_id: int) -> Json:
    """What an old card becomes when the case, needing somebody again or another team, got a new one."""
    text = f"Case {case_id} has a newer card: {anchor(link, 'open it')}."
    return {"text": text, "blocks": [context(text)]}


def _spoken(sheet: CardSheet, limit: int = 2000) -> str:
    case, post = sheet.case, sheet.newest
    alarm = f"Emergency, {mention(sheet.person)}: " if case.severity == EMERGENCY else ""
    held = f" · {mention(case.holder)} has it" if case.holder and case.live else ""
    name = fallback(post.author_name, 200) or "Someone"
    handle = f" (@{fallback(post.author_handle, 100)})" if post.author_handle else ""
    words = f"{fallback(body(post), limit)}{_counted(post)}"
    opening = f"{alarm}{STATES.get(case.status, escape(case.status))}{held} · {name}{handle}: {words}"
    return f"{opening}\nWhy here: {escape(case.why[:300])} · {OPTIONS.get(option_of(sheet).kind, OPTIONS['intent'])}"


def _counted(post: StoredPost) -> str:
    return images(post, " · ") if shown(post.text) else ""


def _earlier(sheet: CardSheet) -> list[Json]:
    """How the case began, in short, and how much was said between that and the newest post."""
    earlier = [post for post in sheet.posts if not post.ours][:-1]
    if not earlier:
        return []
    glimpse = [byline(earlier[0]), *said(earlier[0], BEGINNING, 3)]
    between = len(earlier) - 1
    more = f"+{between} earlier {'post' if between == 1 else 'posts'} in between"
    return [*glimpse, line(run(more, italic=True))] if between else glimpse


def _conversation(sheet: CardSheet) -> list[Json]:
    newest = sheet.newest
    ours = [post for post in sheet.posts if post.ours][-OURS_SHOWN:]
    before = [post for post in ours if post.created_at < newest.created_at]
    parts = [*_earlier(sheet), *(part for post in before for part in answered(post))]
    parts += [byline(newest), *said(newest)]
    return parts + [part for post in ours if post not in before for part in answered(post)]


def _value(sheet: CardSheet) -> str:
    return f"{sheet.case.id}:{sheet.case.epoch}"


def _ways_out(sheet: CardSheet) -> list[Json]:
    """The buttons of a reply that needs a decision; they name the reply as well as the case."""
    reply = sheet.reply
    if reply is None or not sheet.case.live or reply.status not in (NEEDS_HUMAN, FAILED):
        return []
    value = f"{reply.id}:{_value(sheet)}"
    if reply.status == NEEDS_HUMAN:
        buttons = [
            button("It is public", IS_PUBLIC, value, "primary"),
            button("It is not, send again", NOT_PUBLIC, value),
            button("Drop it", DROP, value),
        ]
    else:
        theirs = reply.author == sheet.case.holder and option_of(sheet).kind == "api"
        again = [button("Edit and send again", EDIT, value, "primary")] if theirs else []
        elsewhere = _on_network(sheet, reply.text) if option_of(sheet).kind != "none" else []
        buttons = [*again, *elsewhere]
    return [actions(f"reply-{_value(sheet)}-{reply.status}-{reply.attempts}", buttons)] if buttons else []


def _on_network(sheet: CardSheet, text: str = "") -> list[Json]:
    target, page = sheet.target.post_id, sheet.network_page
    url = address(intent_url(target, storable(text), page)) or address(intent_url(target, base=page))
    return [url_button("Open in X", OPEN_ON_NETWORK, _value(sheet), url)] if url else []


def _row(sheet: CardSheet) -> Json:
    case = sheet.case
    buttons = _ended_row(sheet) if case.status not in LIVE else _held_row(sheet) if case.holder else _open_row(sheet)
    choices = [(CHOICES[choice], f"{choice}:{_value(sheet)}{_seen(choice, case)}") for choice in _choices(sheet)]
    reply = sheet.reply.status if sheet.reply else "none"
    name = f"case-{case.id}-{case.epoch}-{case.status}-{reply}"
    return actions(name, [*buttons, *_view(sheet), menu(MENU, choices)])


def _seen(choice: str, case: Case) -> str:
    """A step up names the step it starts from, so that two presses are one."""
    return f":{case.severity}" if choice == MORE_URGENT else ""


def _choices(sheet: CardSheet) -> list[str]:
    several = sum(not post.ours for post in sheet.posts) > 1
    without = {SPLIT} if not several else set()
    without |= {MORE_URGENT} if sheet.case.severity == EMERGENCY else set()
    return [choice for choice in MENUS.get(sheet.case.status, (TRAIL,)) if choice not in without]


def _open_row(sheet: CardSheet) -> list[Json]:
    value = _value(sheet)
    ask = "The card is put away. Anybody here can bring it back with Reopen."
    return [
        button("Claim", CLAIM, value, "primary"),
        confirmed(button("Not a complaint", DISMISS, value), "Not a complaint?", ask, "Put it away"),
        button("Wrong team", WRONG_TEAM, value),
    ]


def _held_row(sheet: CardSheet) -> list[Json]:
    value = _value(sheet)
    return [
        *_answering(sheet),
        button("Resolve", RESOLVE, value),
        button("Release", RELEASE, value),
        button("Hand over", HAND_OVER, value),
    ]


def _answering(sheet: CardSheet) -> list[Json]:
    """Reply where the network lets us, its own page where it doesn't; neither twice nor while one is under way."""
    reply, kind = sheet.reply, option_of(sheet).kind
    if kind == "none" or (reply is not None and reply.status in UNDERWAY):
        return []
    failed = reply is not None and reply.status == FAILED
    if kind == "api":
        return [button("Reply", REPLY, _value(sheet), None if failed else "primary")]
    return [] if failed else _on_network(sheet)


def _ended_row(sheet: CardSheet) -> list[Json]:
    return [button("Reopen", REOPEN, _value(sheet))]


def _view(sheet: CardSheet) -> list[Json]:
    url = address(sheet.newest.url)
    return [url_button("View on X", VIEW_POST, _value(sheet), url)] if url else []
