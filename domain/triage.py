"""Triage as it is kept: where a post goes, on which tier, and why, in numbers and places but never in its words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from domain.complaint import Share
from domain.emergencies import FLAG, PAGE
from domain.policy import Policy
from domain.posts import IncomingPost
from domain.rules import Ruling
from domain.severity import EMERGENCY, NORMAL, URGENT
from domain.terms import Found
from domain.tokens import Tokens, read
from domain.triage_policy import ARCHIVE, CARD, DIGEST
from domain.verdicts import UNSURE, Verdict

__all__ = ["ARCHIVE", "CARD", "DIGEST", "EMERGENCY", "NORMAL", "URGENT", "Judged", "Kept", "Placement", "Span"]

GRADES = (NORMAL, URGENT, EMERGENCY)
MENTION, REPLY, QUOTE, FOUND = "mention", "reply", "quote", "found"
"""How a post reached us: naming us, answering us, quoting us; or only found by a search."""
SAMPLED = 20
"""One of so many archived posts is listed in the digest, so that misses can be counted."""
FAILED = "triage failed, so please read it with care"
_ALARMS = {PAGE: "it reads like an emergency", FLAG: "it reads like something that can't wait"}
PLACES = 24
"""Places kept of a post: more than that no reader follows."""
Span = tuple[int, int]
Reasons = Mapping[str, Any]


@dataclass(frozen=True)
class Placement:
    """Where a case goes and how bad it is. `why` is a sentence for people; an emergency must reach `person`."""

    team: str
    severity: str
    why: str
    person: str | None = None


@dataclass(frozen=True)
class Judged:
    """What triage says of a post. `reasons` are numbers, places in the text and words of ours; none of the post's."""

    placement: Placement
    tier: str = CARD
    source: str = MENTION
    complaint: float = UNSURE
    other: str | None = None
    language: str = "und"
    reasons: Reasons = field(default_factory=dict)
    model: str = ""
    rules: str = ""
    ruling: Ruling = field(default_factory=Ruling)

    @property
    def put_away(self) -> bool:
        """Whether nobody is called for it."""
        return self.tier != CARD


@dataclass(frozen=True)
class Kept:
    """A verdict as it was kept for a post; `put_away`: its case was opened dismissed; `digest` told of it."""

    post: int
    tier: str
    source: str
    complaint: float
    team: str
    other: str | None
    severity: str
    language: str
    reasons: Reasons
    model: str
    rules: str
    put_away: bool
    digest: int | None = None


def source_of(post: IncomingPost, account: str) -> str:
    """How the post reached us."""
    handle = account.lower()
    if handle in post.mentions:
        return MENTION
    if (post.quote_of_author or "").lower() == handle:
        return QUOTE
    return REPLY if (post.in_reply_to_author or "").lower() == handle else FOUND


def graver(one: str, other: str) -> str:
    """The graver of two severities."""
    return max(one, other, key=GRADES.index)


def next_grade(severity: str) -> str:
    """One worse."""
    return GRADES[min(GRADES.index(severity) + 1, len(GRADES) - 1)]


def is_sampled(post_id: str) -> bool:
    """Whether this archived post is among the few that the digest lists; always the same ones."""
    return crc32(post_id.encode("utf-8", "replace")) % SAMPLED == 0


def broken(policy: Policy, source: str = MENTION) -> Judged:
    """What a post gets when triage itself broke down: the default team and a card, never silence."""
    return Judged(Placement(policy.default_team, NORMAL, FAILED), source=source, reasons={"failed": ["everything"]})


def judged(post: IncomingPost, verdict: Verdict, policy: Policy, how: tuple[str, str, str]) -> Judged:
    """The verdict as it is kept; `how` is the post's source and the versions of model and rules."""
    source, model, rules = how
    tokens = read(post.text)
    team = verdict.team if verdict.team in policy.team else policy.default_team
    person = policy.emergency.person if verdict.severity == EMERGENCY else None
    return Judged(
        placement=Placement(team, verdict.severity, _why(verdict, team), person),
        tier=_tier(post, verdict, tokens, source),
        source=source,
        complaint=verdict.complaint if 0.0 <= verdict.complaint <= 1.0 else UNSURE,
        other=next((one for one in verdict.teams if one != team), None),
        language=verdict.language,
        reasons=_reasons(verdict, tokens),
        model=model,
        rules=rules,
        ruling=verdict.ruling,
    )


