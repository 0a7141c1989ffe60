"""`python -m bot rules`: `match` answers queries, one a line; `try` and `export` stand in files of their own."""

import argparse
import importlib
import json
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from domain.query import BadQuery, Query
from domain.tokens import read

COMMANDS = {
    "try": ("bot.rules_try", "look through the stored past for what a draft would have caught and moved"),
    "export": ("bot.rules_export", "print the policy with the rules made in Slack in it"),
    "match": (None, "answer JSON lines with a query and a text, from standard input, one line each and in order"),
}
"""Where each is written, and what it is for. `match` must start at once, so the others are imported when asked for."""


def main(words: list[str]) -> int:
    """Run the wished for command."""
    parser = argparse.ArgumentParser(prog="python -m bot rules", description="Try rules.", add_help=len(words) <= 1)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (_, what) in COMMANDS.items():
        commands.add_parser(name, help=what, add_help=False)
    wishes, rest = parser.parse_known_args(words)
    module = COMMANDS[wishes.command][0]
    if module is not None:
        return int(importlib.import_module(module).main(words[1:]))
    if rest:
        parser.error(f"match takes no arguments, not {' '.join(rest)!r}")
    return _match()


def _match() -> int:
    try:
        for answer in answers(sys.stdin.buffer):
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever asked has read enough; what is left in the buffer has nowhere to go either.
        sys.stdout = None
    return 0


def answers(lines: Iterable[bytes]) -> Iterator[str]:
    """A line of JSON for each line, whatever is in it."""
    return (json.dumps(_answer(line)) for line in lines)


def _answer(line: bytes) -> dict[str, Any]:
    try:
        case = json.loads(line)
    except json.JSONDecodeError as error:
        return _fault(f"This line is not JSON: {error.msg.removesuffix(' at')}.", error.colno)
    except (ValueError, RecursionError):
        return _fault("This line is not JSON that can be read.", 1)
    query, text = (case.get("query"), case.get("text")) if isinstance(case, dict) else (None, None)
    if not isinstance(query, str) or not isinstance(text, str):
        return _fault('A line needs a "query" and a "text", both of them words in quotation marks.', 1)
    return _matched(query, text)


def _matched(query: str, text: str) -> dict[str, Any]:
    try:
        places = _query(query).match(read(text))
    except BadQuery as bad:
        return _fault(str(bad), bad.column)
    return {"match": places is not None, "where": [list(place) for place in places or ()]}


def _fault(sentence: str, column: int) -> dict[str, Any]:
    return {"match": None, "error": sentence, "column": column}


@lru_cache(maxsize=256)
def _query(text: str) -> Query:
    return Query.of(text)
