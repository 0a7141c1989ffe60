"""How bad a post is, and the reasons that are told."""

from domain.amplification import Reach, Velocity, amplification
from domain.emergencies import emergency
from domain.reading import read
from domain.severity import EMERGENCY, NORMAL, URGENT, Circumstances, severity


def _of(text: str, besides: Circumstances | None = None) -> tuple[str, tuple[str, ...]]:
    reading = read(text)
    found = severity(reading, emergency(reading), besides)
    return found.level, found.reasons


def test_a_plain_grumble_is_normal() -> None:
    assert _of("the towels are a bit thin")[0] == NORMAL


def test_somebody_in_danger_is_an_emergency() -> None:
    level, reasons = _of("there is smoke coming from the sauna")

    assert level == EMERGENCY
    assert "smoke" in reasons[0]


def test_a_threat_of_law_is_urgent_and_no_emergency() -> None:
    assert _of("my solicitor will be in touch")[0] == URGENT


def test_money_time_and_shouting_together_are_urgent() -> None:
    level, reasons = _of("CHARGED TWICE AND STILL NO REFUND after 3 weeks, cancelling my membership")

    assert level == URGENT
    assert "money is at stake" in reasons


def test_money_alone_is_normal() -> None:
    assert _of("can i get a refund on this hat")[0] == NORMAL


def test_who_wrote_twice_without_an_answer_is_urgent() -> None:
    level, reasons = _of("hello?", Circumstances(unanswered=3))

    assert level == URGENT
    assert "3 times" in reasons[0]


def test_a_post_that_carries_far_is_urgent() -> None:
    far = amplification(Reach(followers=2_000_000), Velocity())

    assert _of("the towels are a bit thin", Circumstances(amplification=far))[0] == URGENT
