"""`python -m bot rules export`: the policy as TOML, with the rules made in Slack in it."""

import argparse
import sys
import tomllib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import tomli_w

from bot.answers import BAD_QUESTION
from bot.policy import load_policy
from bot.rules_past import opened
from domain.errors import Busy
from domain.parts import BadPolicy
from domain.policy import Policy
from domain.rulebook import MadeRule, faults, kept
from domain.rules import Rule

_PLAIN = kept(Rule("", "", ""))
"""What need not be written, because it is what a rule has unless it says otherwise."""


def main(words: list[str]) -> int:
    """Print it; what can't be in it is named on the error stream. The exit status is 2 when nothing can be printed."""
    parser = argparse.ArgumentParser(prog="python -m bot rules export", description="Print the policy with all rules.")
    parser.add_argument("--policy", type=Path, default=Path("dibs.toml"))
    parser.add_argument("--database", metavar="URL", help="where the rules made in Slack are; else as the settings say")
    wishes = parser.parse_args(words)
    try:
        policy, made = load_policy(wishes.policy), _made(wishes.database)
    except (BadPolicy, Busy) as bad:
        print(bad, file=sys.stderr)
        return BAD_QUESTION
    for why in faults(policy, made, wishes.policy.name).values():
        print(why, file=sys.stderr)
    text = merged(wishes.policy.read_text(encoding="utf-8"), policy, made)
    sys.stdout.write(text)
    return 0


def _made(url: str | None) -> list[MadeRule]:
    store = opened(url)
    if store is None:
        print("no database is named, so rules made in Slack are left out", file=sys.stderr)
        return []
    with closing(store), store.look() as tx:
        return tx.rules.all()


def merged(text: str, policy: Policy, made: Iterable[MadeRule]) -> str:
    """The file's text with the rules made in Slack; comments are lost."""
    raw, made = tomllib.loads(text), list(made)
    left_out = faults(policy, made)
    rules: dict[str, Any] = raw.setdefault("rule", {})
    rules.update({one.rule.name: _table(one.rule) for one in made if one.rule.name not in left_out})
    if not rules:
        del raw["rule"]
    return tomli_w.dumps(raw)


def _table(rule: Rule) -> dict[str, Any]:
    needed = ("query", "team")
    values = {name: value for name, value in kept(rule).items() if name != "name"}
    return {name: value for name, value in values.items() if name in needed or value != _PLAIN[name]}
