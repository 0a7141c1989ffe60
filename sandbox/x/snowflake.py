"""Post ids: 41 bits of milliseconds since X's epoch, then 22 bits that keep ids of the same millisecond apart."""

EPOCH_MS = 1_288_834_974_657
SHIFT = 22


def at_ms(moment_ms: int, number: int = 0) -> int:
    """The `number`th id of that millisecond."""
    return ((moment_ms - EPOCH_MS) << SHIFT) + number


def at(seconds: float) -> int:
    """The first id of that moment, given in epoch seconds."""
    return at_ms(int(seconds * 1000))


def seconds_of(post_id: int) -> float:
    """The moment an id was made, in epoch seconds."""
    return ((post_id >> SHIFT) + EPOCH_MS) / 1000


class Mint:
    """Makes ids that only grow."""

    def __init__(self) -> None:
        self._last_ms, self._number = 0, 0

    def next(self, seconds: float) -> int:
        """A new id for that moment; several in one millisecond get numbers."""
        moment = max(int(seconds * 1000), self._last_ms)
        self._number = self._number + 1 if moment == self._last_ms else 0
        self._last_ms = moment
        return at_ms(moment, self._number)
