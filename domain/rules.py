"""Rules: queries with a team and a severity, a thousand of them judged against a post at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from domain.needs import STARTS_WITH, needs_of
from domain.parts import Part, refuse
from domain.query import BadQuery, Query
from domain.sieve import Sieve
from domain.sla import Severity
from domain.tokens import Tokens

Mode = Literal["armed", "monitor", "off"]
RuleName = Annotated[str, Field(min_length=1, max_length=60)]
TOO_BROAD = 0.5
"""A rule that matches more than this share of the past sorts nothing."""


@dataclass(frozen=True)
class Rule:
    """A rule. The higher priority comes first; `languages` are codes such as "en", none meaning every language.

    `armed` decides, `monitor` is only noted, `off` is not looked at.
    """

    name: str
    query: str
    team: str
    severity: Severity = "normal"
    priority: int = 0
    mode: Mode = "armed"
    languages: tuple[str, ...] = ()


class RulePolicy(Part):
    """A table `[rule.NAME]`."""

    query: str
    team: str = Field(min_length=1)
    severity: Severity = "normal"
    priority: int = Field(default=0, ge=-1_000, le=1_000)
    mode: Mode = "armed"
    languages: tuple[str, ...] = ()

    @field_validator("query")
    @classmethod
    def _can_be_read(cls, query: str) -> str:
        try:
            Query.of(query)
        except BadQuery as bad:
            raise ValueError(f"column {bad.column}: {bad}") from None
        return query

    @model_validator(mode="after")
    def _may_be_armed(self) -> "RulePolicy":
        why = why_not_armed(Query.of(self.query)) if self.mode == "armed" else None
        refuse([(("query",), why)] if why else [], self)
        return self

    def rule(self, name: str) -> Rule:
        """The rule of that name."""
        return Rule(name, self.query, self.team, self.severity, self.priority, self.mode, self.languages)


@dataclass(frozen=True)
class RuleFault:
    """Why a rule can't be used; `column` counts from 1 in its query."""

    name: str
    column: int
    message: str

    def __str__(self) -> str:
        return f"rule {self.name}, column {self.column}: {self.message}"


@dataclass(frozen=True)
class RuleHit:
    """A rule that matches a post, and where, in code points of the raw text."""

    rule: Rule
    where: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Ruling:
    """What the rules say of a post: the one that decides, the others that match too, and those only monitored."""

    first: RuleHit | None = None
    also: tuple[RuleHit, ...] = ()
    monitored: tuple[RuleHit, ...] = ()


@dataclass(frozen=True)
class Breadth:
    """How much of the past a query matches: which posts, by their place in it, of how many."""

    matched: Sequence[int]
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1; of an empty past nothing is known, which is 0."""
        return len(self.matched) / self.of if self.of else 0.0

    @property
    def too_broad(self) -> bool:
        """Whether such a rule must not be armed."""
        return self.share > TOO_BROAD


def breadth(query: Query, posts: Sequence[Tokens]) -> Breadth:
    """How broad a query is, measured on posts."""
    return Breadth(tuple(at for at, tokens in enumerate(posts) if query.match(tokens) is not None), len(posts))


def holds_for_silence(text: str) -> bool:
    """Whether a query says only what must not be there; False for one that can't be read."""
    try:
        return Query.of(text).holds_for_silence
    except BadQuery:
        return False


def why_not_armed(query: Query, past: Breadth | None = None) -> str | None:
    """Why a rule with that query must not be armed, in a sentence; None if it may be."""
    if query.holds_for_silence:
        seen = f" ({len(past.matched):,} of the last {past.of:,})" if past is not None else ""
        return f"this rule matches every post{seen} that doesn't say certain words; say what a post must have"
    if past is not None and past.too_broad:
        return (
            f"this rule matches {len(past.matched):,} of the last {past.of:,} posts ({past.share:.0%}); narrow it down"
        )
    return None