def _tier(post: IncomingPost, verdict: Verdict, tokens: Tokens, source: str) -> str:
    """What can't be read, or was scored as nothing at all, is for a person; who speaks to us is never archived."""
    names = sum(word.lstrip("@") in post.mentions for word in tokens.words)
    if len(tokens) == names or not 0.0 <= verdict.complaint <= 1.0:
        return CARD
    if verdict.severity == EMERGENCY:
        return CARD
    return DIGEST if verdict.tier == ARCHIVE and source != FOUND else verdict.tier


def _why(verdict: Verdict, team: str) -> str:
    """A sentence without the post's words: it outlives the post."""
    if verdict.broken and not verdict.led:
        return FAILED
    led = verdict.led if verdict.team == team else f"{verdict.led}, which is no team any more, so it goes to {team}"
    if verdict.alarm is not None:
        return f"“{verdict.alarm.term.text}” is an emergency term"
    if verdict.emergency is not None:
        return f"{_ALARMS.get(verdict.emergency.level, _ALARMS[PAGE])}; {led}"
    return f"{led}; {FAILED}" if verdict.broken else led


def _reasons(verdict: Verdict, tokens: Tokens) -> Reasons:
    ruling, found = verdict.ruling, {"led": verdict.led}
    reasons: dict[str, Any] = {
        **found,
        "term": _term(verdict.term),
        "alarm": _term(verdict.alarm),
        "rule": _rule(ruling.first),
        "also": [hit.rule.name for hit in ruling.also],
        "monitored": [_rule(hit) for hit in ruling.monitored],
        "emergency": _emergency(verdict, tokens),
        "severity": list(verdict.grave),
        "weighed": [_weighed(share, tokens) for share in verdict.shares],
        "unscored": bool(verdict.unscored),
        "failed": list(verdict.broken),
    }
    return {name: reason for name, reason in reasons.items() if reason}


def _term(found: Found | None) -> dict[str, Any] | None:
    return {"text": found.term.text, "team": found.term.owner, "at": [list(found.where)]} if found else None


def _rule(hit: Any) -> dict[str, Any] | None:
    if hit is None:
        return None
    return {"name": hit.rule.name, "team": hit.rule.team, "at": [list(where) for where in hit.where[:PLACES]]}


def _emergency(verdict: Verdict, tokens: Tokens) -> dict[str, Any] | None:
    # Which kind is not kept: it would say something of the author's health or deeds, which X's rules forbid.
    if verdict.emergency is None:
        return None
    said = verdict.emergency.why.partition(": ")[2].split("”")
    pieces = [piece.rpartition("“")[2] for piece in said if "“" in piece]
    return {"level": verdict.emergency.level, "at": _places(pieces, tokens)}


def _weighed(share: Share, tokens: Tokens) -> dict[str, Any]:
    places = _places(share.words.split(" … "), tokens) if share.words else []
    cue = "" if share.cue == "learnt" else share.cue
    return {"at": places, "cue": cue, "odds": round(share.odds, 2)}


def _places(pieces: Iterable[str], tokens: Tokens) -> list[list[int]]:
    """Where these words stand in the raw text; nothing for those that are read otherwise there."""
    plain = [word.replace("'", "") for word in tokens.words]
    found = [_place([word for word in piece.split() if word[:1].isalnum()], plain) for piece in pieces]
    return [list(tokens.where(*place)) for place in found if place is not None][:PLACES]


def _place(words: Sequence[str], plain: Sequence[str]) -> Span | None:
    size = len(words)
    starts = (at for at in range(len(plain) - size + 1) if list(plain[at : at + size]) == list(words))
    first = next(starts, None) if size else None
    return None if first is None else (first, first + size)


def spans_of(kept: Kept, names: Sequence[str] = ("rule", "alarm", "term", "emergency")) -> list[Span]:
    """Every place that led to the verdict, in the text's order, none twice."""
    places = [place for name in names for place in (kept.reasons.get(name) or {}).get("at", ())]
    return sorted({(int(start), int(end)) for start, end in places})
