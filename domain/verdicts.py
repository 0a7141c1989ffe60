"""The verdict on a post: language, rules, terms, emergency, complaint, severity, tier; each stage fails open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from domain.amplification import Amplification
from domain.complaint import Layer, Score, Share, explained, score
from domain.emergencies import Emergency, emergency
from domain.findings import UNREAD, Findings, alarmed, broke, graver, leading, led_by, weighed
from domain.language import UNKNOWN, Language, language
from domain.policy import PartialPolicy
from domain.reading import Reading, read
from domain.routing import Router
from domain.rules import RuleSet, Ruling
from domain.severity import NORMAL, Circumstances, Severity, severity
from domain.shipped import Weights, shipped
from domain.sorting import Sorted, is_taught, own, ranked
from domain.terms import Found, TermBook
from domain.tokens import read as tokens_of
from domain.triage_policy import CARD, TriagePolicy

UNSURE = 0.5
"""The probability of what wasn't scored."""
NO_TEAM = "care"
"""Where posts go when the policy has no team at all."""
BROKEN = (ValueError, LookupError, RuntimeError, ArithmeticError, TypeError, AttributeError, MemoryError)
"""What a stage may run into; then the post becomes a card and a person reads it."""
_ASIDE = frozenset({"@", "<link>"})
"""What a post without a readable word may consist of."""
_T = TypeVar("_T")


@dataclass(frozen=True)
class Facts:
    """What is known of a post: its text, whether it was addressed to us, and what the network and our books say."""

    text: str
    addressed: bool = True
    language: str | None = None
    unanswered: int = 0
    amplification: Amplification | None = None


@dataclass(frozen=True)
class Verdict:
    """Everything triage says of a post. `why` is for people, the weightiest first; `teams` are the best two.

    `led`, what led to the team, and `grave`, what made it worse, quote the policy at most; `why` quotes the post.
    """

    complaint: float
    tier: str
    team: str
    teams: tuple[str, ...]
    severity: str
    language: str
    why: tuple[str, ...]
    term: Found | None = None
    alarm: Found | None = None
    ruling: Ruling = field(default_factory=Ruling)
    emergency: Emergency | None = None
    revision: str = ""
    led: str = ""
    grave: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    unscored: str = ""
    broken: tuple[str, ...] = ()


class _Stages:
    """Runs stages; those that break down are named in `broken`."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def attempt(self, stage: str, otherwise: _T, work: Callable[[], _T]) -> _T:
        """A stage's result, or `otherwise` when it broke down."""
        try:
            return work()
        except BROKEN:
            self.broken.append(stage)
            return otherwise


