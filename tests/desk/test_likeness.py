"""The same words again: one card for one author, linked cards for several."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk import claims, endings
from desk.cards import sheet
from desk.desk import Desk
from domain.posts import IncomingPost
from domain.sheets import CardSheet
from storage.schema_likeness import bands, sketches
from tests.desk.conftest import AT, ELI, a_post, acts_of, by, case_of, take_in
from views.card import card

SMELL = "@TidewellGyms there is a dreadful smell in the upstairs studio at Leith and nobody does anything about it"
DAY = timedelta(days=1)


def another(number: int, text: str = SMELL, **more: object) -> IncomingPost:
    """A post of somebody else's."""
    return a_post(number, text, author_id=f"a{number}", author_handle=f"voice_{number}", **more)


def sheet_of(desk: Desk, case_id: int) -> CardSheet:
    """What the case's card would show now."""
    with desk.store.look() as tx:
        case = tx.cases.get(case_id)
        assert case is not None
        return sheet(desk, tx, case)


def promised(desk: Desk, kind: str) -> list[int]:
    """The cases that something of this kind was promised for, by how often the card is to be drawn anew."""
    with desk.store.look() as tx:
        rows = tx.connection.exec_driver_sql(f"SELECT case_id, wanted FROM deliveries WHERE kind = '{kind}'")  # noqa: S608 - a word of ours
        return [row.case_id for row in rows for _ in range(row.wanted)]


def test_twenty_variants_by_one_author_are_one_card_with_plus_nineteen(desk: Desk) -> None:
    take_in(desk, *(a_post(number, f"{SMELL} #{number}") for number in range(1, 21)))

    shown = sheet_of(desk, 1)
    assert (len(shown.posts), shown.repeats) == (20, 19)
    assert "+19: nearly the same words, 20 times in all" in str(card(shown)["blocks"])
    assert set(promised(desk, "card")) == {1}


def test_the_same_words_join_their_live_case_beyond_the_window(desk: Desk) -> None:
    take_in(desk, a_post(1, SMELL))
    late = AT + 9 * DAY

    take_in(desk, a_post(2, SMELL.upper(), created_at=late), at=late)
    take_in(desk, a_post(3, "@TidewellGyms and who is it that charged me twice?", created_at=late), at=late)

    assert [post.post_id for post in sheet_of(desk, 1).posts] == ["1", "2", "3"]


def test_other_words_beyond_the_window_are_another_matter(desk: Desk) -> None:
    take_in(desk, a_post(1, SMELL))

    take_in(desk, a_post(2, "@TidewellGyms who charged me twice this month?", created_at=AT + 9 * DAY), at=AT + 9 * DAY)

    assert case_of(desk, 2).opened_at == AT + 9 * DAY


def test_the_same_words_open_a_new_case_once_the_old_one_has_ended(desk: Desk) -> None:
    take_in(desk, a_post(1, SMELL))
    claims.claim(desk, 1, by(ELI))
    endings.resolve(desk, 1, 1, by(ELI))

    take_in(desk, a_post(2, SMELL, created_at=AT + 9 * DAY), at=AT + 9 * DAY)

    assert case_of(desk, 2).live
    assert sheet_of(desk, 2).voices == ()


def test_a_repeat_is_counted_and_calls_nobody_but_new_words_do(desk: Desk) -> None:
    take_in(desk, a_post(1, SMELL))
    claims.claim(desk, 1, by(ELI))

    take_in(desk, a_post(2, f"{SMELL} #fail"), a_post(3, SMELL.upper()))
    assert promised(desk, "thread") == []
    assert acts_of(desk).count("customer_wrote") == 2

    take_in(desk, a_post(4, "@TidewellGyms and now the lift has stopped between two floors"))
    assert promised(desk, "thread") == [1]


def test_the_same_words_again_hours_later_do_call_the_holder(desk: Desk) -> None:
    take_in(desk, a_post(1, SMELL))
    claims.claim(desk, 1, by(ELI))

    later = AT + timedelta(hours=3)
    take_in(desk, a_post(2, SMELL, created_at=later), at=later)

    assert promised(desk, "thread") == [1]


def test_many_authors_who_say_the_same_are_linked_and_each_card_says_so(desk: Desk) -> None:
    take_in(desk, *(another(number, f"{SMELL} no {number}") for number in range(1, 14)))

    assert sheet_of(desk, 1).voices == tuple(range(2, 14))
    assert sheet_of(desk, 7).voices == (*range(1, 7), *range(8, 14))
    said = str(card(sheet_of(desk, 1))["blocks"])
    assert "12 others say the same: cases 2, 3, 4, 5, 6 and 7 more" in said
    assert "1 other says the same: case 1" in str(card(replace(sheet_of(desk, 2), voices=(1,)))["blocks"])


def test_only_the_earliest_card_is_drawn_anew_for_each_further_voice(desk: Desk) -> None:
    take_in(desk, *(another(number, f"{SMELL} no {number}") for number in range(1, 14)))

    drawn = promised(desk, "card")
    assert drawn.count(1) == 13
    assert all(drawn.count(case) == 1 for case in range(2, 14))


def test_short_words_and_other_words_link_nobody(desk: Desk) -> None:
    take_in(desk, another(1, "@TidewellGyms still waiting"), another(2, "@TidewellGyms still waiting"))
    take_in(desk, another(3, SMELL), another(4, "@TidewellGyms who charged me twice this month, and why?"))

    assert [sheet_of(desk, case).voices for case in (1, 2, 3, 4)] == [(), (), (), ()]


def test_an_edited_post_is_found_by_what_it_says_now(desk: Desk) -> None:
    take_in(desk, another(1, "@TidewellGyms who charged me twice this month, and why?"))
    edited = replace(another(1, SMELL), post_id="1b", version_ids=("1", "1b"))

    take_in(desk, edited)
    take_in(desk, another(2), another(3, "@TidewellGyms who charged me twice this month, and why?"))

    assert sheet_of(desk, 1).voices == (2,)
    assert sheet_of(desk, 3).voices == ()


def test_after_three_days_the_same_words_are_another_matter_and_the_sketches_are_gone(desk: Desk) -> None:
    take_in(desk, another(1))
    late = AT + 4 * DAY

    take_in(desk, another(2, created_at=late), at=late)

    assert sheet_of(desk, 2).voices == ()
    with desk.store.look() as tx:
        kept = [row.post for row in tx.connection.execute(sketches.select())]
        looked_up = {row.post for row in tx.connection.execute(bands.select())}
    assert (kept, looked_up) == ([2], {2})


@pytest.mark.parametrize("text", ["", "😡😡", "a\x00b c d e f", "\ud800 lone and broken in the middle", "x " * 20_000])
def test_odd_posts_are_sketched_like_any_other(desk: Desk, text: str) -> None:
    take_in(desk, another(1, text), another(2, text))

    assert case_of(desk, 2).author_id == "a2"
