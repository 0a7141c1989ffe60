"""Sorting: terms lead, until colleagues taught otherwise clearly; what would sort worse isn't learnt."""

from typing import Any

from domain.complaint import Layer
from domain.features import SIZE
from domain.policy import parse_part
from domain.sorting import FEWEST, MOST_PLACES, Sorted, does_better, is_taught, own, ranked, taught, telling
from domain.verdicts import Facts, Triage

POLICY = parse_part('[team.care]\ndefault = true\n[team.pool]\nterms = ["swim"]\n[team.gym]\nterms = ["weights"]')
TRIAGE = Triage(POLICY)


def _posts(count: int = FEWEST) -> list[Sorted]:
    pool = [TRIAGE.sorted_by(f"the grobble number {n} hums", "pool") for n in range(count)]
    return pool + [TRIAGE.sorted_by(f"my snorple number {n} squeaks", "care") for n in range(count)]


def test_a_team_with_a_term_goes_before_all_without() -> None:
    assert ranked({"care": 0.9, "pool": 0.2, "gym": 0.3}, {"pool"}) == ["pool", "care", "gym"]


def test_what_was_taught_goes_before_a_term_only_where_it_is_fairly_sure() -> None:
    fits = {"care": 0.3, "pool": 0.5}

    assert ranked(fits, {"pool"}, {"care": 0.25, "pool": 0.0})[0] == "pool"
    assert ranked(fits, {"pool"}, {"care": 0.9, "pool": 0.0})[0] == "care"


def test_a_layer_that_says_nothing_of_a_post_leaves_it_to_its_terms() -> None:
    fits = {"care": 0.9, "pool": 0.2}

    assert ranked(fits, {"pool"}, {"care": 0.0, "pool": 0.0}) == ranked(fits, {"pool"}) == ["pool", "care"]
    assert ranked(fits, {"pool"}, {"care": 0.1, "pool": 0.0})[0] == "care"


def test_words_that_colleagues_passed_on_lead_to_their_team() -> None:
    learnt = own(("the", "grobble", "hums"), taught(_posts()))

    assert learnt["pool"] > 0.5 > 0.0 > learnt["care"]
    assert learnt["gym"] < 0.0


def test_a_layer_is_kept_only_if_it_sorts_as_well_as_the_terms_do() -> None:
    better, figures = does_better(_posts())
    # Each word comes twice, once for each team: what one post teaches is wrong of the other.
    words = [f"{one}o{two}u" for one in "bdfgklmn" for two in "prstv"]
    worse = [TRIAGE.sorted_by(word, team) for word in words for team in ("pool", "care")]

    assert better
    assert figures["team_after"] > figures["team_before"]
    assert not does_better(worse)[0]


def test_a_handful_teaches_nothing_nor_do_teams_that_are_gone() -> None:
    gone = [TRIAGE.sorted_by(f"the grobble {n}", "gone") for n in range(100)]

    assert not does_better(_posts(FEWEST // 2 - 1))[0]
    assert not does_better(gone)[0]


def test_only_the_most_telling_places_are_kept() -> None:
    assert telling([0.5, -2.0, 0.001, 1.0, 0.0], most=2) == {1: -2.0, 3: 1.0}
    assert len(telling([1.0] * (MOST_PLACES + 1))) == MOST_PLACES


def test_a_verdict_says_when_colleagues_sort_otherwise_than_a_term() -> None:
    posts = [TRIAGE.sorted_by(f"swim cap number {n} grobbled", "gym") for n in range(FEWEST)]
    posts += [TRIAGE.sorted_by(f"I swim at {n}", "pool") for n in range(FEWEST)]
    triage = Triage(POLICY, layer=_layer(posts))

    verdict = triage.judge(Facts("another swim cap grobbled"))

    assert verdict.team == "gym"
    assert verdict.term is None
    assert "“swim” points to pool, but colleagues sort posts like this to gym" in verdict.why
    assert triage.judge(Facts("may I swim at 7")).team == "pool"


def _layer(posts: list[Sorted]) -> Layer:
    return Layer(teams=taught(posts))


def test_a_verdict_says_that_colleagues_sorted_only_where_they_did() -> None:
    words = Facts("the grobble hums")
    unread = {team: {1: 0.001} for team in ("care", "pool", "gym")}

    assert TRIAGE.judge(words).led == "no term matched, so it goes to care"
    assert Triage(POLICY, layer=Layer(teams=unread)).judge(words).led == "no term matched, so it goes to care"
    assert Triage(POLICY, layer=_layer(_posts())).judge(words).led == (
        "no term matched, but colleagues sort posts like this to pool"
    )


def test_a_team_that_only_fits_better_than_a_term_neither_leads_nor_is_called_taught() -> None:
    fits, named = {"care": 0.1, "pool": 0.5, "gym": 1.5}, {"pool"}

    assert ranked(fits, named, {"pool": 0.0, "gym": 0.0})[0] == "pool"
    assert not is_taught(fits, named, {"pool": 0.0, "gym": 0.0})
    assert is_taught(fits, named, {"pool": 0.0, "gym": 0.1})


def test_where_routing_breaks_down_the_term_that_was_found_still_leads() -> None:
    what_cannot_be_added: Any = dict.fromkeys(range(SIZE), "no number")
    broken = Triage(POLICY, layer=Layer(teams={"pool": what_cannot_be_added}))

    verdict = broken.judge(Facts("may I swim at 7"))

    assert "routing" in verdict.broken
    assert (verdict.team, verdict.led) == ("pool", "“swim” leads to pool")
