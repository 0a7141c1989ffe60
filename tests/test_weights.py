"""The shipped weights are those the corpus gives."""

import pytest

from bench.weights import corpus, made, revision
from domain.emergencies import KINDS
from domain.shipped import FILE, packed, shipped


def test_the_weights_were_made_of_this_corpus_and_these_words() -> None:
    assert shipped().revision == revision(corpus()), "run scripts/learn and commit domain/weights/triage.bin"


def test_every_emergency_of_the_corpus_is_of_a_known_kind_and_level() -> None:
    told = {(post["emergency"], post["level"]) for post in corpus() if post["emergency"]}

    assert told == {(kind, level) for kind, (level, _) in KINDS.items()}


@pytest.mark.long
def test_making_the_weights_again_gives_the_same_bytes() -> None:
    assert packed(made(corpus())) == FILE.read_bytes()
