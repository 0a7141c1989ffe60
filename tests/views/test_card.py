"""The card in every state: valid, with the buttons that fit, and saying what a colleague must know."""

from datetime import timedelta
from itertools import product

import pytest

from domain.cases import AWAITING, DISMISSED, LIVE, OPEN, RESOLVED
from domain.posts import ReplyOption
from domain.replies import CANCELLED, DRAFT, FAILED, NEEDS_HUMAN, QUEUED, SENDING, SENT, UNCERTAIN
from sandbox.blocks import faults_of
from tests.views.given import NOW, PAGE, a_case, a_post, a_reply, a_sheet, an_offer, held, our_post
from tests.views.reading import pressables, words
from views.card import card, degraded, fold
from views.kit import Json

STATUSES = (OPEN, "claimed", AWAITING, RESOLVED, DISMISSED)
REPLIES = (None, DRAFT, QUEUED, SENDING, SENT, FAILED, UNCERTAIN, NEEDS_HUMAN, CANCELLED)


def ids(drawn: Json) -> set[str]:
    return set(pressables(drawn))


@pytest.mark.parametrize(("status", "reply", "option"), [*product(STATUSES, REPLIES, ("api", "intent", "none"))])
def test_every_state_is_a_message_slack_takes(status: str, reply: str | None, option: str) -> None:
    case = held(status=status, ended_at=NOW, collisions=4, severity="emergency", reopened=1)
    posts = (a_post(), our_post(), a_post(option=ReplyOption(option, "because"), images=2))
    sheet = a_sheet(case, *posts, reply=a_reply(reply) if reply else None, person="U0ELI", offer=an_offer(), watchers=2)
    assert faults_of(card(sheet)["blocks"], "message") == []
    assert card(sheet)["text"]


def test_an_open_case_offers_claim_first_and_nothing_only_a_holder_may_do() -> None:
    drawn = card(a_sheet())
    assert ids(drawn) == {
        "case.claim", "case.dismiss", "case.wrong_team", "case.view_post", "case.menu", "case.why",
    }  # fmt: skip
    assert pressables(drawn)["case.claim"]["style"] == "primary"
    assert pressables(drawn)["case.claim"]["value"] == "12:3"
    assert "Open" in words(drawn)


def test_a_held_case_names_its_holder_and_offers_what_a_holder_does() -> None:
    drawn = card(a_sheet(held()))
    assert "<@U0BEN> has it" in words(drawn)
    assert {"case.reply", "case.resolve", "case.release", "case.hand_over"} <= ids(drawn)
    assert "case.claim" not in ids(drawn)
    menu = [option["value"] for option in pressables(drawn)["case.menu"]["options"]]
    assert menu == ["watch:12:3", "suggest:12:3", "ask:12:3", "take_over:12:3", "trail:12:3"]


def test_a_held_case_says_when_the_customer_wrote_again_after_our_answer() -> None:
    answered = NOW - timedelta(minutes=20)
    assert "the customer wrote again <!date^" in words(card(a_sheet(held(first_response_at=answered))))
    assert "wrote again" not in words(card(a_sheet(held(first_response_at=NOW))))


def test_an_ended_case_can_only_be_reopened_or_read() -> None:
    for status in (RESOLVED, DISMISSED):
        drawn = card(a_sheet(held(status=status, ended_at=NOW)))
        assert ids(drawn) == {"case.reopen", "case.view_post", "case.menu", "case.why"}


def test_split_off_is_offered_only_when_there_is_something_to_split() -> None:
    lone, several = card(a_sheet()), card(a_sheet(None, a_post(), a_post("And the pool is closed", id=3)))
    assert "split:12:3" not in str(lone)
    assert "split:12:3" in str(several)


@pytest.mark.parametrize(
    ("kind", "colour", "there", "absent"),
    [
        ("api", "Green", "case.reply", "case.open_on_network"),
        ("intent", "Yellow", "case.open_on_network", "case.reply"),
        ("none", "Red", "case.resolve", "case.reply"),
    ],
)
def test_the_way_to_answer_is_said_in_a_word_and_offered(kind: str, colour: str, there: str, absent: str) -> None:
    drawn = card(a_sheet(held(), a_post(option=ReplyOption(kind, "The reason."))))
    assert colour in words(drawn)
    assert "The reason." in words(drawn)
    assert there in ids(drawn)
    assert absent not in ids(drawn)


def test_open_in_x_leads_to_the_page_that_answers_the_newest_post() -> None:
    drawn = card(a_sheet(held(), a_post(option=ReplyOption("intent", ""))))
    url = pressables(drawn)["case.open_on_network"]["url"]
    assert url.startswith(f"{PAGE}/intent/tweet?in_reply_to=1990000000000000001")


def test_an_emergency_says_so_in_words_and_names_its_person() -> None:
    drawn = card(a_sheet(a_case(severity="emergency", person="eli"), person="U0ELI"))
    assert "Emergency" in words(drawn)
    assert ":rotating_light:" in words(drawn)
    assert "<@U0ELI>" in words(drawn)
    assert "Emergency, <@U0ELI>" in drawn["text"]


def test_the_text_alone_tells_a_screen_reader_who_wrote_what_and_why_it_is_here() -> None:
    text = card(a_sheet())["text"]
    for part in ("Open", "Jane Doe", "@jane_doe", "The changing rooms are dirty again", "changing room", "Green"):
        assert part in text


