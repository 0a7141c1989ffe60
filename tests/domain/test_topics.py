"""Topics: the thesaurus can be read, and leads posts without a term to the team that looks after such things."""

import pytest

from domain.policy import parse_part
from domain.topics import FILE, Thesaurus, thesaurus
from domain.verdicts import Facts, Triage

HARBOUR = Triage(
    parse_part("""
[team.guests]
default = true
[team.housekeeping]
terms = ["room not cleaned", "towels", "bed linen"]
[team.kitchen]
terms = ["breakfast", "undercooked"]
[team.money]
terms = ["charged twice", "deposit"]
[team.wifi-and-tv]
terms = ["wifi", "tv"]
""")
)


def test_every_topic_has_a_wider_one_and_words() -> None:
    book = thesaurus()
    topics = {topic for some in book.phrases.values() for topic in some}

    assert len(topics) > 200
    assert topics == set(book.wider)
    assert all(book.wider.values())
    assert 10 < len(set(book.wider.values())) < 40


def test_no_phrase_speaks_of_so_many_topics_that_it_says_nothing() -> None:
    assert [phrase for phrase, topics in thesaurus().phrases.items() if len(topics) > 4] == []


def test_the_file_names_no_topic_twice() -> None:
    headings = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("= ")]

    assert len(headings) == len({line.partition("<")[0] for line in headings})


def test_the_longest_phrase_uses_up_its_words_and_says_more() -> None:
    book = Thesaurus(wider={"bags": "travel", "sport": "leisure"})
    book.add("golf clubs", "bags")
    book.add("golf", "sport")
    book.add("lost", "bags")
    book.add("lost", "sport")

    said = book.spoken_of(["lost", "golf", "clubs"])

    assert said["bags"] > 2 * said["sport"] > 0
    assert book.widened(said) == {"travel": said["bags"], "leisure": said["sport"]}


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("there are hairs in the bath and the sheets have stains", "housekeeping"),
        ("my eggs were raw in the middle and the toast was burnt", "kitchen"),
        ("you took the money from my card a second time", "money"),
        ("the remote does nothing and half of the channels are missing", "wifi-and-tv"),
        ("hello there", "guests"),
    ],
)
def test_a_post_without_a_term_goes_to_whom_it_speaks_of(text: str, team: str) -> None:
    verdict = HARBOUR.judge(Facts(text))

    assert verdict.term is None
    assert verdict.team == team
