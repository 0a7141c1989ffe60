"""What a workspace's labels bring: whose posts are, without any and with some, and complaints after a hundred."""

from collections.abc import Sequence
from random import Random
from statistics import mean

from bench import figures
from bench.triage_posts import Post, labels_of, say
from domain.complaint import Layer, score
from domain.layers import labelled, layer_of
from domain.policy import parse_part
from domain.sorting import Sorted, taught
from domain.verdicts import Facts, Triage

POLICY = """
[team.care]
default = true
terms = ["customer service", "on hold", "hung up", "no response", "phone", "call", "email", "reply", "answer",
  "complaint", "help", "agent", "representative", "refund", "voucher"]
[team.operations]
terms = ["delayed", "delay", "late", "cancelled", "canceled", "cancellation", "missed connection", "tarmac", "runway",
  "stranded", "mechanical", "maintenance", "diverted", "gate", "crew", "on time", "deicing"]
[team.baggage]
terms = ["bag", "baggage", "luggage", "suitcase", "carousel", "checked bag", "lost bag", "stroller", "carry on"]
[team.booking]
terms = ["booking", "reservation", "website", "app", "online", "check in", "change my flight", "seat assignment",
  "upgrade", "confirmation", "ticket", "fare", "miles", "error", "itinerary"]
[team.crew]
terms = ["flight attendant", "attendant", "gate agent", "rude", "pilot", "staff", "attitude", "unprofessional",
  "yelled", "employee"]
[team.onboard]
terms = ["seat", "legroom", "wifi", "entertainment", "tv", "food", "drink", "snack", "plane", "cabin", "outlet",
  "bathroom", "temperature", "overhead", "line"]
"""
"""What a manager would write in a quarter of an hour; nothing was fitted to the posts."""
WHOSE = {
    "Customer Service Issue": "care", "Late Flight": "operations", "Cancelled Flight": "operations",
    "Lost Luggage": "baggage", "Damaged Luggage": "baggage", "Flight Booking Problems": "booking",
    "Flight Attendant Complaints": "crew", "Bad Flight": "onboard", "longlines": "onboard",
}  # fmt: skip
BRANDS = (("retail", "apparel"), ("services", "cars"), ("software",), ("apple",), ("Virgin America",), ("United",))
TAUGHT, MOST, TURNS = 100, 1_500, 5


def tell(train: Sequence[Post], dev: Sequence[Post]) -> None:
    """Print both."""
    _whose(train, dev)
    _complaints([*train, *dev])


def _whose(train: Sequence[Post], dev: Sequence[Post]) -> None:
    whose, teaching = ([post for post in posts if post.topic in WHOSE] for posts in (dev, train))
    say(f"\nWhose posts are, {len(whose)} of dev by what went wrong: right first, right among two")
    triage, shuffled = Triage(parse_part(POLICY)), Random(3)  # noqa: S311 - a fixed order, no secret
    say(f"  {'terms and topics':<24}{_right(triage, whose)}")
    shuffled.shuffle(teaching)
    for many in (200, 1_000, len(teaching)):
        posts = [triage.sorted_by(post.text, WHOSE[post.topic]) for post in teaching[:many]]
        say(f"  {f'and {many:,} sorted posts':<24}{_right(Triage(parse_part(POLICY), layer=_layer(posts)), whose)}")


def _layer(posts: list[Sorted]) -> Layer:
    return Layer(teams=taught(posts))


def _right(triage: Triage, posts: Sequence[Post]) -> str:
    found = [(triage.judge(Facts(post.text)), WHOSE[post.topic]) for post in posts]
    first, two = mean(v.team == team for v, team in found), mean(team in v.teams for v, team in found)
    return f"{first:.3f} {two:.3f}"


def _complaints(posts: Sequence[Post]) -> None:
    say(f"\nAfter {TAUGHT} labels of a brand, on its other posts, AUC and macro-F1 before, and what changed")
    for names in BRANDS:
        own = [post for post in posts if post.domain in names][:MOST]
        turns = [_turn(own, turn) for turn in range(TURNS)]
        auc, f1, more_auc, more_f1 = (mean(column) for column in zip(*turns, strict=True))
        say(f"  {', '.join(names):<24}{len(own):>6} posts  {auc:.3f} {f1:.3f}  {more_auc:+.3f} {more_f1:+.3f}")


def _turn(own: Sequence[Post], turn: int) -> tuple[float, float, float, float]:
    order = list(own)
    Random(turn).shuffle(order)  # noqa: S311 - a fixed order, no secret
    layer = layer_of([labelled(post.text, float(post.label), addressed=post.addressed) for post in order[:TAUGHT]])
    rest = order[TAUGHT:]
    before, after = (_told_apart(rest, one) for one in (None, layer))
    return (*before, after[0] - before[0], after[1] - before[1])


def _told_apart(posts: Sequence[Post], layer: Layer | None) -> tuple[float, float]:
    found = [score(post.reading, layer=layer, addressed=post.addressed).probability for post in posts]
    return figures.auc(found, labels_of(posts)), figures.decided(found, labels_of(posts), 0.5).macro_f1
