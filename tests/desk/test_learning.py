"""Learning from corrections: deterministic, guarded, gone when they are taken back; and terms they suggest."""

from datetime import timedelta

from sqlalchemy import select

from desk import corrections, endings, learning
from desk.desk import Desk
from storage.schema_triage import layers, lessons
from tests.desk.conftest import ANN, AT, ELI, a_post, by, case_of, take_in

HOUR = timedelta(hours=1)
MINED = "@TidewellGyms the grobnitz lamp flickers in studio {n}, please look"
PRAISED = "@TidewellGyms thank you for the lovely class number {n}"


def put_away_and_brought_back(desk: Desk, count: int, text: str = MINED) -> None:
    """Posts that triage thinks nothing of and colleagues bring back, and as many that stay where they are."""
    for number in range(1, count + 1):
        said = {"author_id": f"a{number}", "conversation_id": f"c{number}"}
        take_in(desk, a_post(number, text.format(n=number), **said))
    with desk.store.look() as tx:
        away = [case for case in range(1, count + 1) if (found := tx.cases.get(case)) and not found.live]
    for case in away:
        corrections.it_is_one(desk, case, by(ELI))
    for case in range(1, count + 1):
        if case not in away:
            corrections.worse(desk, case, by(ELI))


def called_no_complaint(desk: Desk, first: int, count: int) -> None:
    """Cards of rude people that colleagues put away."""
    for number in range(first, first + count):
        said = {"author_id": f"a{number}", "conversation_id": f"c{number}"}
        text = f"@TidewellGyms snorple walkers were rude at the cinema, told a joke {number}"
        take_in(desk, a_post(number, text, **said))
        if case_of(desk, number).live:
            endings.dismiss(desk, number, case_of(desk, number).epoch, by(ELI))


def live_layers(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.look() as tx:
        rows = tx.connection.execute(select(layers).where(layers.c.live.is_(True)))
        return [(row.basis, row.body) for row in rows]


def test_what_colleagues_teach_counts_for_the_next_post_and_is_the_same_each_time(desk: Desk) -> None:
    put_away_and_brought_back(desk, 24)
    called_no_complaint(desk, 25, 24)
    before = judged(desk, 100)

    assert learning.tick(desk, AT + HOUR)

    assert judged(desk, 101) > before + 0.1
    (first,) = live_layers(desk)
    with desk.store.begin() as tx:
        tx.connection.execute(layers.delete())
    learning.tick(desk, AT + 2 * HOUR)
    assert live_layers(desk) == [first]


def judged(desk: Desk, number: int) -> float:
    """How likely a complaint a new post of that kind is now."""
    take_in(desk, a_post(number, MINED.format(n=number), author_id=f"a{number}", conversation_id=f"c{number}"))
    with desk.store.look() as tx:
        post = tx.posts.by_id("x", str(number))
        assert post is not None
        return tx.verdicts.of_case(post.case_id or 0)[0].complaint


def test_it_learns_once_an_hour_at_most_and_never_from_a_handful(desk: Desk) -> None:
    put_away_and_brought_back(desk, 3)

    assert learning.tick(desk, AT + HOUR)
    assert not learning.tick(desk, AT + HOUR + timedelta(minutes=59))
    assert learning.tick(desk, AT + 2 * HOUR)

    assert live_layers(desk) == []


def test_lessons_that_are_taken_back_leave_nothing_of_them(desk: Desk) -> None:
    put_away_and_brought_back(desk, 24)
    called_no_complaint(desk, 25, 24)
    learning.tick(desk, AT + HOUR)
    with desk.store.begin() as tx:
        tx.connection.execute(lessons.update().values(undone_at=AT + HOUR))

    learning.tick(desk, AT + 2 * HOUR)

    ((_, body),) = live_layers(desk)
    assert '"weights": {}' in body


def test_terms_are_suggested_with_what_they_would_have_caught(desk: Desk) -> None:
    take_in(desk, *(a_post(n, f"@TidewellGyms rude: the turnstile {n} ate my card", author_id=str(n)) for n in (1, 2)))
    take_in(desk, *(a_post(n, f"@TidewellGyms rude staff {n}", author_id=str(n)) for n in range(3, 30)))
    assert learning.suggestions(desk, ANN)["rows"] == []
    for case in (1, 2):
        endings.reroute(desk, case, case_of(desk, case).epoch, "facilities", by(ELI))

    rows = {row["term"]: row for row in learning.suggestions(desk, ANN)["rows"]}

    assert rows["turnstile"] == {"team": "facilities", "term": "turnstile", "lessons": 2, "caught": 2, "past": 29}
    assert not {"rude", "the", "my"} & set(rows)


def test_suggestions_are_told_once_a_week(desk: Desk) -> None:
    take_in(desk, *(a_post(n, f"@TidewellGyms rude: the turnstile {n} ate my card", author_id=str(n)) for n in (1, 2)))
    take_in(desk, *(a_post(n, f"@TidewellGyms rude staff {n}", author_id=str(n)) for n in range(3, 30)))
    for case in (1, 2):
        endings.reroute(desk, case, case_of(desk, case).epoch, "facilities", by(ELI))

    for hours in range(1, 5):
        learning.tick(desk, AT + hours * HOUR)

    with desk.store.look() as tx:
        year, week, _ = AT.isocalendar()
        assert tx.outbox.message(f"suggestions:{year}-{week}") is not None
