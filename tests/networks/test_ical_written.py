"""Our own feed: what is written reads the same again, through the night whose hour comes twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.rota import Shift, who
from networks.ical import read, write

LONDON = ZoneInfo("Europe/London")
SPAN = (datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
NIGHT = datetime(2026, 10, 24, 20, tzinfo=UTC)
NAMES = st.sampled_from(["maya", "tom", "ann.archer", "Dr Zoë Quill"])


@given(edges=st.lists(st.integers(0, 900), min_size=2, max_size=9, unique=True), data=st.data())
def test_what_is_written_reads_the_same_at_every_minute(edges: list[int], data: st.DataObject) -> None:
    moments = [NIGHT + timedelta(minutes=edge) for edge in sorted(edges)]
    rota = []
    for from_at, until_at in zip(moments[::2], moments[1::2], strict=False):
        primary, backup = data.draw(NAMES), data.draw(st.none() | NAMES)
        rota.append(Shift("care", from_at, until_at, primary, None if backup == primary else backup))

    again = read(write(rota, "Care", "Europe/London"), "care", LONDON, SPAN)

    for minute in range(-1, 902, 7):
        at = NIGHT + timedelta(minutes=minute)
        before, after = who(rota, [], at), who(again, [], at)
        assert (before.primary, before.backup, before.until_at) == (after.primary, after.backup, after.until_at)


def test_the_same_shifts_are_written_the_same_and_keep_their_ids() -> None:
    rota = [Shift("care", NIGHT, NIGHT + timedelta(hours=6), "maya")]
    swapped = [replace(rota[0], primary="tom")]

    assert write(rota, "Care", "Europe/London") == write(list(rota), "Care", "Europe/London")
    assert all(b"UID:care-20261024T200000Z@dibs" in write(one, "Care", "Europe/London") for one in (rota, swapped))
