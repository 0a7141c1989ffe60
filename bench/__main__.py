"""`scripts/bench`: measures, says what it found as it goes, and answers one JSON object."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench import backlog, claim, clicks, intake, likeness, repaint, spikes, start, terms, tick, time_machine, triage
from bench.machine import described
from bench.rows import Row

WORKLOADS: dict[str, Callable[..., list[Row]]] = {
    "claim": claim.measure,
    "clicks": clicks.measure,
    "intake": intake.measure,
    "backlog": backlog.measure,
    "repaint": repaint.measure,
    "start": start.measure,
    "terms": terms.measure,
    "tick": tick.measure,
    "time-machine": time_machine.measure,
    "likeness": likeness.measure,
    "spikes": spikes.measure,
}
ON_DATA = frozenset({"terms", "likeness"})
"""What can be measured on posts from elsewhere; nothing of them is kept."""


def main(words: list[str]) -> int:
    """Run the named workloads, or all of them; `triage` measures on posts from elsewhere and prints a table."""
    if words[:1] == ["triage"]:
        return triage.main(words[1:])
    wishes = _wishes(words)
    data = _from_here(wishes.data) if wishes.data else None
    found = described()
    rows: list[Row] = []
    for name in wishes.name or WORKLOADS:
        print(f"{name} …", file=sys.stderr, flush=True)
        fresh = WORKLOADS[name](quick=wishes.quick, **({"data": data} if data and name in ON_DATA else {}))
        rows += fresh
        for row in fresh:
            print(_line(row), file=sys.stderr, flush=True)
    text = json.dumps(found | {"quick": wishes.quick, "rows": [asdict(row) for row in rows]}, ensure_ascii=False)
    if wishes.out:
        _from_here(wishes.out).write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 0


def _wishes(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="Measure. Figures of different runs don't compare; ratios of one run do."
    )
    parser.add_argument("name", nargs="*", choices=[[], *WORKLOADS], help="what to measure; without it everything")
    parser.add_argument("--quick", action="store_true", help="small sizes, less than 40 seconds altogether")
    parser.add_argument("--data", type=Path, help="posts from elsewhere: terms and likeness measure on these")
    parser.add_argument("--out", type=Path, help="write the JSON there instead of to the terminal")
    return parser.parse_args(words)


def _from_here(path: Path) -> Path:
    """The path as its writer meant it."""
    # The script has changed into the project's folder; a relative path is meant from where it was called.
    return Path(os.environ.get("DIBS_CALLED_FROM", ".")) / path


def _line(row: Row) -> str:
    against = f"  = {row.ratio:g} × {row.baseline}" if row.ratio is not None else ""
    spread = f"  (n {row.n}, middle half ± {row.iqr / 2:.0%})" if row.iqr is not None else ""
    return f"  {row.workload} {row.size}: {row.metric} {row.value:g} {row.unit}{against}{spread}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
