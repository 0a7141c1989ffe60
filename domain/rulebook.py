"""The rulebook: rules of the file and rules made in Slack put together, and what may be done with them."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from domain.audit import digest_of
from domain.errors import Invalid, NotAllowed
from domain.policy import PartialPolicy, Policy
from domain.query import BadQuery, Query
from domain.rules import Rule, RuleSet
from domain.staff import GUEST, Actor

ARMED, MONITOR, OFF = "armed", "monitor", "off"
WATCHED = timedelta(days=7)
"""How long a rule is watched before its maker is told what it would have done."""
FRESH = timedelta(days=1)
"""How old the back-test of a rule may be when it is armed."""
LONGEST_NAME = 60
SEVERITIES = ("normal", "urgent", "emergency")
_AROUND = 28
"""Characters of a query shown on each side of a fault."""
MOST_LANGUAGES = 20
_CODE = re.compile("[a-z]{2,3}")
_CODES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl",
    "polish": "pl", "turkish": "tr", "russian": "ru", "ukrainian": "uk", "arabic": "ar", "hindi": "hi", "chinese": "zh",
    "japanese": "ja", "korean": "ko", "welsh": "cy", "swedish": "sv", "danish": "da", "norwegian": "no",
    "finnish": "fi",
    "eng": "en", "ger": "de", "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl",
}  # fmt: skip
"""What people write for the codes that networks use."""
_RULE = TypeAdapter(Rule)


@dataclass(frozen=True)
class MadeRule:
    """A rule made in Slack. `watched_at` is when it was last put into monitor mode."""

    id: int
    rule: Rule
    made_by: str
    made_at: datetime
    armed_at: datetime | None
    watched_at: datetime | None
    version: int


@dataclass(frozen=True)
class Change:
    """One change of a rule made in Slack; without `old` it was made, without `new` deleted."""

    name: str
    at: datetime
    staff: str
    act: str
    old: Rule | None
    new: Rule | None


@dataclass(frozen=True)
class Hit:
    """A post a rule matched, and what the rule says of it. `put` is where its case is; `url` leads to the post."""

    rule: str
    post: int
    case: int | None
    at: datetime
    url: str | None
    put: str | None
    would_team: str
    would_severity: str


@dataclass(frozen=True)
class Listed:
    """A rule in a list: with its row if it was made in Slack, and how many posts it matched lately."""

    rule: Rule
    made: MadeRule | None = None
    hits: int = 0
    fault: str | None = None


@dataclass(frozen=True)
class RulesSheet:
    """What one person sees of the rules: `theirs` are teams whose rules they may change, `channels` Slack ids."""

    rules: tuple[Listed, ...]
    theirs: tuple[str, ...]
    channels: Mapping[str, str]
    file: str = "dibs.toml"


@dataclass(frozen=True)
class RuleSheet:
    """One rule as its window shows it; `listed` is None for one that isn't made yet."""

    listed: Listed | None
    teams: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    hits: tuple[Hit, ...] = ()
    total: int = 0
    file: str = "dibs.toml"


class Shelf:
    """Keeps the newest rule set, so that reading a post doesn't read every rule anew."""

    def __init__(self) -> None:
        self._kept: tuple[object, RuleSet] | None = None

    def at(self, version: object, read: Callable[[], RuleSet]) -> RuleSet:
        """The set of that version, read if another is kept."""
        kept = self._kept
        if kept is None or kept[0] != version:
            kept = self._kept = (version, read())
        return kept[1]


def of_file(policy: PartialPolicy) -> list[Rule]:
    """The file's rules, in its order."""
    return [part.rule(name) for name, part in policy.rule.items()]


def merged(policy: Policy, made: Sequence[MadeRule]) -> list[Rule]:
    """The file's rules, then those made in Slack; of one name the file's stands, without its team none."""
    rows = [one.rule for one in made if one.rule.name not in policy.rule and one.rule.team in policy.team]
    return [*of_file(policy), *rows]


def faults(policy: Policy, made: Sequence[MadeRule], file: str = "dibs.toml") -> dict[str, str]:
    """Why a rule made in Slack isn't looked at, by its name."""
    found = {}
    for one in made:
        name, team = one.rule.name, one.rule.team
        if name in policy.rule:
            found[name] = f"rule {name} stands in {file} and was made in Slack as well; the file's counts"
        elif team not in policy.team:
            found[name] = f"rule {name} was made in Slack for {team}, which is no team in {file} any more"
    return found


