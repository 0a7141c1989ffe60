"""`python -m bot rules`: rules tried from the command line. `match` answers queries, one a line."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from domain.query import BadQuery, Query
from domain.tokens import read


def main(words: list[str]) -> int:
    """Run the wished for command."""
    parser = argparse.ArgumentParser(prog="python -m bot rules", description="Try rules.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser(
        "match", help="answer JSON lines with a query and a text, from standard input, one line each and in order"
    )
    parser.parse_args(words)
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
        return _fault(f"This line is not JSON: {error.msg}.", error.colno)
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
