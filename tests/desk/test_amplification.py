"""How far posts carry: what the network counts makes a case graver, at once or later, and goes when the post goes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desk import corrections, intake, judging, likeness, reading
from desk.desk import Desk
from desk.sending import withdraw
from domain.amplification import HIGH, Amplification
from domain.deadlines import FIRST_RESPONSE
from domain.posts import Carried, IncomingPost
from domain.triage import NORMAL, URGENT
from tests.desk.conftest import ANN, AT, a_post, acts_of, by, case_of, take_in

RUDE = "@TidewellGyms the man at the desk was rude to my son"
LATER = AT + timedelta(minutes=6)
SOURCE = intake.Source("x:mentions", AT.isoformat())


def a_word(number: int = 1, **carried: object) -> IncomingPost:
    return a_post(number, RUDE, carried=Carried(**carried))  # type: ignore[arg-type]  # the callers name its own fields


def voice(number: int, text: str = RUDE) -> IncomingPost:
    return a_post(number, text, author_id=str(number), author_handle=f"voice_{number}")


def shown(desk: Desk, case_id: int = 1) -> Amplification | None:
    return reading.why(desk, case_id, ANN, LATER).card.far


def due_of(desk: Desk) -> datetime:
    with desk.store.look() as tx:
        return next(clock.due_at for clock in tx.clocks.open_of(1) if clock.target == FIRST_RESPONSE)


def reasons_of(desk: Desk) -> str:
    with desk.store.look() as tx:
        return str(tx.verdicts.of_case(1)[0].reasons)


def test_many_followers_make_a_case_urgent_and_the_window_says_how_many(desk: Desk) -> None:
    take_in(desk, a_word(followers=1_200_000, views=40))

    far = shown(desk)
    assert case_of(desk).severity == URGENT
    assert far is not None
    assert (far.band, far.reasons) == (HIGH, ("1,200,000 followers",))
    assert "may carry far" in reasons_of(desk)
    assert "1,200,000" not in reasons_of(desk)


def test_an_ordinary_author_changes_nothing(desk: Desk) -> None:
    take_in(desk, a_word(followers=240, views=80, shares=1))

    assert case_of(desk).severity == NORMAL
    assert shown(desk) == Amplification("low", "low", ())


def test_a_network_that_counts_nothing_changes_nothing(desk: Desk) -> None:
    take_in(desk, a_word())

    far = shown(desk)
    assert case_of(desk).severity == NORMAL
    assert far is not None
    assert far.reasons == ("how far it reaches isn't known",)


def test_a_known_post_that_spreads_makes_its_case_rise_with_shorter_promises(desk: Desk) -> None:
    take_in(desk, a_word(followers=240, shares=0))
    before = due_of(desk)
    spread = a_word(followers=240, shares=40)
    assert intake.news(desk, [spread]) == [spread]

    assert take_in(desk, spread, at=LATER).known == 1

    assert case_of(desk).severity == URGENT
    assert due_of(desk) < before
    assert acts_of(desk) == ["opened", "spread"]
    far = shown(desk)
    assert far is not None
    assert far.reasons == ("shared 40 times in half an hour",)
    assert intake.news(desk, [spread]) == []


def test_spreading_a_little_is_kept_and_told_to_nobody(desk: Desk) -> None:
    take_in(desk, a_word(shares=0))

    take_in(desk, a_word(shares=6), at=LATER)

    assert case_of(desk).severity == NORMAL
    assert acts_of(desk) == ["opened"]
    with desk.store.look() as tx:
        sighted = tx.sightings.one(1)
    assert sighted is not None
    assert sighted.seen.carried.shares == 6


def test_a_post_that_is_looked_at_again_without_news_is_not_stored_again(desk: Desk) -> None:
    take_in(desk, a_word(followers=240, views=80, shares=1))

    assert intake.news(desk, [a_word(followers=245, views=700, shares=4)]) == []


def test_of_an_old_post_only_what_came_since_its_earlier_sighting_counts(desk: Desk) -> None:
    at = AT + timedelta(hours=3)
    take_in(desk, a_word(shares=400), at=at)
    assert case_of(desk).severity == NORMAL

    take_in(desk, a_word(shares=440), at=at + timedelta(minutes=6))

    far = shown(desk)
    assert case_of(desk).severity == URGENT
    assert far is not None
    assert far.reasons == ("shared 40 times in half an hour",)


def test_shares_that_are_usual_for_the_author_are_no_spreading(desk: Desk) -> None:
    texts = ["the pool is cold and murky", "class was cancelled again", "no parking left for members"]
    for number, text in enumerate(texts, 1):
        take_in(desk, a_post(number, f"@TidewellGyms {text}", carried=Carried(shares=30)))

    with desk.store.look() as tx:
        used_to_it = tx.sightings.earlier(a_word(4))
    said = judging.judge(desk, [a_word(4, shares=40)], "x:mentions", AT)["4"]
    stranger = judging.judge(desk, [a_post(5, RUDE, author_id="9", carried=Carried(shares=40))], "x:mentions", AT)["5"]

    assert [one.seen.carried.shares for one in used_to_it] == [30, 30, 30]
    assert "may carry far" not in said.reasons.get("severity", ())
    assert "may carry far" in stranger.reasons["severity"]


def test_the_window_knows_what_is_usual_for_the_author_as_the_verdict_did(desk: Desk) -> None:
    texts = ["the pool is cold and murky", "class was cancelled again", "no parking left for members"]
    for number, text in enumerate(texts, 1):
        take_in(desk, a_post(number, f"@TidewellGyms {text}", carried=Carried(shares=30)))
    later = AT + timedelta(days=20)
    take_in(desk, replace(a_word(4, shares=95), created_at=later), at=later)

    with desk.store.look() as tx:
        post = tx.posts.by_id("x", "4")
    assert post is not None
    far = shown(desk, post.case_id or 0)
    assert far is not None
    assert far.reasons == ("shared 95 times in half an hour; usual for this author is 30",)


def test_an_edit_that_comes_after_the_post_was_taken_back_brings_no_word_of_it_back(desk: Desk) -> None:
    take_in(desk, a_word(shares=0))
    with desk.store.begin() as tx:
        withdraw(tx, case_of(desk), "1", "Its author deleted it.", LATER)

    edited = replace(a_word(), post_id="2", version_ids=("1", "2"), text="@TidewellGyms he was so rude to my son")
    assert take_in(desk, edited, at=LATER).known == 1

    with desk.store.look() as tx:
        (post,) = tx.posts.of_case(1)
    assert post.text is None


def test_others_who_said_the_same_count_each_once_and_the_author_does_not(desk: Desk) -> None:
    for number in (*range(2, 22), 2):
        take_in(desk, voice(number))

    posts = [voice(40), voice(2), voice(41, "@TidewellGyms the pool was cold and murky at seven"), voice(42, "rude")]
    with desk.store.look() as tx:
        voices = [likeness.voices(tx, post) for post in posts]
    said = judging.judge(desk, posts, "x:mentions", AT)

    assert voices == [20, 19, 0, 0]
    assert "may carry further than most" in said["40"].reasons["severity"]
    assert "severity" not in said["41"].reasons


def test_what_its_author_took_back_leaves_no_numbers_and_gets_none_again(desk: Desk) -> None:
    take_in(desk, a_word(followers=1_200_000, shares=9))
    with desk.store.begin() as tx:
        withdraw(tx, case_of(desk), "1", "Its author deleted it.", LATER)

    take_in(desk, a_word(followers=1_300_000, shares=90), at=LATER)

    with desk.store.look() as tx:
        assert tx.sightings.one(1) is None
        assert tx.sightings.of({"1"}) == {}
        columns = "followers, organisation, views, shares, sighted_at, from_shares, from_at"
        row = tx.connection.exec_driver_sql(f"SELECT {columns} FROM contents").one()  # noqa: S608 - names of ours
    assert set(row) == {None}
    assert shown(desk) is None


def test_a_case_that_is_graver_or_over_does_not_rise(desk: Desk) -> None:
    take_in(desk, a_word(shares=0))
    corrections.worse(desk, 1, by(ANN))
    corrections.worse(desk, 1, by(ANN))

    take_in(desk, a_word(shares=90), at=LATER)

    assert case_of(desk).severity == "emergency"
    assert "spread" not in acts_of(desk)


@pytest.mark.parametrize(("said", "scored"), [("es", False), ("en", True), ("und", True), (None, True)])
def test_the_networks_word_for_the_language_counts(desk: Desk, said: str | None, *, scored: bool) -> None:
    post = a_post(1, "@TidewellGyms towels thin and grey, pool closed on sunday", language=said)

    judged = judging.judge(desk, [post], "x:mentions", AT)["1"]

    assert judged.reasons.get("unscored", False) is not scored
    assert judged.language == (said if said == "es" else "en")
