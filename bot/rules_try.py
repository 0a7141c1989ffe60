"""`python -m bot rules try`: the time machine; a draft, or a file of them, over the stored past."""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.answers import BAD_QUESTION, refused, written
from bot.policy import load_part, load_policy
from bot.rules_past import opened, read, tried
from desk import back_tests
from desk.desk import Desk
from domain.back_test import BackTest, Span
from domain.errors import Busy
from domain.parts import BadPolicy, Fault
from domain.policy import PartialPolicy
from domain.query import BadQuery, Query
from domain.rulebook import SEVERITIES, caret, of_file
from domain.rules import Rule, why_not_armed
from storage.store import Store
from views.back_test import sentences

UNNAMED = "draft"
_QUOTED = 140
Run = Callable[[Rule, Span], BackTest]


def main(words: list[str]) -> int:
    """Try every draft; the exit status is 2 when one, the policy or the past can't be used."""
    wishes = _parser().parse_args(words)
    try:
        found = _tried(wishes)
    except BadPolicy as bad:
        return refused(bad.faults) if wishes.json else _complain(bad)
    except Busy as busy:
        return _complain(BadPolicy([Fault("--database", f"the database can't be read: {busy}")]))
    if wishes.json:
        print(json.dumps([_as_json(one) for one in found], indent=2, ensure_ascii=False))
    else:
        print("\n\n".join("\n".join(_as_text(one)) for one in found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot rules try", description="Try a draft on the stored past.")
    parser.add_argument("draft", metavar="FILE_OR_QUERY", help="a TOML file with [rule.NAME] tables, or a query")
    parser.add_argument("--team", help="whose posts a query's are; else the default team")
    parser.add_argument("--severity", choices=SEVERITIES, default="normal", help="how bad a query's are")
    parser.add_argument("--policy", type=Path, default=Path("dibs.toml"))
    past = parser.add_mutually_exclusive_group()
    past.add_argument("--database", metavar="URL", help="the stored past; else the one the settings name")
    past.add_argument("--posts", type=Path, metavar="FILE", help="JSON lines with text, created_at and team instead")
    parser.add_argument("--weeks", type=int, help="how far back; else what the policy says")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    return parser


def _complain(bad: BadPolicy) -> int:
    for fault in bad.faults:
        print(fault, file=sys.stderr)
    return BAD_QUESTION


def _tried(wishes: argparse.Namespace) -> list[BackTest]:
    now = datetime.now(UTC)
    policy = load_part(wishes.policy) if wishes.posts else load_policy(wishes.policy)
    drafts = _drafts(wishes, policy)
    weeks = policy.rules.weeks if wishes.weeks is None else wishes.weeks
    if not 1 <= weeks <= 520:
        raise BadPolicy([Fault("--weeks", "has to be between 1 and 520")])
    back = timedelta(weeks=weeks)
    if wishes.posts:
        return _on_file(wishes.posts, policy, drafts, (now, back))
    store = opened(wishes.database)
    if store is None:
        raise BadPolicy([Fault("--database", "name the past: --database URL, or --posts FILE")])
    with closing(store):
        until = _until(store, now)
        desk = Desk(store, load_policy(wishes.policy))
        return [back_tests.run(desk, draft, (until - back, until)) for draft in drafts]


def _until(store: Store, now: datetime) -> datetime:
    """Till now; a sandbox's clock may be ahead of ours, and its posts with it."""
    with store.look() as tx:
        newest = tx.rules.back_tests.newest()
    return max(now, newest + timedelta(microseconds=1)) if newest else now


def _on_file(path: Path, policy: PartialPolicy, drafts: list[Rule], when: tuple[datetime, timedelta]) -> list[BackTest]:
    """The file's past ends with its newest post."""
    now, back = when
    file = read(path, now)
    if file.refused:
        lines = "1 line is" if file.refused == 1 else f"{file.refused} lines are"
        print(f"{path}: {lines} no post with a text and left out", file=sys.stderr)
    until = max((post.at for post in file.posts), default=now) + timedelta(microseconds=1)
    return [tried(policy, (draft, of_file(policy)), file.posts, (until - back, until)) for draft in drafts]


def _drafts(wishes: argparse.Namespace, policy: PartialPolicy) -> list[Rule]:
    path = Path(wishes.draft)
    if wishes.draft.endswith(".toml") or (len(wishes.draft) < 200 and path.is_file()):
        found = of_file(load_part(path))
        if not found:
            raise BadPolicy([Fault(str(path), "has no [rule.NAME] table to try")])
    else:
        found = [Rule(UNNAMED, wishes.draft, wishes.team or _default(policy), wishes.severity)]
    faults = [fault for rule in found for fault in _faults(rule, policy)]
    if faults:
        raise BadPolicy(faults)
    return found


def _default(policy: PartialPolicy) -> str:
    return next((key for key, team in policy.team.items() if team.default), next(iter(policy.team), "care"))


def _faults(rule: Rule, policy: PartialPolicy) -> list[Fault]:
    try:
        Query.of(rule.query)
    except BadQuery as bad:
        return [Fault(f"rule {rule.name}, column {bad.column}", f"{bad}\n{caret(rule.query, bad.column)}")]
    if policy.team and rule.team not in policy.team:
        return [Fault(f"rule {rule.name}", f"there is no team {rule.team}; there are: {', '.join(policy.team)}")]
    return []


def _as_text(found: BackTest) -> list[str]:
    rule, (since, until) = found.rule, found.span
    weeks = " · ".join(f"{week.begins_at:%d %b} {week.caught:,} of {week.of:,}" for week in found.weeks)
    why = why_not_armed(Query.of(rule.query), found.figures.breadth)
    samples = [f"  {written(post.at)} {' '.join(post.text.split())[:_QUOTED]}" for post in found.samples]
    return [
        f"{rule.name} → {rule.team}, {rule.severity}: {rule.query}",
        f"{written(since)} to {written(until)}",
        *sentences(found),
        f"By week: {weeks}",
        *([f"It can't be armed: {why}."] if why else []),
        *(["Some of the posts, the newest first:", *samples] if samples else []),
    ]


def _as_json(found: BackTest) -> dict[str, Any]:
    values = asdict(found)
    values["span"] = [written(at) for at in found.span]
    values["weeks"] = [{**asdict(week), "begins_at": written(week.begins_at)} for week in found.weeks]
    values["samples"] = [{**post._asdict(), "at": written(post.at)} for post in found.samples]
    values["woken"] = [{"person": name, "times": times} for name, times in found.woken]
    for name in ("moved", "elsewhere"):
        values[name] = dict(getattr(found, name))
    values["pages_a_week"] = found.pages_a_week
    values["refused"] = why_not_armed(Query.of(found.rule.query), found.figures.breadth)
    return values
