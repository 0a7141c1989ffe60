"""Triage at intake: what is put away and what never is, how it comes back, and what nobody's words are left of."""

import json
from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import insert, select

from desk import corrections, digests, endings, intake, judging
from desk.cards import sheet
from desk.corrections import AlreadyRescued, AsGraveAsCanBe
from desk.desk import Desk
from domain.cases import DISMISSED, OPEN
from domain.deadlines import FIRST_RESPONSE
from domain.digests import DigestSheet
from domain.errors import Stale
from domain.posts import IncomingPost
from domain.triage import Judged, broken, is_sampled
from storage.schema_triage import layers, lessons, verdicts
from storage.store import Store
from tests.desk.conftest import ANN, AT, ELI, a_post, acts_of, by, case_of, take_in
from views.card import card

PRAISE = "@TidewellGyms thank you so much, lovely class today and wonderful staff"
HIDDEN = "@TidewellGyms lovely class, thank you so much, but a man collapsed and there is smoke everywhere"
RUDE = "@TidewellGyms the man at the desk was rude again and nobody answers"
NEXT_DAY = AT + timedelta(days=1)


def a_find(number: int, text: str = "Tidewell is a lovely village, what a wonderful day") -> IncomingPost:
    """A post that a search found and that doesn't name us."""
    return a_post(number, text, author_id=f"a{number}", author_handle=f"voice_{number}", mentions=())


def found(desk: Desk, *posts: IncomingPost) -> None:
    intake.store(desk, posts, intake.Source("x:search:Tidewell", AT.isoformat()), AT)


def has_card(desk: Desk, case_id: int = 1) -> bool:
    with desk.store.look() as tx:
        return tx.outbox.live_card(case_id) is not None


def due_of(desk: Desk, case_id: int = 1) -> list[tuple[str, datetime]]:
    with desk.store.look() as tx:
        return [(clock.target, clock.due_at) for clock in tx.clocks.open_of(case_id)]


def tier_of(desk: Desk, case_id: int = 1) -> str:
    with desk.store.look() as tx:
        return tx.verdicts.of_case(case_id)[0].tier


def digest_of(desk: Desk, at: datetime = NEXT_DAY) -> DigestSheet:
    digests.tick(desk, at)
    with desk.store.look() as tx:
        return digests.sheet(desk, tx, 1)


def test_praise_is_put_away_without_card_or_clock_and_the_trail_says_why(desk: Desk) -> None:
    take_in(desk, a_post(1, PRAISE))

    assert case_of(desk).status == DISMISSED
    assert (tier_of(desk), has_card(desk), due_of(desk), acts_of(desk)) == ("digest", False, [], ["put_away"])
    with desk.store.look() as tx:
        (entry,) = tx.audit.trail(1)
    assert entry.facts["tier"] == "digest"
    assert entry.facts["model"]
    assert entry.facts["rules"]
    assert float(str(entry.facts["score"])) < 0.2


def test_who_speaks_to_us_is_never_archived_and_only_finds_are(desk: Desk) -> None:
    quoting = a_post(2, "what a lovely day", author_id="2", mentions=(), quote_of_author="TidewellGyms")
    replying = a_post(3, "what a lovely day", author_id="3", mentions=(), in_reply_to_author="tidewellgyms")
    found(desk, a_post(1, PRAISE), quoting, replying, a_find(4))

    assert [tier_of(desk, number) for number in (1, 2, 3, 4)] == ["digest", "digest", "digest", "archive"]


def test_an_emergency_hidden_in_praise_is_a_card(desk: Desk) -> None:
    take_in(desk, a_post(1, HIDDEN))

    case = case_of(desk)
    assert (case.status, case.severity, case.person) == (OPEN, "emergency", "kit")
    assert has_card(desk)


