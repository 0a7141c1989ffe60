"""Looking after a case: On it, snoozes, the question whether somebody still is, and cases that come back."""

from datetime import timedelta

import pytest

from desk import claims, directory, holding, replies, tending
from desk.desk import Desk
from domain.cases import Case
from domain.errors import NotAllowed, Stale
from domain.policy import Policy
from domain.quiet import Preferences
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, BEN, ELI, a_post, acts_of, by, case_of, take_in
from tests.desk.walking import DUE, MINUTE, go, told


@pytest.fixture
def policy() -> Policy:
    """Hours, promises, a rota and a ladder."""
    return weekend.policy()


def test_on_it_rests_the_ladder_and_comes_back_when_it_lapses(desk: Desk, case: Case) -> None:
    go(desk, DUE + MINUTE)
    tending.on_it(desk, case.id, by(ANN, DUE + 2 * MINUTE))

    quiet = told(go(desk, DUE + 40 * MINUTE, DUE + 2 * MINUTE))
    later = told(go(desk, DUE + 60 * MINUTE, DUE + 41 * MINUTE))

    assert quiet == []
    assert later == [(ANN, 47), (BEN, 57)]
    assert "asked_still_on_it" in acts_of(desk)


def test_still_on_it_buys_as_much_time_again(desk: Desk, case: Case) -> None:
    go(desk, DUE + MINUTE)
    tending.on_it(desk, case.id, by(ANN, DUE + 2 * MINUTE))
    go(desk, DUE + 33 * MINUTE, DUE + 2 * MINUTE)

    tending.still(desk, case.id, by(ANN, DUE + 34 * MINUTE))

    assert told(go(desk, DUE + 70 * MINUTE, DUE + 35 * MINUTE)) == []


def test_a_holder_who_lies_still_loses_the_case_but_not_the_draft(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN, AT + 5 * MINUTE))

    go(desk, AT + 66 * MINUTE, AT + 5 * MINUTE)

    now = case_of(desk)
    assert (now.status, now.holder) == ("open", None)
    assert "came_back" in acts_of(desk)


def test_only_an_open_case_that_is_no_emergency_can_be_snoozed(desk: Desk, case: Case) -> None:
    take_in(desk, a_post(2, text="@TidewellGyms fire in the hall", author_id="5", conversation_id="z"))

    with pytest.raises(NotAllowed):
        tending.snooze(desk, 2, (timedelta(hours=1), "later"), by(ANN))
    claims.claim(desk, case.id, by(BEN))
    with pytest.raises(Stale):
        tending.snooze(desk, case.id, (timedelta(hours=1), "later"), by(ANN))


def test_a_snooze_ends_by_itself_and_the_ladder_begins_anew(desk: Desk, case: Case) -> None:
    tending.snooze(desk, case.id, (timedelta(hours=2), "the plumber comes at eleven"), by(ANN))

    sent = told(go(desk, AT + timedelta(hours=2, minutes=12)))

    assert sent == [(ANN, 60), (BEN, 70)]


def test_nobody_is_asked_or_nagged_again_while_the_team_is_closed(desk: Desk) -> None:
    evening = AT.replace(hour=16, minute=30)
    take_in(desk, a_post(created_at=evening), at=evening)
    closing, morning = AT.replace(hour=18), AT.replace(hour=9) + timedelta(days=1)

    sent = go(desk, morning - MINUTE, evening)
    first = go(desk, morning, morning)

    assert [(place, at) for place, _sheet, at in sent if at > closing] == []
    assert [place for place, _sheet, _at in first] == [ELI]


def test_a_holder_is_asked_in_opening_hours_only(desk: Desk, case: Case) -> None:
    evening = AT.replace(hour=17, minute=50)
    claims.claim(desk, case.id, by(BEN, evening))

    go(desk, AT + timedelta(days=1, minutes=34), evening)
    assert "asked_still_on_it" not in acts_of(desk)
    go(desk, AT + timedelta(days=1, minutes=36), AT + timedelta(days=1, minutes=35))

    assert "asked_still_on_it" in acts_of(desk)


def test_whoever_takes_what_came_back_sees_what_was_begun(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN, AT + 5 * MINUTE))
    draft = replies.open_reply(desk, case.id, by(BEN, AT + 6 * MINUTE)).draft
    replies.save_draft(desk, draft.id, "Dear Harriet", by(BEN, AT + 7 * MINUTE))
    holding.release(desk, case.id, 1, by(BEN, AT + 8 * MINUTE))
    claims.claim(desk, case.id, by(ANN, AT + 9 * MINUTE))

    sheet = replies.open_reply(desk, case.id, by(ANN, AT + 10 * MINUTE))

    assert sheet.draft.text == ""
    assert [(note.staff, note.text) for note in sheet.suggestions] == [(BEN, "Dear Harriet")]


def test_nobody_is_handed_a_case_while_they_rest(desk: Desk, case: Case) -> None:
    with desk.store.begin() as tx:
        tx.people.wish(Preferences(BEN, "08:00", "12:00"), AT)

    with pytest.raises(Stale):
        tending.hand_to_backup(desk, case.id, by(ANN, DUE))

    assert told(go(desk, DUE - MINUTE, DUE - MINUTE)) == [("C0CARE", -1)]


def test_what_somebody_is_on_is_not_snoozed_over_their_head(desk: Desk, case: Case) -> None:
    tending.on_it(desk, case.id, by(ANN))

    with pytest.raises(Stale):
        tending.snooze(desk, case.id, (timedelta(hours=1), "later"), by(BEN, AT + MINUTE))


def test_what_came_back_is_no_longer_offered_by_who_held_it(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN))
    holding.hand_over(desk, case.id, ELI, by(BEN, AT + MINUTE))

    tending.give_back(desk, case.id, by(BEN, AT + 2 * MINUTE))

    with desk.store.look() as tx:
        assert tx.sides.offers_to(ELI, AT + 3 * MINUTE) == []


def test_a_holder_who_rests_is_not_asked_in_silence_but_relieved(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN, AT + MINUTE))
    with desk.store.begin() as tx:
        tx.people.wish(Preferences(BEN, "09:30", "15:00"), AT)

    go(desk, AT + 47 * MINUTE, AT + MINUTE)

    assert "asked_still_on_it" not in acts_of(desk)
    assert (case_of(desk).status, case_of(desk).holder) == ("open", None)


def test_who_leaves_the_channel_is_asked_at_once_and_keeps_the_case_by_saying_so(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN, AT + MINUTE))

    directory.seat(desk, "C0CARE", BEN, AT + 2 * MINUTE, present=False)
    go(desk, AT + 3 * MINUTE, AT + 2 * MINUTE)

    assert "asked_still_on_it" in acts_of(desk)
    tending.still(desk, case.id, by(BEN, AT + 4 * MINUTE))
    assert case_of(desk).holder == BEN
