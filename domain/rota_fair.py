"""Sharing turns out fairly: nobody twice in a row, nobody more than once ahead, and bank holidays spread."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """A weekend, week or day to be given to somebody. `away` can't take it; `to_come` haven't joined yet."""

    holiday: bool = False
    away: frozenset[str] = frozenset()
    to_come: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Given:
    """Who has a turn, and who is next in line behind them; nobody when everybody is away."""

    primary: str | None
    backup: str | None


class _Tally:
    """Who has had how much so far."""

    def __init__(self, people: Sequence[str]) -> None:
        self.turns = dict.fromkeys(people, 0)
        self.holidays = dict.fromkeys(people, 0)
        self.served = {name: n - len(people) for n, name in enumerate(people)}
        self.last: str | None = None

    def note(self, number: int, name: str, *, holiday: bool) -> None:
        self.turns[name] += 1
        self.holidays[name] += holiday
        self.served[name] = number
        self.last = name

    def excuse(self, turn: Turn, here: Sequence[str]) -> None:
        """Who was away makes up for one turn at most; who joins starts level with the others."""
        for counts in (self.turns, self.holidays):
            level = min(counts[name] for name in here)
            counts.update({name: max(counts[name], level - 1) for name in turn.away})
            counts.update(dict.fromkeys(turn.to_come, level))


def shared_out(people: Sequence[str], turns: Sequence[Turn]) -> list[Given]:
    """Give every turn to somebody, in the order of time.

    A turn depends on those before it and on which of the next ones, as many as there are people, hold a bank holiday.
    Later absences and later joiners change nothing of what was given before.
    """
    tally, given = _Tally(people), list[Given]()
    for number, turn in enumerate(turns):
        here = [name for name in people if name not in turn.away and name not in turn.to_come]
        if not here:
            given.append(Given(None, None))
            tally.last = None
            continue
        before = tally.last
        primary = _next_in_line(tally, here, turns[number:])
        tally.note(number, primary, holiday=turn.holiday)
        rest = [name for name in here if name != primary]
        backup = min(rest, key=lambda name: (name == before, tally.turns[name], tally.served[name]), default=None)
        given.append(Given(primary, backup))
        tally.excuse(turn, here)
    return given


def _next_in_line(tally: _Tally, here: Sequence[str], coming: Sequence[Turn]) -> str:
    """Whoever had fewest. Among equals bank holidays go to who had fewest of those, and are kept for them."""
    rested = [name for name in here if name != tally.last] or list(here)
    fewest = min(tally.turns[name] for name in rested)
    equals = [name for name in rested if tally.turns[name] == fewest]
    weight = _weight(coming, len(equals))
    return min(equals, key=lambda name: (weight * tally.holidays[name], tally.served[name]))


def _weight(coming: Sequence[Turn], left: int) -> int:
    """Whether this turn is for who had few bank holidays (1) or for who had many (-1), when `left` are equals."""
    if coming[0].holiday:
        return 1
    if any(turn.holiday for turn in coming[1:left]):
        return -1
    # The last of a round can't take the first turn of the next one; let that be somebody who has had their share.
    return 1 if left == 2 and any(turn.holiday for turn in coming[2:3]) else 0
