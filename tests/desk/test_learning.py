"""Learning from corrections: deterministic, guarded, gone when they are taken back; and terms they suggest."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from desk import corrections, endings, intake, learning
from desk.desk import Desk
from domain.layers import layer_from
from domain.lessons import NOT_ONE, TEAM, WORSE, Lesson, labels, teams
from domain.policy import parse
from domain.sorting import own
from storage.schema_triage import layers, lessons
from tests.desk.conftest import ANN, AT, ELI, a_post, by, case_of, take_in

HOUR = timedelta(hours=1)
SHIPPED = (Path(__file__).parents[2] / "dibs.toml").read_text(encoding="utf-8")
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


def test_of_layers_that_no_longer_count_nothing_but_the_figures_is_kept(desk: Desk) -> None:
    answered(desk, 1, 24, "the grobblenitz hums", "facilities")
    answered(desk, 25, 24, "the snorplewalk squeaks", "billing")
    learning.tick(desk, AT + HOUR)
    answered(desk, 49, 1, "the quumbledorp drips", "press")

    learning.tick(desk, AT + 2 * HOUR)

    with desk.store.look() as tx:
        first, second = tx.connection.execute(select(layers).order_by(layers.c.id)).all()
    assert (first.live, first.body, second.live) == (False, "", True)
    assert first.figures["sorted"] == 48
    assert "facilities" in second.body


def test_lessons_that_teach_nothing_are_gone_through_once(desk: Desk) -> None:
    put_away_and_brought_back(desk, 3)
    learning.tick(desk, AT + HOUR)

    with desk.store.look() as tx:
        basis = tx.ledger.cursor(learning.IN_VAIN)
    assert basis

    called_no_complaint(desk, 4, 1)
    learning.tick(desk, AT + 2 * HOUR)

    with desk.store.look() as tx:
        assert tx.ledger.cursor(learning.IN_VAIN) not in (None, basis)


def test_posts_of_a_team_that_is_gone_do_not_teach_that_they_are_nobodys(desk: Desk) -> None:
    for first, words, team in ((1, "grobblenitz hums", "facilities"), (25, "snorplewalk squeaks", "billing"), (
        49, "quumbledorp drips", "press")):  # fmt: skip
        answered(desk, first, 24, words, team)
    learning.tick(desk, AT + HOUR)
    renamed = replace(desk, policy=parse(SHIPPED.replace(".facilities", ".rooms")))

    learning.tick(renamed, AT + 2 * HOUR)

    ((_, body),) = live_layers(renamed)
    learnt = own(("grobblenitz", "hums"), layer_from(body).teams)
    assert "facilities" not in learnt
    assert all(fit > -0.1 for fit in learnt.values())


def test_a_case_that_is_reopened_was_a_complaint_after_all(desk: Desk) -> None:
    take_in(desk, a_post(1))
    endings.dismiss(desk, 1, case_of(desk).epoch, by(ELI))
    assert standing(desk) == [NOT_ONE]

    endings.reopen(desk, 1, by(ELI, AT + 3 * HOUR))

    assert standing(desk) == []


def standing(desk: Desk) -> list[str]:
    with desk.store.look() as tx:
        return [lesson.kind for lesson, _ in tx.lessons.standing()]


def answered(desk: Desk, first: int, count: int, words: str, team: str) -> None:
    """Posts of a kind that the team answered."""
    for number in range(first, first + count):
        said = {"author_id": f"a{number}", "conversation_id": f"c{number}"}
        take_in(desk, a_post(number, f"@TidewellGyms {words} {number}, nobody answers and it is a disgrace", **said))
        if case_of(desk, number).team != team:
            endings.reroute(desk, number, case_of(desk, number).epoch, team, by(ELI))


def test_posts_that_colleagues_pass_on_teach_whose_their_like_are(desk: Desk) -> None:
    answered(desk, 1, 24, "the grobblenitz hums", "facilities")
    answered(desk, 25, 24, "the snorplewalk squeaks", "billing")
    assert team_of(desk, 100, "the grobblenitz hums") == "care"

    assert learning.tick(desk, AT + HOUR)

    assert team_of(desk, 101, "the grobblenitz hums") == "facilities"
    assert team_of(desk, 102, "the snorplewalk squeaks") == "billing"
    assert team_of(desk, 103, "you charged me twice, refund me") == "billing"


def team_of(desk: Desk, number: int, words: str) -> str:
    said = {"author_id": f"a{number}", "conversation_id": f"c{number}"}
    take_in(desk, a_post(number, f"@TidewellGyms {words}, nobody answers and it is a disgrace", **said))
    with desk.store.look() as tx:
        post = tx.posts.by_id("x", str(number))
    assert post is not None
    return case_of(desk, post.case_id or 0).team


def test_a_post_a_search_found_teaches_as_such(desk: Desk) -> None:
    found = a_post(1, "Tidewell's changing rooms are a disgrace, filthy again", mentions=(), in_reply_to_author=None)
    intake.store(desk, [found, a_post(2, conversation_id="z", author_id="9")], intake.Source("x:search", None), AT)
    for case in (1, 2):
        endings.dismiss(desk, case, case_of(desk, case).epoch, by(ELI))

    with desk.store.look() as tx:
        taught = labels(tx.lessons.standing(), tx.lessons.found())

    assert [(label, addressed) for _, label, addressed in taught] == [(0.0, False), (0.0, True)]


def test_what_was_answered_by_a_team_says_whose_it_was() -> None:
    passed_on = Lesson(1, 7, 3, TEAM, "billing", "care", "U1", AT)
    graver = Lesson(2, 7, 3, WORSE, "urgent", "normal", "U1", AT)

    taught = [(passed_on, "my refund"), (graver, "my refund")]

    assert teams(taught, [(7, "my refund", "care"), (8, "so rude", "care")]) == [
        ("my refund", "billing"), ("so rude", "care"),
    ]  # fmt: skip
    assert teams([(passed_on, None)], []) == []


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
