"""B7: as many claims as a busy minute holds, at Slack's real budgets: how long anybody sees a stale card."""

from bench.eyes import Eyes, watching
from bench.hands import Press, Pressed, press
from bench.rows import Row, percentile
from bench.town import CARE, Town, claim_of, town
from sandbox.clock import Clock
from sandbox.slack.access import bucket_of
from sandbox.slack.limits import Limits, TooMany
from sandbox.slack.rules import RULES

MINUTE, IN_A_HURRY = (500, 60.0), (40, 4.8)
"""Claims, and the seconds over which they are spread."""
CLAIMANTS = ("U0ANN", "U0BEN", "U0CLEO", "U0DEV")


class Minutes(Clock):
    """A clock that only moves when it is told to."""

    at = 0.0

    def time(self) -> float:
        """Seconds since the first claim."""
        return self.at


def measure(*, quick: bool) -> list[Row]:
    """Cards that stand, each claimed once, evenly over the minute."""
    count, seconds = IN_A_HURRY if quick else MINUTE
    with town(rates=1) as place:
        place.start_sandbox()
        place.start_bot()
        place.complain(count, "repaint")
        presses = [_claim(card, number, seconds / count) for number, card in enumerate(place.cards())]
        with watching(place.port) as eyes:
            pressed = press(place.port, presses)
            stamps = {str(one.order["ts"]) for one in presses}
            place.wait("every claimed card is repainted", lambda: stamps <= eyes.changed())
            took = _took(eyes, presses, pressed)
        place.settle(1)
        updates = _updates(place)
    otherwise = _by_update(count, seconds)
    return [
        _row(count, "claim to repainted p50", percentile(took, 50), percentile(otherwise, 50)),
        _row(count, "claim to repainted p99", percentile(took, 99), percentile(otherwise, 99)),
        Row("repaint", count, "late or no acknowledgement (> 3 s)", _late(pressed), "clicks", n=count),
        Row("repaint", count, "repaints by chat.update", updates, "calls", n=count),
    ]


def _claim(card: dict[str, object], number: int, pause: float) -> Press:
    who, button = CLAIMANTS[number % len(CLAIMANTS)], claim_of(card) or {}
    order = {"as": who, "channel": CARE, "ts": card["ts"], "action_id": button["action_id"]}
    return Press(order, number * pause)


def _took(eyes: Eyes, presses: list[Press], pressed: list[Pressed]) -> list[float]:
    changes = [eyes.changes(str(one.order["ts"]))[0] for one in presses]
    return [changed - done.at for changed, done in zip(changes, pressed, strict=True)]


def _late(pressed: list[Pressed]) -> int:
    return sum(one.acked_ms is None for one in pressed)


def _updates(place: Town) -> int:
    """Paints of cards that didn't go through a click: each has one post and one paint a wish besides."""
    return place.counted("SELECT sum(painted - 1 - click_uses) FROM deliveries WHERE kind = 'card' AND painted > 1")


def _by_update(count: int, seconds: float) -> list[float]:
    """The same by chat.update alone, reckoned with the sandbox's own bucket for it."""
    clock = Minutes()
    limits, bucket = Limits(clock, 1), bucket_of("chat.update", RULES["chat.update"])
    took = []
    for number in range(count):
        pressed = number * seconds / count
        clock.at = max(clock.at, pressed)
        while True:
            try:
                limits.spend(bucket)
            except TooMany:
                clock.at += 0.05
            else:
                break
        took.append(clock.at - pressed)
    return took


def _row(count: int, metric: str, value: float, otherwise: float) -> Row:
    ratio = round(value / otherwise, 4) if otherwise else None
    baseline = f"{otherwise:.1f} s by chat.update alone (reckoned)"
    return Row("repaint", count, metric, round(value, 3), "s", baseline, ratio, n=count)