def test_a_post_without_words_says_how_many_images_it_has() -> None:
    drawn = card(a_sheet(None, a_post("\u200b ", images=2)))
    assert "[no text, 2 images]" in words(drawn)
    assert "[no text, 2 images]" in drawn["text"]


def test_a_post_its_author_took_back_is_gone_from_card_and_text() -> None:
    drawn = card(a_sheet(None, a_post(None)))
    assert "[The author removed this post]" in words(drawn)
    assert "[The author removed this post]" in drawn["text"]


def test_a_very_long_post_is_cut_and_says_where_the_rest_is() -> None:
    drawn = card(a_sheet(None, a_post("long " * 5000)))
    assert "read the rest on X" in words(drawn)
    assert len(drawn["text"]) < 4000


def test_a_long_story_shows_how_it_began_counts_what_came_between_and_ends_with_the_newest() -> None:
    newest = a_post("Still dirty", id=4, created_at=NOW)
    drawn = card(a_sheet(None, a_post(), a_post("and wet", id=3), a_post("and cold", id=5), our_post(), newest))
    told = [words(drawn).index(part) for part in ("dirty again", "+2 earlier posts", "on the way", "Still dirty")]
    assert told == sorted(told)
    assert "and wet" not in words(drawn)


def test_what_made_it_an_emergency_stays_on_the_card_when_the_customer_writes_on() -> None:
    drawn = card(a_sheet(a_case(severity="emergency"), a_post("Smoke in the sauna"), a_post("It gets worse", id=3)))
    assert "Smoke in the sauna" in words(drawn)


def test_an_answer_after_the_newest_post_stands_below_it() -> None:
    drawn = card(a_sheet(held(status=AWAITING), a_post(), our_post()))
    assert words(drawn).index("dirty again") < words(drawn).index("on the way")


def test_an_uncertain_reply_says_that_it_is_looked_up_and_cannot_be_answered_twice() -> None:
    drawn = card(a_sheet(held(), reply=a_reply(UNCERTAIN)))
    assert "Checking whether it was posted" in words(drawn)
    assert "case.reply" not in ids(drawn)


def test_a_reply_nobody_can_settle_asks_a_person_three_things() -> None:
    drawn = card(a_sheet(held(), reply=a_reply(NEEDS_HUMAN)))
    assert {"reply.is_public", "reply.not_public", "reply.drop"} <= ids(drawn)
    assert pressables(drawn)["reply.is_public"]["value"] == "r-1:12:3"
    assert "We are on it, sorry." in words(drawn)


def test_a_failed_reply_says_why_and_keeps_the_words() -> None:
    drawn = card(a_sheet(held(), reply=a_reply(FAILED, failure="X says the post is gone.")))
    assert "did not go out" in words(drawn)
    assert "X says the post is gone." in words(drawn)
    assert "reply.edit" in ids(drawn)
    assert "We%20are%20on%20it" in pressables(drawn)["case.open_on_network"]["url"]


def test_only_its_author_is_offered_to_edit_a_failed_reply() -> None:
    drawn = card(a_sheet(held(holder="U0ANN"), reply=a_reply(FAILED)))
    assert "reply.edit" not in ids(drawn)
    assert {"case.reply", "case.open_on_network"} <= ids(drawn)


def test_prevented_collisions_watchers_and_a_standing_offer_are_shown() -> None:
    drawn = card(a_sheet(held(collisions=4), watchers=2, offer=an_offer()))
    assert "Collisions prevented: 4" in words(drawn)
    assert "2 watching" in words(drawn)
    assert "<@U0BEN> offered this to <@U0ANN>" in words(drawn)


def test_the_row_of_buttons_has_another_id_in_every_state() -> None:
    rows = {
        card(a_sheet(held(status=status, epoch=epoch)))["blocks"][-1]["block_id"] for status in LIVE for epoch in (1, 2)
    }
    assert len(rows) == 6


def test_a_folded_card_leads_to_the_new_one() -> None:
    drawn = fold("https://tidewell.slack.com/archives/C1/p1", 12)
    assert "<https://tidewell.slack.com/archives/C1/p1|open it>" in words(drawn)
    assert faults_of(drawn["blocks"], "message") == []


def test_a_card_slack_refuses_still_says_everything_that_matters_as_text() -> None:
    drawn = degraded(a_sheet())
    assert drawn["blocks"] == []
    assert "The changing rooms are dirty again" in drawn["text"]
    assert f"<{PAGE}/x/jane_doe/status/1990000000000000001|Read the post on X>" in drawn["text"]


def test_waiting_is_counted_by_slack_so_that_nothing_has_to_be_edited() -> None:
    moment = int((NOW - timedelta(minutes=12)).timestamp())
    assert f"<!date^{moment}^{{ago}}|" in words(card(a_sheet()))


def test_the_answer_goes_to_the_post_that_may_be_answered_even_when_a_newer_one_may_not() -> None:
    newer = a_post("and again", id=4, post_id="1990000000000000004", option=ReplyOption("intent", "no mention"))
    drawn = card(a_sheet(held(), a_post(), newer))
    assert "case.reply" in ids(drawn)
    assert "Green" in words(drawn)


def test_a_post_that_was_taken_back_cannot_be_answered() -> None:
    drawn = card(a_sheet(held(), a_post(None)))
    assert "case.reply" not in ids(drawn)
    assert "Red" in words(drawn)
