"""Back-tests: what a draft would have done to the past, who runs one, and who is told what came of it."""

from datetime import timedelta

from desk import back_tests, endings, oncall
from desk.desk import Desk
from domain.rules import Rule
from tests.desk.conftest import ANN, AT, ELI, a_post, by, case_of, take_in
from tests.desk.ruling import DAY, made, row, said, tried, with_policy


def test_a_back_test_compares_with_where_people_put_things(desk: Desk) -> None:
    texts = [
        "your staff were rude to me, unacceptable",
        "dirty room again, and the man was rude. Disgusting",
        "dirty room and you still owe me a refund, awful",
        "my booking is gone and nobody answers, terrible",
    ]
    take_in(desk, *(a_post(n, f"@TidewellGyms {text}", author_id=str(n)) for n, text in enumerate(texts, 1)))
    before = {n: case_of(desk, n) for n in range(1, 5)}
    assert before[4].team != "facilities"
    endings.reroute(desk, 4, before[4].epoch, "facilities", by(ELI))
    made(desk, query="dirty NEAR/3 room", priority="9")

    found = tried(desk, at=by(ELI, AT + DAY))

    expected = [before[n].team for n in (2, 3)]
    assert (found.of, found.caught, found.cases) == (4, 2, 2)
    assert found.theirs == expected.count("facilities") + 1
    assert found.found == expected.count("facilities")
    assert found.missed == 1
    assert dict(found.moved) == {team: expected.count(team) for team in expected if team != "facilities"}
    assert [post.id for post in found.samples] == [3, 2]
    assert sum(week.caught for week in found.weeks) == 2


def test_a_back_test_says_who_would_have_been_woken_at_the_weekend(desk: Desk) -> None:
    saturday = AT - 2 * DAY
    post = a_post(1, "@TidewellGyms dirty room", created_at=saturday.replace(hour=22))
    take_in(desk, post, a_post(2, "@TidewellGyms dirty room", author_id="78", created_at=AT))
    made(desk, severity="emergency", query="dirty")
    with desk.store.look() as tx:
        on_duty = oncall.on_call(desk, tx, "facilities", post.created_at).primary

    found = tried(desk, at=by(ELI, AT + DAY))

    assert on_duty is not None
    assert (found.pages, found.away) == (2, 1)
    assert dict(found.woken) == {on_duty: 1, desk.policy.emergency.person: 1}


def test_one_storm_isnt_taken_for_an_ordinary_week(desk: Desk) -> None:
    calm = [a_post(n, f"dirty room {n}", author_id=str(n), created_at=AT - n * 7 * DAY) for n in (1, 2)]
    storm = [a_post(n, f"dirty room {n}", author_id=str(n)) for n in range(3, 12)]
    take_in(desk, *calm, *storm)

    found = back_tests.run(desk, Rule("dirty", "dirty", "care", "urgent"), back_tests.span(desk, AT + DAY))

    assert found.pages == len(calm) + len(storm)
    assert found.pages_a_week == 1


def test_a_rule_for_a_language_catches_posts_of_which_it_isnt_known(desk: Desk) -> None:
    german = "die Umkleide ist dirty und das Personal war nicht da, ich bin wirklich nicht zufrieden"
    take_in(desk, a_post(1, "dirty"), a_post(2, german, author_id="78"))

    found = back_tests.run(desk, Rule("dirty", "dirty", "care", languages=("en",)), back_tests.span(desk, AT + DAY))

    assert [post.id for post in found.samples] == [1]


def test_a_normal_rule_wakes_nobody(desk: Desk) -> None:
    take_in(desk, a_post(1, "@TidewellGyms dirty room"))
    made(desk)

    found = tried(desk, at=by(ELI, AT + DAY))

    assert (found.caught, found.pages, found.woken) == (1, 0, ())


def test_where_another_rule_comes_first_nothing_is_moved(desk: Desk) -> None:
    desk = with_policy(desk, '[rule.first]\nquery = "dirty"\nteam = "press"\npriority = 100\n')
    take_in(desk, a_post(1, "@TidewellGyms dirty room"))
    made(desk)

    found = tried(desk, at=by(ELI, AT + DAY))

    assert (found.caught, found.cases, found.decides, found.moved) == (1, 1, 0, ())


def test_a_long_past_is_read_in_pages_and_to_its_end(desk: Desk) -> None:
    take_in(desk, *(a_post(n, f"@TidewellGyms dirty room {n}", author_id=str(n % 3)) for n in range(1, 8)))

    found = back_tests.run(desk, Rule("dirty", "dirty", "care"), back_tests.span(desk, AT + DAY), page=3)

    assert (found.of, found.caught) == (7, 7)


def test_a_post_that_was_taken_back_isnt_looked_at(desk: Desk) -> None:
    take_in(desk, a_post(1, "@TidewellGyms dirty room"), a_post(2, "@TidewellGyms dirty room", author_id="9"))
    with desk.store.begin() as tx:
        tx.posts.tombstone("x", "1", "gone", AT)
    made(desk)

    assert tried(desk, at=by(ELI, AT + DAY)).of == 1


def test_a_back_test_is_taken_by_one_until_its_lease_lapses(desk: Desk) -> None:
    made(desk)
    back_tests.ask_of(desk, row(desk), by(ELI))

    first, meanwhile = back_tests.take(desk, AT), back_tests.take(desk, AT + timedelta(seconds=119))
    again = back_tests.take(desk, AT + timedelta(seconds=121))

    assert first is not None
    assert meanwhile is None
    assert again is not None
    assert (again.id, again.attempts) == (first.id, 2)


def test_a_result_nobody_could_be_shown_is_told_once_without_anybodys_words(desk: Desk) -> None:
    take_in(desk, a_post(1, "@TidewellGyms dirty room, says Harriet"))
    made(desk)
    back_tests.ask_of(desk, row(desk), by(ELI, AT + DAY))
    asked = back_tests.take(desk, AT + DAY)
    assert asked is not None
    found = back_tests.run(desk, asked.draft, back_tests.span(desk, AT + DAY))

    back_tests.settle(desk, asked, found, AT + DAY, shown=False)
    back_tests.settle(desk, asked, found, AT + DAY, shown=False)

    (told,) = said(desk, "back_test")
    assert (told["to"], told["caught"], told["links"]) == (ELI, 1, ["https://x.com/harriet_runs/status/1"])
    assert "Harriet" not in str(told)
    assert back_tests.next_at(desk) is None


def test_a_case_that_was_passed_on_twice_began_where_it_was_opened(desk: Desk) -> None:
    take_in(desk, a_post(1, "@TidewellGyms your staff were rude to me in a dirty room, unacceptable"))
    first = case_of(desk).team
    others = [team for team in ("billing", "press", "care") if team != first][:2]
    for team in others:
        with desk.store.begin() as tx:
            tx.directory.join(desk.channel_of(tx, case_of(desk).team), ANN)
        endings.reroute(desk, 1, case_of(desk).epoch, team, by(ANN))

    draft = Rule("dirty", "dirty", "facilities" if first != "facilities" else "care")
    found = back_tests.run(desk, draft, back_tests.span(desk, AT + DAY))

    assert found.moved == ((first, 1),)
    assert found.elsewhere == ((others[-1], 1),)
