"""Every message that isn't a card: short, exact, inert, with the way out."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.blocks import faults_of
from tests.views.given import NOW, outside_text
from tests.views.reading import alarms, controls, objects, pressables, sendable, shouts, words
from views.notices import SAYS, message

hard = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINK = "https://tidewell.slack.com/archives/C1/p1"
FULL: dict[str, Any] = {
    "case": 12,
    "epoch": 3,
    "holder": "U0BEN",
    "since": NOW.isoformat(),
    "at": (NOW + timedelta(seconds=4)).isoformat(),
    "lapses_at": NOW.isoformat(),
    "asker": "U0ANN",
    "giver": "U0BEN",
    "taker": "U0ANN",
    "by": "U0ANN",
    "offer": 5,
    "link": LINK,
    "url": "https://x.com/tidewell/status/1",
    "count": 3,
    "code": "is_archived",
    "channel": "C0FACILITIES",
    "reason": "Ben is on the train",
    "summary": "There is smoke in the sauna",
    "text": "We are on it",
    "what": "it was answered",
    "why": "“smoke” is an emergency term",
    "can_open": True,
    "found": False,
}


def said(says: str, **changes: Any) -> dict[str, Any]:
    return message({"says": says, **FULL, **changes})


@pytest.mark.parametrize("says", [*SAYS, "something new"])
def test_every_notice_is_a_message_slack_takes(says: str) -> None:
    drawn = said(says)
    assert faults_of(drawn["blocks"], "message") == []
    assert drawn["text"]
    assert "!" not in words(drawn).replace("<!date", "").replace("!date", "")


@pytest.mark.parametrize("says", [*SAYS, "something new"])
def test_every_notice_survives_a_payload_that_lacks_everything(says: str) -> None:
    drawn = message({"says": says})
    assert faults_of(drawn["blocks"], "message") == []
    assert drawn["text"]


def test_a_payload_without_a_name_is_still_told() -> None:
    assert message({})["text"]


@pytest.mark.parametrize("says", [*SAYS, "something new"])
@hard
@given(nasty=outside_text)
def test_no_notice_lets_text_from_outside_do_anything(says: str, nasty: str) -> None:
    strange = {"reason": nasty, "summary": nasty, "what": nasty, "code": nasty}
    if not says.startswith(("cover_", "swap_")):  # these name the team's own channel, which the desk looked up
        strange["channel"] = nasty
    if says not in ("refused", "done", "something new"):
        strange["text"] = nasty
    drawn = said(says, **strange)
    plain = said(says)
    named = {"@U1", "@U0BEN"} if says == "watch_news" else set()
    assert alarms(drawn) - named <= alarms(plain)
    assert shouts(drawn) == []
    assert sendable(drawn)
    assert faults_of(drawn["blocks"], "message") == []
    assert len(drawn["text"]) < 4000


def test_who_lost_a_claim_learns_who_was_faster_and_how_long_ago_and_what_to_do() -> None:
    drawn = said("claim_lost")
    assert "<@U0BEN> was faster, 4 seconds ago" in drawn["text"]
    buttons = pressables(drawn)
    assert set(buttons) == {"notice.watch", "notice.suggest", "notice.ask", "notice.take_over"}
    assert {found["value"] for found in buttons.values()} == {"12:3"}


@pytest.mark.parametrize(
    ("later", "words_of"),
    [(0.4, "less than a second ago"), (1, "1 second ago"), (61, "1 minute ago"), (3599, "59 minutes ago")],
)
def test_how_long_ago_is_exact_to_the_unit(later: float, words_of: str) -> None:
    assert words_of in said("claim_lost", at=(NOW + timedelta(seconds=later)).isoformat())["text"]


def test_after_an_hour_slack_counts() -> None:
    assert "{ago}" in said("claim_lost", at=(NOW + timedelta(hours=2)).isoformat())["text"]


def test_a_refusal_reads_as_the_rule_wrote_it_and_may_name_a_colleague() -> None:
    drawn = said("refused", text="<@U0BEN> holds this case. Ask for a hand-over.")
    assert drawn["text"] == "<@U0BEN> holds this case. Ask for a hand-over."


def test_a_holder_who_is_asked_can_give_it_away_with_one_press() -> None:
    drawn = said("ask_hand_over")
    assert "<@U0ANN> would like to have case 12" in drawn["text"]
    assert pressables(drawn)["offer.give"]["value"] == "12:3:U0ANN"


def test_an_offer_can_be_accepted_or_declined_and_says_until_when() -> None:
    drawn = said("offered")
    assert {key: found["value"] for key, found in pressables(drawn).items()} == {
        "offer.accept": "5",
        "offer.decline": "5",
    }
    assert "There is smoke in the sauna" in words(drawn)
    assert "The offer stands until <!date^" in drawn["text"]


def test_an_offer_without_a_summary_asks_all_the_same() -> None:
    assert set(pressables(said("offered", summary=None))) == {"offer.accept", "offer.decline"}


@pytest.mark.parametrize(
    ("says", "parts"),
    [
        ("offer_accepted", ["<@U0ANN> took case 12", LINK]),
        ("offer_declined", ["stays yours"]),
        ("offer_lapsed", ["in time", "stays yours"]),
        ("taken_over", ["<@U0ANN> took over case 12 from you", "Ben is on the train", LINK]),
        ("wrote_again", ["<@U0BEN>, the customer wrote again"]),
        ("handed_over", ["<@U0BEN>, this case is yours now"]),
        ("taken_over_line", ["<@U0ANN> took this over", "Ben is on the train"]),
        ("reply_failed", ["<@U0BEN>", "did not go out", "Ben is on the train", "open it in X"]),
        ("reply_uncertain", ["checking whether it was posted"]),
        ("needs_human", ["<@U0BEN>, please look on X"]),
        ("replied", ["<@U0ANN> replied", "We are on it", "https://x.com/tidewell/status/1"]),
        ("answered_natively", ["answered on X itself", "<@U0BEN>", "We are on it"]),
        ("suggestion", ["<@U0ANN> suggests", "We are on it"]),
        ("split", ["split off from case 12", LINK]),
        ("withdrawn", ["removed the post"]),
        ("watch_news", ["case 12", "it was answered"]),
        ("emergency", ["Emergency", "There is smoke in the sauna", "“smoke” is an emergency term"]),
        ("channel_unreachable", ["<#C0FACILITIES>", "is_archived", "3 messages wait", "nothing is lost"]),
        ("slack_refused", ["is_archived", "it was answered"]),
        ("x_auth", ["keys"]),
        ("x_credits", ["credit"]),
        ("x_unreachable", ["<!date^"]),
        ("x_back", ["X answers again"]),
        ("sources_gap", ["may be missing"]),
        ("buried", ["gave up", "<#C0FACILITIES>", "is_archived"]),
    ],
)
def test_the_text_alone_says_all_that_matters(says: str, parts: list[str]) -> None:
    text = said(says, **({"from": 12} if says == "split" else {}))["text"]
    assert [part for part in parts if part not in text] == []


def test_without_a_holder_nobody_is_named() -> None:
    for says in ("wrote_again", "handed_over", "reply_failed", "needs_human", "answered_natively"):
        assert not [found for found in controls(said(says, holder=None, reason=None, text=None)) if found[0] == "@"]


@hard
@given(st.one_of(st.none(), st.integers(), st.text(), st.booleans(), st.dictionaries(st.text(), st.text())))
def test_a_moment_that_is_none_is_said_vaguely(strange: Any) -> None:
    for says in ("claim_lost", "offered", "replied", "x_unreachable", "sources_gap"):
        drawn = said(says, since=strange, lapses_at=strange, at=strange, **{"from": strange, "to": strange})
        assert faults_of(drawn["blocks"], "message") == []


@pytest.mark.parametrize("says", SAYS)
def test_slack_is_told_to_leave_our_own_words_as_they_are(says: str) -> None:
    drawn = [found for found in objects(said(says)["blocks"]) if found.get("type") == "mrkdwn"]
    assert all(found["verbatim"] is True for found in drawn)
