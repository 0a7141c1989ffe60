"""Values to draw: a case, its posts, a reply, and text as nasty as customers and attackers make it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.cases import CLAIMED, OPEN, Case
from domain.deadlines import FIRST_RESPONSE, RUNNING, Deadline
from domain.posts import ReplyOption, StoredPost
from domain.replies import Reply
from domain.sheets import CardSheet
from domain.sides import Offer

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
PAGE = "http://127.0.0.1:8711"


def a_case(**changes: Any) -> Case:
    plain = Case(
        id=12,
        network="x",
        account="tidewell",
        author_id="77",
        status=OPEN,
        holder=None,
        epoch=3,
        team="facilities",
        severity="normal",
        why="“changing room” leads to facilities",
        person=None,
        opened_at=NOW - timedelta(minutes=12),
        last_post_at=NOW - timedelta(minutes=12),
        claimed_at=None,
        first_response_at=None,
        ended_at=None,
        collisions=0,
        reopened=0,
        channel="C0FACILITIES",
    )
    return replace(plain, **changes)


def held(**changes: Any) -> Case:
    return a_case(**{"status": CLAIMED, "holder": "U0BEN", "claimed_at": NOW, **changes})


def a_post(text: str | None = "The changing rooms are dirty again", **changes: Any) -> StoredPost:
    plain = StoredPost(
        id=1,
        network="x",
        post_id="1990000000000000001",
        case_id=12,
        author_id="77",
        author_handle="jane_doe",
        author_name="Jane Doe",
        text=text,
        url=f"{PAGE}/x/jane_doe/status/1990000000000000001",
        created_at=NOW - timedelta(minutes=12),
        conversation_id="1990000000000000001",
        in_reply_to=None,
        images=0,
        ours=False,
        option=ReplyOption("api", "The author mentioned @tidewell."),
    )
    return replace(plain, **changes)


def our_post(text: str = "Sorry, Jane. A colleague is on the way.", **changes: Any) -> StoredPost:
    ours = {"id": 2, "post_id": "1990000000000000002", "author_handle": "tidewell", "author_name": "Tidewell"}
    return a_post(text, **{**ours, "ours": True, "created_at": NOW - timedelta(minutes=5), **changes})


def a_reply(status: str, **changes: Any) -> Reply:
    plain = Reply(
        id="r-1",
        case_id=12,
        author="U0BEN",
        epoch=3,
        target="1990000000000000001",
        seen=1,
        text="We are on it, sorry.",
        status=status,
        attempts=1,
        look_ups=0,
        attempted_at=NOW,
        remote_id=None,
        failure=None,
        created_at=NOW,
        sent_at=None,
    )
    return replace(plain, **changes)


def an_offer(**changes: Any) -> Offer:
    plain = Offer(5, 12, "U0BEN", "U0ANN", 3, "standing", NOW + timedelta(minutes=10))
    return replace(plain, **changes)


def a_deadline(due_at: datetime = NOW + timedelta(hours=1), **changes: Any) -> Deadline:
    plain = Deadline(
        id=3,
        case_id=12,
        target=FIRST_RESPONSE,
        n=1,
        state=RUNNING,
        follows="service",
        started_at=NOW - timedelta(hours=1),
        length=timedelta(hours=2),
        customer_due_at=due_at,
        service_due_at=due_at,
        due_at=due_at,
        paused_at=None,
        ended_at=None,
        breached_at=None,
        policy=None,
        severity="normal",
    )
    return replace(plain, **changes)


def a_sheet(case: Case | None = None, *posts: StoredPost, **changes: Any) -> CardSheet:
    return CardSheet(case or a_case(), posts or (a_post(),), "tidewell", PAGE, **changes)


NASTY = (
    "<!channel> everybody out",
    "<!here>",
    "<!everyone|all>",
    "<@U1> look",
    "<@U0BEN>",
    "<#C1|general>",
    "<!subteam^S1>",
    "<http://evil.example|your bank>",
    "<!date^0^{date}^http://evil.example|today>",
    "@here @channel @everyone",
    "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
    "\u202e<!channel>\u202c",
    "\u200b\u200b\ufeff",
    "\u200d\u200d",
    "\ud800 alone \udfff",
    "\x00\x07bell",
    "👩‍👩‍👧‍👦" * 900,
    "🇬🇧" * 1500,
    "e" + "\u0301" * 25_000,
    "x" * 25_000,
    "<&>" * 8_000,
    "\n" * 5_000,
    "a\n" * 5_000,
    "",
    " ",
    "*bold* _it_ ~s~ `code` ```block```",
    "> quote",
    "السلام عليكم <!here>",
    ":rotating_light: :fire:",
)
outside_text = st.one_of(
    st.sampled_from(NASTY),
    st.tuples(st.sampled_from(NASTY), st.text(max_size=30), st.sampled_from(NASTY)).map("".join),
    st.text(st.characters(), max_size=400),
)