class Triage:
    """A policy made ready to judge posts. It never changes, so threads may share it."""

    def __init__(
        self,
        policy: PartialPolicy,
        rules: RuleSet | None = None,
        weights: Weights | None = None,
        layer: Layer | None = None,
    ) -> None:
        teams = {key: team.terms for key, team in policy.team.items()}
        self.default = next((key for key, team in policy.team.items() if team.default), next(iter(teams), NO_TEAM))
        self._tiers: TriagePolicy = policy.triage
        self._rules = rules or RuleSet(rule.rule(name) for name, rule in policy.rule.items())
        self._terms = TermBook((key, term) for key, terms in teams.items() for term in terms)
        self._alarms = TermBook(("", term) for term in (policy.emergency.terms if policy.emergency else ()))
        self._alarm_team = policy.emergency.team if policy.emergency else None
        self._router = Router(teams or {NO_TEAM: ()}, self.default)
        self._weights, self._layer = weights or shipped(), layer

    @property
    def revision(self) -> str:
        """Which weights it judges by."""
        return self._weights.revision

    def judge(self, facts: Facts) -> Verdict:
        """The verdict; whatever the text is made of, there is one."""
        stages = _Stages()
        found = self._found(facts, stages)
        team, led = self._team(found)
        others = [key for key in found.ranked if key != team]
        return Verdict(
            complaint=round(found.score.probability, 4) if found.score else UNSURE,
            tier=self._tier(facts, found, stages),
            team=team,
            teams=(team, *others)[:2],
            severity=graver(found),
            language=found.tongue.code,
            why=(*alarmed(found, facts.amplification), led, *weighed(found), *broke(stages.broken)),
            term=leading(found),
            alarm=found.alarm,
            ruling=found.ruling,
            emergency=found.emergency,
            revision=self._weights.revision,
            led=led,
            grave=found.severity.reasons if found.emergency is None else (),
            shares=found.score.shares if found.score else (),
            unscored="" if found.score else found.tongue.why or UNREAD,
            broken=tuple(stages.broken),
        )

    def _found(self, facts: Facts, stages: _Stages) -> Findings:
        nothing, attempt = Reading("", (), 0), stages.attempt
        reading = attempt("reading", nothing, lambda: read(facts.text))
        tokens = attempt("reading for terms", None, lambda: tokens_of(facts.text))
        tongue = attempt("language", Language(UNKNOWN, False, ""), lambda: language(facts.text, facts.language))
        mute = not tokens or _ASIDE.issuperset(reading.words)
        code = None if tongue.code == UNKNOWN else tongue.code
        alarming = attempt("emergencies", None, lambda: emergency(reading, self._weights) if tongue.scored else None)
        besides = Circumstances(facts.unanswered, facts.amplification)
        terms: tuple[Found, ...] = attempt(
            "terms", (), lambda: _longest_first(self._terms.found(tokens)) if tokens else ()
        )
        where = [terms[0].term.owner if terms else self.default]
        ranked, taught = attempt("routing", (where, False), lambda: self._ranked(reading, terms))
        return Findings(
            tongue=tongue,
            ruling=attempt("rules", Ruling(), lambda: self._rules.judge(tokens, code) if tokens else Ruling()),
            terms=tuple(sorted(terms, key=lambda one: one.term.owner != ranked[0])),
            alarm=attempt("emergency terms", None, lambda: self._alarms.best(tokens) if tokens else None),
            emergency=alarming,
            score=attempt(
                "complaint", None, lambda: self._score(reading, facts) if tongue.scored and not mute else None
            ),
            severity=attempt("severity", Severity(NORMAL), lambda: severity(reading, alarming, besides)),
            ranked=ranked,
            taught=taught,
        )

    def _score(self, reading: Reading, facts: Facts) -> Score:
        judged = score(reading, self._weights, self._layer, addressed=facts.addressed)
        return explained(reading, judged, self._weights)

    def _team(self, found: Findings) -> tuple[str, str]:
        """Whose it is and why: a rule, else the terms, else what a team's terms speak of, else the default."""
        if found.ruling.first is not None:
            rule = found.ruling.first.rule
            return rule.team, f"the rule {rule.name} leads to {rule.team}"
        if found.alarm is not None and self._alarm_team is not None:
            return self._alarm_team, f"emergencies go to {self._alarm_team}"
        return found.ranked[0], led_by(found, self.default)

    def _ranked(self, reading: Reading, terms: Sequence[Found]) -> tuple[list[str], bool]:
        """The teams, the best first, and whether that is so because of what colleagues taught."""
        learnt = own(reading.words, self._layer.teams) if self._layer is not None else {}
        fits, named = self._router.fits(reading, terms), {one.term.owner for one in terms}
        return ranked(fits, named, learnt), is_taught(fits, named, learnt)

    def sorted_by(self, text: str, team: str) -> Sorted:
        """A post as an example of whose it was, for learning."""
        reading = read(text)
        terms = self._terms.found(tokens_of(text))
        return Sorted(reading, self._router.fits(reading, terms), frozenset(one.term.owner for one in terms), team)

    def _tier(self, facts: Facts, found: Findings, stages: _Stages) -> str:
        ruled = found.ruling.first is not None and found.ruling.first.rule.severity != NORMAL
        if stages.broken or found.score is None or found.alarm or found.emergency or ruled:
            return CARD
        named = bool(found.terms) or found.ruling.first is not None
        return self._tiers.tier(found.score.probability, addressed=facts.addressed, named=named)


def _longest_first(found: list[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda one: (-len(one.term.text), one.term.number)))
