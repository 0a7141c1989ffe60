"""Cover: who is asked, who wins, what everybody reads, and who hears of it when nobody does."""

from datetime import datetime, timedelta

import pytest

from desk import covers
from desk.covers import Wish
from desk.desk import Desk
from domain.errors import Invalid, NotAllowed, Refusal, Repeated, Stale
from domain.policy import Policy
from storage.store import Store
from tests.desk import wedding
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, TEAM, a_post, by, take_in
from tests.desk.wedding import (
    AFTERNOON,
    DAY,
    EVENING,
    HOUR,
    NOON,
    SATURDAY,
    asks,
    at_once,
    crew,
    deliver,
    says,
    shift,
    standing,
    state,
)

TOM, IDA = TEAM[0], TEAM[1]


@pytest.fixture
def policy() -> Policy:
    """The wedding's rota."""
    return wedding.policy()


def test_every_colleague_who_could_is_asked_and_nobody_else(desk: Desk) -> None:
    asks(desk)

    told = deliver(desk, AT)

    assert says(told, "cover_asked") == sorted([ELI, GUS, *TEAM])
    assert says(told, "cover_sent") == [ANN]


def test_the_first_to_take_it_is_on_call_instead(desk: Desk) -> None:
    cover = asks(desk, span=(NOON, AFTERNOON))

    covers.take(desk, cover.id, by(TOM, AT + HOUR))

    assert state(desk, cover) == ("taken", TOM)
    assert crew(desk, NOON - HOUR) == ("ann", "ben")
    assert crew(desk, NOON) == ("t0", "ben")
    assert crew(desk, AFTERNOON) == ("ann", "ben")


def test_taking_it_takes_everybodys_buttons_and_tells_both(desk: Desk) -> None:
    cover = asks(desk)
    deliver(desk, AT)

    covers.take(desk, cover.id, by(TOM, AT + HOUR))

    told = deliver(desk, AT + HOUR)
    assert says(told, "cover_taken") == [ANN]
    assert says(told, "cover_yours") == [TOM]
    assert says(told, "cover_line") == []
    hows = {key.removeprefix(f"cover:{cover.id}:"): payload.get("how") for key, payload in standing(desk).items()}
    assert hows[TOM] == "yours"
    assert {hows[person] for person in (ELI, GUS, IDA)} == {"taken"}
    assert standing(desk)[f"cover:{cover.id}"]["how"] == "taken"


def test_the_channel_hears_of_it_only_when_it_is_soon(desk: Desk) -> None:
    cover = asks(desk, SATURDAY - 20 * HOUR)

    covers.take(desk, cover.id, by(TOM, SATURDAY - 19 * HOUR))

    assert says(deliver(desk, SATURDAY - 19 * HOUR), "cover_line") == ["C0CARE"]


def test_of_many_takers_at_once_one_wins_and_the_others_are_told_by_name(desk: Desk) -> None:
    cover = asks(desk)
    takers = (ELI, GUS, *TEAM[:6])

    answers = at_once(*(lambda one=one: covers.take(desk, cover.id, by(one, AT + HOUR)) for one in takers))

    won = [one for one, answer in zip(takers, answers, strict=True) if answer is None]
    assert state(desk, cover) == ("taken", won[0])
    assert len(won) == 1
    assert {answer for answer in answers if answer} == {
        f"<@{won[0]}> was faster and covers these hours. There is nothing left for you to do."
    }
    with desk.store.look() as tx:
        assert len(tx.rotas.overrides("care", SATURDAY, EVENING)) == 1


def test_who_reads_before_and_writes_after_another_has_lost(desk: Desk, store: Store) -> None:
    """The interleaving that reading first gets wrong, forced: both have seen the request open."""
    cover = asks(desk)

    with store.begin() as tx:
        first = tx.rotas.covers.take(cover.id, TOM)
    with store.begin() as tx:
        second = tx.rotas.covers.take(cover.id, IDA)
    with store.begin() as tx:
        third = tx.rotas.covers.withdraw(cover.id, ANN)

    assert (first is not None, second, third) == (True, None, None)


def test_withdrawing_against_taking_ends_one_way_or_the_other(desk: Desk) -> None:
    cover = asks(desk)

    answers = at_once(
        lambda: covers.withdraw(desk, cover.id, by(ANN, AT + HOUR)),
        lambda: covers.take(desk, cover.id, by(TOM, AT + HOUR)),
    )

    how, taker = state(desk, cover)
    assert sorted(answer is None for answer in answers) == [False, True]
    assert (how, taker, crew(desk, SATURDAY)[0]) in (("withdrawn", None, "ann"), ("taken", TOM, "t0"))
    assert f"<@{TOM if how == 'taken' else ANN}>" in next(answer for answer in answers if answer)


