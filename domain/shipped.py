"""The shipped weights: a file of named tables of small whole numbers, each with the size of one, and some figures."""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from pathlib import Path

FILE = Path(__file__).parent / "weights" / "triage.bin"
MAGIC = b"dibs-weights-1\n"
_MOST = 127


@dataclass(frozen=True)
class Table:
    """Weights as whole numbers from -127 to 127; times `scale` they are log-odds."""

    scale: float
    cells: Sequence[int]

    def total(self, spots: Mapping[int, float]) -> float:
        """What the places of a post add up to."""
        summed: float = sum(map(mul, map(self.cells.__getitem__, spots), spots.values()))
        return self.scale * summed


@dataclass(frozen=True)
class Weights:
    """Everything that was learnt: tables and figures by name, and the revision that says which they are."""

    revision: str
    figures: Mapping[str, float]
    tables: Mapping[str, Table]


def rounded(weights: Sequence[float]) -> Table:
    """Weights as a table; the few largest are cut, so that the many small ones keep their differences."""
    sizes = sorted(abs(weight) for weight in weights if weight)
    most = sizes[int(len(sizes) * 0.999)] if sizes else 1.0
    scale = float(f"{max(most, 1e-9) / _MOST:.6g}")
    return Table(scale, array("b", (max(-_MOST, min(_MOST, round(weight / scale))) for weight in weights)))


def packed(weights: Weights) -> bytes:
    """The file's bytes; the same weights give the same bytes on every machine."""
    head = {
        "revision": weights.revision,
        "figures": dict(sorted(weights.figures.items())),
        "tables": [[name, table.scale, len(table.cells)] for name, table in sorted(weights.tables.items())],
    }
    cells = b"".join(array("b", table.cells).tobytes() for _, table in sorted(weights.tables.items()))
    return MAGIC + json.dumps(head, sort_keys=True).encode() + b"\n" + cells


def unpacked(content: bytes) -> Weights:
    """Read what `packed` wrote; ValueError when it is something else."""
    if not content.startswith(MAGIC):
        raise ValueError("this is no file of weights")
    line, _, cells = content[len(MAGIC) :].partition(b"\n")
    head, tables, at = json.loads(line), {}, 0
    for name, scale, size in head["tables"]:
        tables[name] = Table(scale, array("b", cells[at : at + size]))
        at += size
    if at != len(cells):
        raise ValueError("the file of weights is cut short")
    return Weights(head["revision"], head["figures"], tables)


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that come with the project."""
    return unpacked(FILE.read_bytes())