@dataclass(frozen=True)
class _Ready:
    """A rule with its query read; a post must have one of each set of words in `needs`, if there are any.

    `sure` are those sets that a look at a post's words settles.
    """

    rule: Rule
    query: Query
    needs: tuple[frozenset[str], ...]
    sure: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, rule: Rule) -> Self:
        query = Query.of(rule.query)
        needs = tuple(needs_of(query.tree))
        sure = tuple(one for one in needs if not any(need[0] == STARTS_WITH for need in one))
        return cls(rule, query, needs, sure)

    def judges(self, language: str | None) -> bool:
        """Whether the rule is for posts of that language; of an unknown one every rule is tried."""
        return not self.rule.languages or language is None or language in self.rule.languages


class RuleSet:
    """Rules in the order in which they decide: by priority, equal ones as they were given.

    A rule that can't be read or armed, or whose name came before, is left out and named in `faults`. A post is tried
    only against rules of which it has the rarest word, so that a thousand rules cost little more than ten.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.faults: list[RuleFault] = []
        wanted = [rule for rule in self._named_once(rules) if rule.mode != "off"]
        ready = [one for rule in sorted(wanted, key=lambda rule: -rule.priority) if (one := self._read(rule))]
        self._ready = tuple(ready)
        self._by_need: defaultdict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        counts = Counter(need for one in ready for needs in one.needs for need in needs)
        for number, one in enumerate(ready):
            self._file(number, one, counts)
        self._start_lengths = sorted({len(need) for need in self._by_need if need[0] == STARTS_WITH})

    def _named_once(self, rules: Iterable[Rule]) -> list[Rule]:
        seen: dict[str, Rule] = {}
        for rule in rules:
            if rule.name in seen:
                self.faults.append(RuleFault(rule.name, 1, "there is another rule of this name; only the first counts"))
            seen.setdefault(rule.name, rule)
        return list(seen.values())

    def _read(self, rule: Rule) -> _Ready | None:
        try:
            ready = _Ready.of(rule)
        except BadQuery as bad:
            self.faults.append(RuleFault(rule.name, bad.column, str(bad)))
            return None
        why = why_not_armed(ready.query) if rule.mode == "armed" else None
        if why is not None:
            self.faults.append(RuleFault(rule.name, 1, why))
            return None
        return ready

    def _file(self, number: int, one: _Ready, counts: Counter[str]) -> None:
        """Keep the rule under the words that fewest rules share; long words are rarer than short ones."""
        if not one.needs:
            self._always.append(number)
            return
        rarest = min(one.needs, key=lambda needs: (sum(counts[need] for need in needs), -min(map(len, needs))))
        for need in rarest:
            self._by_need[need].append(number)

    def judge(self, tokens: Tokens, language: str | None = None) -> Ruling:
        """What the rules say of a post in that language (None: not known)."""
        hits: list[RuleHit] = []
        for one in self._likely(tokens, language):
            where = one.query.match(tokens)
            if where is not None:
                hits.append(RuleHit(one.rule, where))
        armed = [hit for hit in hits if hit.rule.mode == "armed"]
        monitored = tuple(hit for hit in hits if hit.rule.mode == "monitor")
        return Ruling(armed[0] if armed else None, tuple(armed[1:]), monitored)

    def may_match(self, text: str) -> bool:
        """False only if no rule can match the text, which a look at its letters tells much faster than reading it."""
        return any(sieve.lets_through(text) for sieve in self._sieves)

    @cached_property
    def _sieves(self) -> tuple[Sieve, ...]:
        return tuple(Sieve(one.needs) for one in self._ready)

    def matches(self, tokens: Tokens, language: str | None = None) -> bool:
        """Whether any rule matches, whatever its mode."""
        return any(one.query.holds(tokens) for one in self._likely(tokens, language))

    def _likely(self, tokens: Tokens, language: str | None) -> Iterator[_Ready]:
        """Rules that a look at the post's words doesn't rule out, in the order in which they decide."""
        lacks, ready = tokens.forms.isdisjoint, self._ready
        for number in self._candidates(tokens):
            one = ready[number]
            for needs in one.sure:
                if lacks(needs):
                    break
            else:
                if one.judges(language):
                    yield one

    def _candidates(self, tokens: Tokens) -> list[int]:
        found = set(self._always)
        by_need = self._by_need
        for need in tokens.forms:
            if need in by_need:
                found.update(by_need[need])
        for length in self._start_lengths:
            for word in tokens.words:
                found.update(self._by_need.get(STARTS_WITH + word[: length - 1], ()))
        return sorted(found)
