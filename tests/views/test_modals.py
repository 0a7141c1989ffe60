"""The modals: valid, carrying ids only, and asking in words that help."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.audit import GENESIS, Entry
from domain.sheets import ReplySheet, TrailSheet
from domain.sides import SUGGESTION, Note
from domain.x import Length
from sandbox.blocks import faults_of
from tests.views.given import NOW, a_case, a_post, a_reply, a_sheet, held, our_post, outside_text
from tests.views.reading import alarms, pressables, sendable, words
from views import modals
from views.reply_modal import length_line, reply
from views.trail import ACTS, trail

hard = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEAMS = [("facilities", "facilities"), ("billing", "billing-team")]


def a_reply_sheet(text: str = "", **changes: Any) -> ReplySheet:
    notes = (Note("U0ANN", SUGGESTION, "Offer her a free swim", NOW),)
    plain = ReplySheet(
        a_sheet(held(), a_post()),
        a_reply("draft", text=text),
        (our_post("Sorry about May"),),
        notes,
        Length(0, 280, fits=False),
    )
    return replace(plain, **changes)


def an_entry(n: int, act: str = "claimed", actor: str = "U0ANN", **facts: str) -> Entry:
    return Entry(12, n, NOW, actor, act, {**facts}, GENESIS, GENESIS)


def block(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    return next(found for found in view["blocks"] if found.get("block_id") == block_id)


SMALL = [
    modals.take_over(held()),
    modals.hand_over(held()),
    modals.suggest(held()),
    modals.wrong_team(a_case(), TEAMS),
    modals.split(a_sheet(None, a_post(), a_post("and another", id=9))),
    modals.public_link("r-1", 12, 3),
    modals.refused("Ask <@U0BEN> for a hand-over."),
    modals.wrong_team(a_case(), []),
    modals.split(a_sheet()),
    reply(a_reply_sheet()),
    reply(a_reply_sheet("Sorry", changed="The customer wrote again.")),
]


@pytest.mark.parametrize("view", SMALL)
def test_every_modal_is_one_slack_opens(view: dict[str, Any]) -> None:
    assert faults_of(view, "modal") == []


@pytest.mark.parametrize("view", SMALL)
def test_a_modal_carries_ids_and_nothing_about_anybody(view: dict[str, Any]) -> None:
    kept = json.loads(view.get("private_metadata", "{}"))
    assert set(kept) <= {"case", "epoch", "reply"}
    assert "Jane" not in view.get("private_metadata", "")


def test_the_reply_modal_shows_what_was_said_and_what_we_said_before() -> None:
    said = words(reply(a_reply_sheet()))
    for part in ("The changing rooms are dirty again", "Sorry about May", "Offer her a free swim", "@tidewell"):
        assert part in said


def test_the_reply_modal_keeps_the_draft_and_counts_as_one_types() -> None:
    view = reply(a_reply_sheet("Sorry, Jane", length=Length(11, 280, fits=True)))
    field = block(view, "text")["element"]
    assert field["initial_value"] == "Sorry, Jane"
    assert field["action_id"] == "reply.text"
    assert field["dispatch_action_config"] == {"trigger_actions_on": ["on_character_entered"]}
    assert "11 of 280" in words({"blocks": [block(view, "length")]})
    assert json.loads(view["private_metadata"]) == {"case": 12, "epoch": 3, "reply": "r-1"}
    assert view["submit"]["text"] == "Send"


def test_a_changed_case_is_said_first_and_the_button_says_that_one_knows() -> None:
    view = reply(a_reply_sheet(changed="The customer wrote again."))
    assert "The customer wrote again." in view["blocks"][0]["text"]["text"]
    assert view["submit"]["text"] == "Send anyway"


def test_too_long_says_by_how_much() -> None:
    assert "32 too many" in words({"blocks": [length_line(Length(312, 280, fits=False))]})


@hard
@given(outside_text, outside_text)
def test_the_reply_modal_stays_valid_and_inert_whatever_was_said(said: str, drafted: str) -> None:
    posts = (a_post(said, author_name=said), our_post(said), a_post(said, id=7))
    notes = (Note("U0ANN", SUGGESTION, said, NOW),) * 7
    sheet = a_reply_sheet(drafted.encode("utf-8", "ignore").decode(), suggestions=notes, told_before=posts[1:2])
    view = reply(replace(sheet, card=a_sheet(held(), *posts)))
    assert faults_of(view, "modal") == []
    assert {found for found in alarms(view) if not found.startswith("link:http://127.0.0.1")} <= {
        "user:U0ANN",
        f"{a_post().url}|this post",
    }


def test_taking_over_asks_for_a_reason_and_says_who_is_told() -> None:
    view = modals.take_over(held())
    assert view["callback_id"] == "case.take_over_confirmed"
    assert block(view, "reason")["element"]["min_length"] == 10
    assert "<@U0BEN> is told" in words(view)


def test_the_fields_have_the_ids_the_handlers_read() -> None:
    fields = [(block_id, action) for view in SMALL for block_id, action in _fields(view)]
    assert {
        ("reason", "case.reason"),
        ("to", "case.to"),
        ("text", "note.text"),
        ("team", "case.team"),
        ("post", "case.post"),
        ("link", "reply.link"),
        ("text", "reply.text"),
    } == set(fields)


def _fields(view: dict[str, Any]) -> list[tuple[str, str]]:
    return [(found["block_id"], found["element"]["action_id"]) for found in view["blocks"] if found["type"] == "input"]


def test_the_first_post_cannot_be_split_off() -> None:
    view = modals.split(a_sheet(None, a_post(), our_post(), a_post("and another", id=9)))
    assert [option["value"] for option in pressables(view)["case.post"]["options"]] == ["9"]


@hard
@given(st.lists(outside_text, min_size=1, max_size=130))
def test_splitting_stays_valid_for_many_and_strange_posts(texts: list[str]) -> None:
    view = modals.split(a_sheet(None, *(a_post(text, id=n) for n, text in enumerate(texts))))
    assert faults_of(view, "modal") == []
    assert sendable(view)


def test_a_refusal_may_name_a_colleague_and_nothing_else() -> None:
    view = modals.refused("<@U0BEN> holds this case. <!channel> <http://evil.example|click>")
    assert alarms(view) == {"@U0BEN"}


def test_the_trail_is_told_in_words_with_moments_and_whether_it_is_whole() -> None:
    entries = (an_entry(1, "opened", "dibs"), an_entry(2), an_entry(3, "offered", to="U0BEN"))
    said = words(trail(TrailSheet(a_sheet(), entries, (), None)))
    assert "Dibs opened the case · <!date^" in said
    assert "<@U0ANN> claimed it · <!date^" in said
    assert "offered it to <@U0BEN>" in said
    assert "The trail is complete" in said


def test_a_broken_trail_names_the_entry() -> None:
    assert "broken at entry 4" in words(trail(TrailSheet(a_sheet(), (an_entry(1),), (), 4)))


def test_an_act_nobody_described_is_still_shown() -> None:
    assert "<@U0ANN> weighed twice" in words(trail(TrailSheet(a_sheet(), (an_entry(1, "weighed_twice"),), (), None)))


def test_the_rarer_buttons_are_there_for_those_who_may_act() -> None:
    sheet = TrailSheet(a_sheet(None, a_post(), a_post(id=9)), (an_entry(1),), (), None)
    assert set(pressables(trail(sheet))) == set()
    acting = trail(replace(sheet, actor_may_act=True))
    assert set(pressables(acting)) == {"case.menu", "case.wrong_team", "case.dismiss"}


@hard
@given(st.integers(0, 400), outside_text, st.integers(0, 40))
def test_a_trail_of_any_length_is_a_modal_slack_opens(count: int, text: str, notes: int) -> None:
    acts = [*ACTS, text[:40] or "x"]
    entries = tuple(
        an_entry(n, acts[n % len(acts)], to="U0BEN", reason=text, code=text, old=text, why=text) for n in range(count)
    )
    said = tuple(Note("U0ANN", SUGGESTION, text, NOW) for _ in range(notes))
    view = trail(TrailSheet(a_sheet(held(), a_post(text)), entries, said, None, actor_may_act=True))
    assert faults_of(view, "modal") == []
    assert alarms(view) <= {"@U0ANN", "@U0BEN", "user:U0ANN"}


def test_a_case_of_very_many_posts_can_still_be_split_at_the_newer_ones() -> None:
    view = modals.split(a_sheet(None, *(a_post(id=number) for number in range(150))))
    assert faults_of(view, "modal") == []
    assert pressables(view)["case.post"]["options"][-1]["value"] == "149"