def test_a_post_nobody_can_read_words_in_is_a_card(desk: Desk) -> None:
    take_in(desk, a_post(1, "@TidewellGyms"), a_post(2, "", author_id="2", images=1))

    assert [case_of(desk, number).status for number in (1, 2)] == [OPEN, OPEN]


@pytest.mark.parametrize("body", ["no layer", json.dumps({"weights": {"7": float("inf")}})])
def test_a_model_that_cannot_be_read_makes_cards(desk: Desk, store: Store, body: str) -> None:
    with store.begin() as tx:
        row = {"basis": "x", "live": True, "body": body, "figures": {}, "at": AT, **tx.scope.columns}
        tx.connection.execute(insert(layers), row)

    take_in(desk, a_post(1, PRAISE))

    assert (case_of(desk).status, tier_of(desk)) == (OPEN, "card")
    assert "please read it with care" in case_of(desk).why


def test_a_verdict_that_takes_too_long_is_a_card_and_the_others_get_theirs(desk: Desk) -> None:
    otherwise = broken(desk.policy)
    quick = judging.judge(desk, [a_post(1, PRAISE)], "x:mentions", AT)["1"]
    stuck = Event()

    def never() -> Judged:
        stuck.wait(20)
        return quick

    answers = judging.all_of([lambda: quick, never, lambda: quick], otherwise, 0.05)
    stuck.set()

    assert answers == [quick, otherwise, quick]


def test_no_word_of_a_post_is_kept_in_its_verdict(desk: Desk, store: Store) -> None:
    take_in(desk, a_post(1, "@TidewellGyms Grobnitz fainted, a disgusting mess, nobody answers, shouted Wilmott"))

    with store.look() as tx:
        kept = str([tuple(row) for row in tx.connection.execute(select(verdicts))])
        said = str(tx.audit.trail(1)) + case_of(desk).why
    for word in ("Grobnitz", "fainted", "disgusting", "Wilmott", "shouted", "injur", "hurt"):
        assert word not in kept + said


def test_the_digest_comes_once_on_the_next_working_day_and_never_without_news(desk: Desk) -> None:
    assert digests.next_at(desk) is None
    take_in(desk, a_post(1, PRAISE, created_at=AT.replace(hour=20)), at=AT.replace(hour=20))

    assert digests.next_at(desk) == NEXT_DAY.replace(hour=9)
    told = digest_of(desk)

    assert (told.total, [line.case_id for line in told.lines]) == (1, [1])
    assert digests.next_at(desk) is None


def test_the_digest_waits_over_the_weekend_and_a_holiday(desk: Desk) -> None:
    christmas_eve = datetime.fromisoformat("2026-12-24T10:00:00+00:00")  # a Thursday that is closed; Christmas follows
    take_in(desk, a_post(1, PRAISE, created_at=christmas_eve), at=christmas_eve)

    assert digests.next_at(desk) == datetime.fromisoformat("2026-12-29T09:00:00+00:00")


def test_of_the_archive_only_a_sample_is_listed_and_everything_is_counted(desk: Desk) -> None:
    finds = [a_find(number) for number in range(1, 90)]
    found(desk, *finds)

    told = digest_of(desk)

    assert told.total == 89
    assert 0 < len(told.lines) + told.more < 20
    assert {line.case_id for line in told.lines} <= {n for n in range(1, 90) if is_sampled(str(n))}


def test_a_rescue_brings_the_card_with_the_deadline_it_would_have_had(desk: Desk) -> None:
    take_in(desk, a_post(1, PRAISE), a_post(2, RUDE, author_id="2"))
    digest_of(desk)

    corrections.it_is_one(desk, 1, by(ANN, NEXT_DAY))

    assert case_of(desk).status == OPEN
    assert has_card(desk)
    (late,) = [due for target, due in due_of(desk, 1) if target == FIRST_RESPONSE]
    (usual,) = [due for target, due in due_of(desk, 2) if target == FIRST_RESPONSE]
    assert timedelta(0) <= usual - late <= timedelta(seconds=1)
    with desk.store.look() as tx:
        drawn = str(card(sheet(desk, tx, case_of(desk))))
    assert "late by triage" in drawn
    (line,) = [line for line in digest_of(desk).lines if line.case_id == 1]
    assert (line.put_away, line.rescued_by) == (False, ANN)