def meaning(rule: Rule) -> str:
    """A digest of what a rule matches and what follows; its name, mode and priority are left out."""
    return digest_of(json.dumps([rule.query, rule.team, rule.severity, sorted(rule.languages)]))


def kept(rule: Rule) -> dict[str, Any]:
    """A rule as JSON values."""
    return {**asdict(rule), "languages": list(rule.languages)}


def of_kept(values: Mapping[str, Any] | None) -> Rule | None:
    """The rule of JSON values; None of nothing."""
    return _RULE.validate_python(dict(values)) if values else None


def drafted(fields: Mapping[str, str], teams: Sequence[str], base: Rule | None = None) -> Rule:
    """The rule a window's fields spell; Invalid names the first field that needs another value."""
    name = base.name if base else name_of(fields.get("name", ""))
    team, severity = fields.get("team", ""), fields.get("severity", "")
    if team not in teams:
        raise Invalid("team", "Choose the team that shall get these posts.")
    if severity not in SEVERITIES:
        raise Invalid("severity", "Choose how bad it is.")
    typed, before = fields.get("languages"), base.languages if base else ()
    query = readable(fields.get("query", ""))
    return _RULE.validate_python({
        "name": name, "query": query, "team": team, "severity": severity, "mode": MONITOR,
        "priority": _priority(fields.get("priority", "")),
        "languages": before if typed is None else languages_of(typed),
    })  # fmt: skip


def name_of(typed: str) -> str:
    """A rule's name as it is kept; Invalid says what a name needs."""
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid("name", f"A rule needs a name of at most {LONGEST_NAME} characters, such as dirty-rooms.")
    return name


def languages_of(typed: str) -> tuple[str, ...]:
    """The codes of the languages that were typed, each once; Invalid names what is none. Without any, all of them."""
    found: dict[str, None] = {}
    for word in re.split(r"[\s,;/]+", typed.strip().lower()):
        code = _CODES.get(word) or word.replace("_", "-").partition("-")[0]
        if word and not _CODE.fullmatch(code):
            raise Invalid(
                "languages", f"“{word[:40]}” is no language code. Write codes such as en, de; nothing means all."
            )
        if word:
            found[code] = None
    if len(found) > MOST_LANGUAGES:
        raise Invalid("languages", f"A rule names at most {MOST_LANGUAGES} languages; leave it empty to mean all.")
    return tuple(found)


def readable(query: str) -> str:
    """The query if it can be read; Invalid has the sentence, its column and a caret under the place."""
    try:
        Query.of(query)
    except BadQuery as bad:
        raise Invalid("query", f"column {bad.column}: {bad}\n{caret(query, bad.column, chr(0xA0))}") from None
    return query


def caret(query: str, column: int, blank: str = " ") -> str:
    """The part of the query around a column that counts from 1, and a line with ^ under it; `blank` fills that line."""
    at = min(max(column - 1, 0), len(query))
    begins = max(query.rfind("\n", 0, at) + 1, at - _AROUND)
    line = query[begins:].split("\n", 1)[0][: at - begins + _AROUND]
    return f"{line}\n{blank * (at - begins)}^"


def _priority(typed: str) -> int:
    text = typed.strip() or "0"
    if not text.removeprefix("-").isdecimal() or abs(int(text[:9])) > 1000:
        raise Invalid("priority", "The priority is a whole number from -1000 to 1000; the highest decides.")
    return int(text)


def may_change(in_team: Actor, in_ops: Actor) -> None:
    """Raise NotAllowed unless this is a colleague who sits in the team's channel or the ops channel."""
    known = in_team.known
    if known is None:
        raise NotAllowed("Dibs doesn't know you yet. It is looking you up now; please try again in a moment.")
    if known.kind == GUEST:
        raise NotAllowed("Guests can't change rules. A colleague in the team's channel can.")
    if not known.active:
        raise NotAllowed("Only people of this workspace can change rules.")
    if not in_team.in_channel and not in_ops.in_channel:
        raise NotAllowed("A rule is changed by those who sit in its team's channel, or in the ops channel.")


def in_mode(rule: Rule, mode: str) -> Rule:
    """The rule in another mode."""
    return replace(rule, mode=_RULE.validate_python({**kept(rule), "mode": mode}).mode)
