"""The kit keeps text from outside inert, whatever it says, and cuts it where a reader would."""

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sandbox.blocks import faults_of
from tests.views.given import NASTY, a_post, a_reply, a_sheet, held, our_post, outside_text
from tests.views.reading import alarms, controls, sendable, shouts, words
from views import kit
from views.blocks import context, section
from views.card import card, degraded
from views.cutting import clusters, cut, units

hard = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FAMILY = "👩‍👩‍👧‍👦"


def drawn(text: str) -> kit.Json:
    """A text from outside in every form the kit has for it."""
    blocks = [
        kit.rich(
            kit.line(kit.outside(text, 200)), kit.quote(kit.outside(text, 3000)), kit.bullets(kit.line(kit.run("a")))
        ),
        {"type": "header", "text": kit.plain(text, 150)},
    ]
    return {"text": kit.fallback(text), "blocks": blocks}


@hard
@given(outside_text)
def test_text_from_outside_brings_no_control_sequence_no_ping_and_nothing_hidden(text: str) -> None:
    message = drawn(text)
    assert alarms(message) == set()
    assert shouts(message) == []
    assert sendable(message)


@hard
@given(outside_text)
def test_text_from_outside_never_makes_a_message_slack_refuses(text: str) -> None:
    assert faults_of(drawn(text)["blocks"], "message") == []
    assert units(kit.fallback(text)) <= kit.FALLBACK


@pytest.mark.parametrize("text", NASTY)
def test_every_nasty_text_is_inert_and_valid(text: str) -> None:
    assert alarms(drawn(text)) == set()
    assert faults_of(drawn(text)["blocks"], "message") == []


@hard
@given(outside_text, outside_text, outside_text)
def test_a_card_of_nasty_texts_alarms_no_more_people_than_a_plain_one(words_of: str, name: str, handle: str) -> None:
    case, reply = held(severity="emergency"), a_reply("failed", text=words_of, failure=name)
    nasty = a_sheet(
        case, a_post(words_of, author_name=name, author_handle=handle), our_post(words_of), reply=reply, person="U0ELI"
    )
    plain = a_sheet(case, a_post(), our_post(), reply=reply, person="U0ELI")
    # A cut post has a link more: to itself, which the plain card links as well.
    assert alarms(card(nasty)) <= alarms(card(plain))
    assert sendable(card(nasty))
    assert faults_of(card(nasty)["blocks"], "message") == []
    assert len(card(nasty)["text"]) < 4000
    assert len(controls(degraded(nasty))) == len(controls(degraded(plain)))


@hard
@given(outside_text)
def test_our_sentences_let_a_colleague_be_named_and_nothing_else(text: str) -> None:
    message = {"text": "", "blocks": [section(kit.sentence(f"<@U0ANN> {text}")), context(kit.sentence(f"{text}."))]}
    assert all(re.fullmatch(r"@[UW][A-Z0-9]+", found) for found in controls(message))
    assert faults_of(message["blocks"], "message") == []


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "https://a b",
        "https://x|y",
        "https://x>y",
        "https://x\u202ey",
        "slack://user?id=U1",
    ],
)
def test_an_address_that_could_lie_or_break_out_is_no_link(url: str | None) -> None:
    assert kit.address(url) is None
    assert kit.anchor(url, "the post") == "the post"
    assert kit.link(url, "the post") == kit.run("the post")


def test_a_link_escapes_its_address() -> None:
    assert kit.anchor("https://x.com/?a=1&b=2", "the post") == "<https://x.com/?a=1&amp;b=2|the post>"


@hard
@given(outside_text, st.integers(2, 400))
def test_a_cut_text_fits_and_is_the_beginning_of_the_whole(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    assert text == short or text.startswith(short.removesuffix("…"))


@hard
@given(st.integers(2, 80))
def test_a_family_a_flag_or_an_accent_is_never_parted(limit: int) -> None:
    for whole in (FAMILY, "🇬🇧", "e\u0301", "👍🏽", "❤️"):
        assume(limit > units(whole))
        kept = cut(whole * 50, limit).removesuffix("…")
        assert kept == whole * (len(kept) // len(whole))


@hard
@given(outside_text)
def test_clusters_lose_nothing(text: str) -> None:
    assert "".join(clusters(text)) == text


def test_flags_pair_up() -> None:
    assert [*clusters("🇬🇧🇫🇷")] == ["🇬🇧", "🇫🇷"]


def test_a_text_of_invisible_characters_counts_as_none() -> None:
    assert kit.shown("\u200b\u200d \ufe0f\u202e") == ""


def test_markup_in_a_customers_words_reaches_the_reader_as_they_typed_it() -> None:
    post = a_post("<!channel> & <http://evil.example|your bank> *now*")
    assert "<!channel> & <http://evil.example|your bank> *now*" in words(card(a_sheet(None, post)))


def test_a_handle_that_is_no_handle_gets_no_link() -> None:
    message = card(a_sheet(None, a_post(author_handle="evil.example/bank")))
    assert not any(found.startswith("link:") for found in alarms(message))