def test_two_who_rescue_at_once_make_one_card(desk: Desk) -> None:
    take_in(desk, a_post(1, PRAISE))
    corrections.it_is_one(desk, 1, by(ANN))

    with pytest.raises(AlreadyRescued):
        corrections.it_is_one(desk, 1, by(ELI))

    assert acts_of(desk).count("rescued") == 1


def test_an_edit_that_makes_it_a_complaint_brings_it_back(desk: Desk) -> None:
    take_in(desk, a_post(1, PRAISE, version_ids=("1",)))

    take_in(desk, a_post(2, RUDE, version_ids=("1", "2")))

    assert case_of(desk).status == OPEN
    assert has_card(desk)


def test_more_urgent_shortens_what_is_promised_and_an_emergency_calls_its_person(desk: Desk) -> None:
    take_in(desk, a_post(1, RUDE))
    before = dict(due_of(desk))[FIRST_RESPONSE]

    corrections.worse(desk, 1, by(ANN))
    assert case_of(desk).severity == "urgent"
    assert dict(due_of(desk))[FIRST_RESPONSE] < before
    corrections.worse(desk, 1, by(ANN))

    assert (case_of(desk).severity, case_of(desk).person) == ("emergency", "kit")
    assert "emergency_called" in acts_of(desk)
    with pytest.raises(AsGraveAsCanBe):
        corrections.worse(desk, 1, by(ANN))


def lesson_of(desk: Desk) -> int:
    with desk.store.look() as tx:
        return max(int(row.id) for row in tx.connection.execute(select(lessons.c.id)))


def test_every_correction_can_be_taken_back_for_ten_minutes_and_then_teaches_nothing(desk: Desk) -> None:
    take_in(desk, a_post(1, RUDE), a_post(2, PRAISE, author_id="2"))
    due = due_of(desk)

    endings.dismiss(desk, 1, case_of(desk).epoch, by(ANN))
    corrections.undo(desk, lesson_of(desk), by(ANN))
    assert (case_of(desk).status, due_of(desk)) == (OPEN, due)

    endings.reroute(desk, 1, case_of(desk).epoch, "facilities", by(ANN))
    corrections.undo(desk, lesson_of(desk), by(ANN))
    assert case_of(desk).team == "care"

    corrections.worse(desk, 1, by(ANN))
    corrections.undo(desk, lesson_of(desk), by(ANN))
    assert (case_of(desk).severity, due_of(desk)) == ("normal", due)

    corrections.it_is_one(desk, 2, by(ANN))
    corrections.undo(desk, lesson_of(desk), by(ANN))
    assert case_of(desk, 2).status == DISMISSED

    with desk.store.look() as tx:
        assert tx.lessons.standing() == []


def test_after_ten_minutes_a_correction_stays(desk: Desk) -> None:
    take_in(desk, a_post(1, RUDE))
    endings.dismiss(desk, 1, 0, by(ANN))

    with pytest.raises(Stale):
        corrections.undo(desk, lesson_of(desk), by(ANN, AT + timedelta(minutes=10, seconds=1)))

    assert case_of(desk).status == DISMISSED


def test_what_is_urgent_isnt_called_an_emergency_and_its_words_are_placed(desk: Desk) -> None:
    take_in(desk, a_post(1, "@TidewellGyms I'm a journalist, please comment on the record about your pool"))

    case = case_of(desk)
    assert case.severity == "urgent"
    assert case.why.startswith("it reads like something that can't wait; ")
    with desk.store.look() as tx:
        (kept,) = tx.verdicts.of_case(1)
    assert kept.reasons["emergency"]["at"]