def test_a_withdrawn_request_has_no_buttons_left_and_changes_nothing(desk: Desk) -> None:
    cover = asks(desk)
    deliver(desk, AT)

    covers.withdraw(desk, cover.id, by(ANN, AT + HOUR))

    assert {payload["says"] for payload in standing(desk).values() if "cover" in payload} == {"cover_over"}
    assert covers.next_at(desk) is None
    with pytest.raises(Stale, match="took the request back"):
        covers.take(desk, cover.id, by(TOM, AT + 2 * HOUR))


def test_only_the_asker_takes_it_back_and_only_while_it_is_open(desk: Desk) -> None:
    cover = asks(desk)
    with pytest.raises(NotAllowed, match="only they can take it back"):
        covers.withdraw(desk, cover.id, by(TOM))
    covers.take(desk, cover.id, by(TOM))

    with pytest.raises(Stale, match=f"<@{TOM}> has taken"):
        covers.withdraw(desk, cover.id, by(ANN))


@pytest.mark.parametrize(
    ("person", "words"), [(ANN, "your own shift"), (BEN, "on call in these hours already"), ("U0GUEST", "colleagues")]
)
def test_who_cannot_take_it_is_told_why(desk: Desk, person: str, words: str) -> None:
    cover = asks(desk)

    with pytest.raises(NotAllowed, match=words):
        covers.take(desk, cover.id, by(person))

    assert state(desk, cover) == ("open", None)


def test_somebody_elses_shift_is_refused_with_a_sentence(desk: Desk) -> None:
    with pytest.raises(Invalid, match="Only whoever has it can ask") as refused:
        covers.ask(desk, Wish(shift(desk, "gus").key, (EVENING, EVENING + DAY)), by(ANN))

    assert refused.value.field == "shift"
    with pytest.raises(NotAllowed, match="They type"):
        covers.window(desk, ANN, "@ben", AT)


def test_who_has_no_shift_reads_so(desk: Desk) -> None:
    with pytest.raises(Refusal, match="no shift in the next 30 days"):
        covers.window(desk, TOM, "", AT)


@pytest.mark.parametrize(
    ("from_at", "until_at", "field"),
    [
        (SATURDAY - HOUR, EVENING, "from"),
        (SATURDAY, EVENING + HOUR, "until"),
        (EVENING, SATURDAY, "until"),
        (SATURDAY, SATURDAY, "until"),
    ],
)
def test_hours_must_lie_within_the_shift(desk: Desk, from_at: datetime, until_at: datetime, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        asks(desk, span=(from_at, until_at))

    assert refused.value.field == field


def test_hours_that_are_past_are_refused_and_a_moment_ago_means_now(desk: Desk) -> None:
    now = NOON
    with pytest.raises(Invalid, match="in the past already"):
        asks(desk, now, (SATURDAY, EVENING))

    cover = asks(desk, now, (NOON - timedelta(minutes=3), EVENING))

    assert (cover.from_at, cover.until_at) == (NOON, EVENING)


def test_the_same_hours_are_asked_for_once(desk: Desk) -> None:
    asks(desk, span=(SATURDAY, NOON))

    with pytest.raises(Invalid, match="already"):
        asks(desk, span=(NOON - HOUR, EVENING))
    asks(desk, span=(NOON, EVENING))


def test_the_same_click_delivered_again_does_nothing(desk: Desk) -> None:
    cover = asks(desk)
    covers.take(desk, cover.id, by(TOM, key="trigger:twice"))

    with pytest.raises(Repeated):
        covers.take(desk, cover.id, by(TOM, key="trigger:twice"))


def test_who_cannot_is_thanked_and_may_be_overtaken(desk: Desk) -> None:
    cover = asks(desk)
    deliver(desk, AT)

    covers.decline(desk, cover.id, by(TOM, AT + HOUR))

    assert [(whom, payload["how"]) for whom, payload in deliver(desk, AT + HOUR)] == [(TOM, "declined")]
    assert state(desk, cover) == ("open", None)


def test_the_taker_is_briefed_with_what_is_open(desk: Desk) -> None:
    take_in(desk, a_post(), a_post(2, "@TidewellGyms the app is down", author_id="5", conversation_id="z"))
    cover = asks(desk, AT + HOUR)

    covers.take(desk, cover.id, by(TOM, AT + 2 * HOUR))

    yours = next(payload for whom, payload in deliver(desk, AT + 2 * HOUR) if payload.get("says") == "cover_yours")
    assert [row["case"] for row in yours["brief"]] == [1, 2]
    assert "rude" in yours["brief"][0]["text"]
    assert yours["brief"][0]["due"]
