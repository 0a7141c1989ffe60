"""Triage by terms: whose is this post, how bad is it, and why we think so."""

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.outside import fold
from domain.policy import Policy

NORMAL, EMERGENCY = "normal", "emergency"


@dataclass(frozen=True)
class Verdict:
    """Where a post goes. `why` is a sentence for people; `person` is a Slack name an emergency must reach."""

    team: str
    severity: str
    why: str
    term: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class _Terms:
    emergency: tuple[tuple[str, re.Pattern[str]], ...]
    by_team: tuple[tuple[str, str, re.Pattern[str]], ...]


def _pattern(term: str) -> re.Pattern[str]:
    # A boundary is "no letter or digit beside it", so that "#fire!" counts and "fireplace" doesn't.
    words = r"[\W_]+".join(re.escape(word) for word in fold(term).split())
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_])")


@lru_cache(maxsize=8)
def _compiled(emergency: tuple[str, ...], by_team: tuple[tuple[str, tuple[str, ...]], ...]) -> _Terms:
    teams = [(team, term, _pattern(term)) for team, terms in by_team for term in terms]
    # The longest term wins, because it says the most; equal lengths keep the file's order.
    teams.sort(key=lambda entry: -len(entry[1]))
    return _Terms(tuple((term, _pattern(term)) for term in emergency), tuple(teams))


def _terms(policy: Policy) -> _Terms:
    return _compiled(policy.emergency.terms, tuple((key, team.terms) for key, team in policy.team.items()))


def judge(text: str, policy: Policy) -> Verdict:
    """The verdict on a post's text. Every post is taken for a complaint: a missed one costs more than a spare card."""
    terms, folded = _terms(policy), fold(text)
    hit = next(((team, term) for team, term, pattern in terms.by_team if pattern.search(folded)), None)
    alarm = next((term for term, pattern in terms.emergency if pattern.search(folded)), None)
    if alarm is not None:
        team = policy.emergency.team or (hit[0] if hit else policy.default_team)
        why = f"“{alarm}” is an emergency term"
        return Verdict(team, EMERGENCY, why, alarm, policy.emergency.person)
    if hit is not None:
        team, term = hit
        return Verdict(team, NORMAL, f"“{term}” leads to {team}", term)
    return Verdict(policy.default_team, NORMAL, f"no term matched, so it goes to {policy.default_team}")


def failed(policy: Policy) -> Verdict:
    """What a post gets when triage itself broke down: the default team, never silence."""
    return Verdict(policy.default_team, NORMAL, "triage failed, so please read it with care")
