"""B9: spikes: false alarms over quiet weeks, and how soon an incident laid over them is noticed."""

import random
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from bench.rows import Row
from domain.spikes import REFRACTORY, WINDOWS, Baseline, Event, hour_of, spike

BEGAN_AT = datetime(2026, 8, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEARNT, WATCHED = timedelta(weeks=8), timedelta(weeks=12)
SERIES = {"50 a day": 50.0, "5 a day": 5.0, "500 a day": 500.0}
INCIDENTS = (100, 30, 10)
INJECTED, IN_A_HURRY = 60, 12
AUTHORS = 400
"""People who write, some more than others."""
DAYTIME = (
    *(0.35, 0.25, 0.2, 0.2, 0.3, 0.5, 0.8, 1.1, 1.35, 1.4, 1.4, 1.35),
    *(1.4, 1.4, 1.35, 1.35, 1.4, 1.45, 1.4, 1.3, 1.2, 1.0, 0.8, 0.55),
)
"""How busy each hour of the day is, relative to the mean."""
WEEKEND = 0.7
ECHOES = 1 / 3
"""The chance that a post brings one more on the same matter: gives a variance of about twice the mean."""
EARLY = timedelta(minutes=40)
LATEST = timedelta(hours=6)
Detector = Callable[[Baseline, Sequence[Event], datetime], bool]


@dataclass(frozen=True)
class Span:
    """Posts in order of time, and what was usual before them."""

    events: list[Event]
    baseline: Baseline
    since: datetime


def measure(*, quick: bool) -> list[Row]:
    """Every volume with our way; the first one with what one would write first as well."""
    count = IN_A_HURRY if quick else INJECTED
    rows = []
    for name, daily in list(SERIES.items())[: 2 if quick else None]:
        span = _span(daily)
        ways = DETECTORS if daily == SERIES["50 a day"] else {OURS: _ours}
        rows += [row for way, detect in ways.items() for row in _judged((name, way), span, detect, count)]
    return rows


def _judged(named: tuple[str, str], span: Span, detect: Detector, count: int) -> list[Row]:
    about, way = f"spikes, {named[0]}", named[1]
    weeks = WATCHED / timedelta(weeks=1)
    alarms = len(_alarms(span, span.events, detect))
    rows = [Row(about, len(span.events), f"false alarms, {way}", round(alarms / weeks, 2), "a week", n=alarms)]
    for size in INCIDENTS:
        found = [_noticed(span, size, detect, number) for number in range(count)]
        delays = sorted(minutes for minutes in found if minutes is not None)
        share = round(len(delays) / count, 3)
        rows.append(Row(about, size, f"incidents found, {way}", share, "of all", n=count))
        if delays:
            rows.append(Row(about, size, f"median delay, {way}", round(median(delays), 1), "min", n=len(delays)))
    return rows


def _alarms(span: Span, events: list[Event], detect: Detector) -> list[datetime]:
    """When a notice would have gone out, looking whenever a post comes in."""
    moments = [event.at for event in events]
    alarms: list[datetime] = []
    for place, now in enumerate(moments):
        if alarms and now - alarms[-1] < REFRACTORY:
            continue
        recent = events[bisect_left(moments, now - max(WINDOWS)) : place + 1]
        if detect(span.baseline, recent, now):
            alarms.append(now)
    return alarms


def _noticed(span: Span, size: int, detect: Detector, number: int) -> float | None:
    """Minutes from an incident's first post to the notice; None when it ended unnoticed."""
    chance = random.Random(f"incident {size} {number}")  # noqa: S311 - the same incidents in every run
    began = span.since + timedelta(hours=chance.uniform(12, WATCHED / HOUR - 12))
    incident = sorted(_incident(chance, began, size), key=lambda event: event.at)
    first, last = incident[0].at, incident[-1].at
    around = [event for event in span.events if first - LATEST < event.at <= last]
    alarms = _alarms(span, sorted([*around, *incident], key=lambda event: event.at), detect)
    after = [at for at in alarms if at >= first]
    return (after[0] - first) / timedelta(minutes=1) if after else None


def _incident(chance: random.Random, began: datetime, size: int) -> list[Event]:
    """A rise, a peak within two hours, a long end: a gamma curve of its own pace, cut after six hours."""
    pace = chance.uniform(0.8, 1.8)
    offsets = (min(chance.gammavariate(2.0, pace), LATEST / HOUR * chance.random() ** 0.2) for _ in range(size))
    return [Event(began + offset * HOUR, f"witness {number}") for number, offset in enumerate(offsets)]


def _span(daily: float) -> Span:
    chance = random.Random(f"background {daily}")  # noqa: S311 - the same weeks in every run
    since = BEGAN_AT + LEARNT
    events = _background(chance, daily, since + WATCHED)
    counts: dict[int, int] = {}
    for event in events:
        counts[hour_of(event.at)] = counts.get(hour_of(event.at), 0) + 1
    baseline = Baseline.of(counts, hour_of(BEGAN_AT), hour_of(since))
    return Span([event for event in events if event.at >= since], baseline, since)


def _background(chance: random.Random, daily: float, until: datetime) -> list[Event]:
    """Posts at the pace of the hour, each with now and then an echo soon after, which may have one itself."""
    events = []
    fastest = daily / 24 * max(DAYTIME)
    at = BEGAN_AT
    while (at := at + chance.expovariate(fastest) * HOUR) < until:
        quiet = WEEKEND if at.weekday() > 4 else 1.0
        if chance.random() >= DAYTIME[at.hour] * quiet / max(DAYTIME) * (1 - ECHOES):
            continue
        said = at
        events.append(_post(chance, said))
        while chance.random() < ECHOES:
            said += chance.expovariate(1 / (EARLY / HOUR)) * HOUR
            events.append(_post(chance, said))
    return sorted(events, key=lambda event: event.at)


def _post(chance: random.Random, at: datetime) -> Event:
    return Event(at, str(int(AUTHORS * chance.random() ** 1.5)))


def _ours(baseline: Baseline, events: Sequence[Event], now: datetime) -> bool:
    return spike(baseline, events, now) is not None


def _fixed(_baseline: Baseline, events: Sequence[Event], now: datetime) -> bool:
    return sum(event.at > now - timedelta(minutes=30) for event in events) >= 10


def _threefold(baseline: Baseline, events: Sequence[Event], now: datetime) -> bool:
    count = sum(event.at > now - HOUR for event in events)
    return count >= 5 and count >= 3 * baseline.usual(now - HOUR, now)


OURS = "Poisson by hour of the week"
DETECTORS: dict[str, Detector] = {OURS: _ours, "ten in 30 minutes": _fixed, "three times as usual": _threefold}
