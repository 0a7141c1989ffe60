"""B3: a whole team presses Claim at one moment, through the real Socket Mode and the real bot."""

from bench.eyes import Eyes, watching
from bench.hands import Press, Pressed, press
from bench.rows import Row, percentile
from bench.town import CARE, Town, claim_of, crowd, town

RATES = 1000.0
"""Slack's budgets are what `repaint` measures; here they stay out of the way."""
CROWDS, QUICK = (1, 13, 50, 500), (1, 13, 50)
WARM = 3


def measure(*, quick: bool) -> list[Row]:
    """So many on one card, then as many as there are on a card each."""
    crowds = QUICK if quick else CROWDS
    most = crowds[-1]
    with town(rates=RATES, staff=most) as place:
        place.start_sandbox()
        place.start_bot()
        place.complain(most + len(crowds) + WARM, "clicks")
        cards = iter(place.cards())
        people = crowd(most)
        for person in people[:WARM]:
            press(place.port, [_claim(next(cards), person)])
        rows: list[Row] = []
        for count in crowds:
            card = next(cards)
            rows += _pile_up(place, "clicks on one card", [_claim(card, person) for person in people[:count]])
        return rows + _pile_up(place, "clicks on a card each", [_claim(next(cards), person) for person in people])


def _claim(card: dict[str, object], person: str) -> Press:
    button = claim_of(card) or {}
    return Press({"as": person, "channel": CARE, "ts": card["ts"], "action_id": button["action_id"]})


def _pile_up(place: Town, workload: str, presses: list[Press]) -> list[Row]:
    stamps = {str(one.order["ts"]) for one in presses}
    before = _winners(place)
    with watching(place.port) as eyes:
        pressed = press(place.port, presses)
        place.wait("every pressed card is repainted", lambda: stamps <= eyes.changed())
        painted = _painted(eyes, presses, pressed)
    place.settle(1)
    return _rows(workload, pressed, painted, _winners(place) - before)


def _painted(eyes: Eyes, presses: list[Press], pressed: list[Pressed]) -> list[float]:
    """Milliseconds from each card's first press to its first change, seen by everybody."""
    began: dict[str, float] = {}
    for order, done in zip(presses, pressed, strict=True):
        ts = str(order.order["ts"])
        began[ts] = min(done.at, began.get(ts, done.at))
    return [(eyes.changes(ts)[0] - at) * 1000 for ts, at in began.items()]


def _winners(place: Town) -> int:
    """How many claims have counted so far, by the trail."""
    return place.counted("SELECT count(*) FROM audit WHERE act = 'claimed'")


def _rows(workload: str, pressed: list[Pressed], painted: list[float], winners: int) -> list[Row]:
    acks = [one.acked_ms for one in pressed if one.acked_ms is not None]
    size = len(pressed)

    def row(metric: str, value: float, unit: str, n: int) -> Row:
        return Row(workload, size, metric, round(value, 1), unit, n=n)

    return [
        row("winners", winners, "claims", size),
        row("late or no acknowledgement (> 3 s)", size - len(acks), "clicks", size),
        row("acknowledged p50", percentile(acks, 50), "ms", len(acks)),
        row("acknowledged p99", percentile(acks, 99), "ms", len(acks)),
        row("repainted for all p50", percentile(painted, 50), "ms", len(painted)),
        row("repainted for all, slowest", max(painted), "ms", len(painted)),
    ]
