"""Back-tests: what a draft rule would have done to the stored past, beside where people put the cases in the end."""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from statistics import median
from typing import NamedTuple

from domain.cases import DISMISSED
from domain.language import UNKNOWN, language
from domain.rules import Breadth, Rule, RuleSet
from domain.tokens import read

WEEK = timedelta(days=7)
SAMPLES = 10
Away = Callable[[str, datetime], bool]
"""Whether nobody of the team is there then."""
OnDuty = Callable[[str, datetime], tuple[str | None, datetime | None]]
"""Who is on call for the team then, and until when that stays so (None: for good)."""
Span = tuple[datetime, datetime]


class Past(NamedTuple):
    """A customer's post of the past. `first` is the team its case was opened for, `team` the one that ended with it."""

    id: int
    text: str
    at: datetime
    url: str | None = None
    case: int | None = None
    first: str | None = None
    team: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class Figures:
    """What is remembered of a back-test: posts looked through, posts caught, and pages in an ordinary week."""

    of: int | None
    caught: int | None
    pages: int | None

    @property
    def breadth(self) -> Breadth:
        """How much of the past it matched."""
        return Breadth(range(self.caught or 0), self.of or 0)


@dataclass(frozen=True)
class Asked:
    """A back-test somebody asked for, and how often it was begun."""

    id: int
    draft: Rule
    staff: str
    attempts: int


@dataclass(frozen=True)
class Week:
    """Posts of one week, and how many of them the draft matched."""

    begins_at: datetime
    caught: int
    of: int
    pages: int


@dataclass(frozen=True)
class BackTest:
    """What the draft would have done. Everything but `caught`, `of` and `weeks` counts cases.

    `decides`: caught where no other rule comes first. `moved`: from which team to the draft's. `theirs`: cases that
    ended with the draft's team; `found` of them caught; `missed` those people passed on to it and it doesn't match.
    `elsewhere`: caught, but people ended with them in another team. `woken`: by name, None when nobody was on call.
    """

    rule: Rule
    span: Span
    of: int
    caught: int
    weeks: tuple[Week, ...]
    cases: int
    decides: int
    moved: tuple[tuple[str, int], ...]
    theirs: int
    found: int
    missed: int
    dismissed: int
    elsewhere: tuple[tuple[str, int], ...]
    pages: int
    away: int
    woken: tuple[tuple[str | None, int], ...]
    samples: tuple[Past, ...]

    @property
    def pages_a_week(self) -> int:
        """Pages in an ordinary week: the median, so that one storm isn't taken for the rule.

        Weeks without any post don't count: a brand that began last week has seen one week.
        """
        seen = [week.pages for week in self.weeks if week.of]
        return round(median(seen)) if seen else 0

    @property
    def figures(self) -> Figures:
        """What is remembered of it."""
        return Figures(self.of, self.caught, self.pages_a_week)


class Trying:
    """Looks through the past page by page; what it keeps grows with what the draft catches, not with the past."""

    def __init__(self, draft: Rule, others: Iterable[Rule], span: Span) -> None:
        self.draft, self._span = draft, span
        # Only noted: a rule that matches everything can't be armed, but that is just what this is to show.
        self._alone = RuleSet([replace(draft, mode="monitor")])
        first = [rule for rule in others if rule.name != draft.name and rule.priority >= draft.priority]
        self._before = RuleSet(rule for rule in first if rule.mode == "armed")
        self.fault = next(iter(self._alone.faults), None)
        self._of: Counter[int] = Counter()
        self._caught: Counter[int] = Counter()
        self._cases: dict[int, Past] = {}
        """The first post caught of each case; a post without a case stands for itself, under its negative number."""
        self._decided: dict[int, Past] = {}
        self._theirs: set[int] = set()
        self._passed_on: set[int] = set()
        self._samples: deque[Past] = deque(maxlen=SAMPLES)

    def look(self, posts: Iterable[Past]) -> None:
        """Look through some more of the past."""
        team, since, of = self.draft.team, self._span[0], self._of
        speaks = bool(self.draft.languages)
        for post in posts:
            week = (post.at - since) // WEEK
            of[week] += 1
            if post.team == team and post.case is not None:
                self._theirs.add(post.case)
                if post.first != team:
                    self._passed_on.add(post.case)
            if not self._alone.may_match(post.text):
                continue
            tokens = read(post.text)
            code = _spoken(post.text) if speaks else None
            if self._alone.matches(tokens, code):
                self._caught[week] += 1
                self._catch(post, decides=not self._before.matches(tokens, code))

    def _catch(self, post: Past, *, decides: bool) -> None:
        key = post.case if post.case is not None else -post.id
        self._samples.append(post)
        self._cases.setdefault(key, post)
        if decides:
            self._decided.setdefault(key, post)

    def done(self, away: Away, on_duty: OnDuty, always: str | None = None) -> BackTest:
        """What it comes to; `always` is who is called for every emergency, whoever is on call."""
        pages = self._pages()
        off = sorted(post.at for post in pages.values() if away(self.draft.team, post.at))
        caught = [post for post in self._cases.values() if post.team is not None]
        found = self._theirs & self._cases.keys()
        return BackTest(
            self.draft,
            self._span,
            self._of.total(),
            self._caught.total(),
            self._weeks(pages),
            len(self._cases),
            len(self._decided),
            _most(post.first for post in self._decided.values() if post.first != self.draft.team),
            len(self._theirs),
            len(found),
            len(self._passed_on - found),
            sum(post.status == DISMISSED for post in caught),
            _most(post.team for post in caught if post.team != self.draft.team and post.status != DISMISSED),
            len(pages),
            len(off),
            _woken(off, partial(on_duty, self.draft.team), always if self.draft.severity == "emergency" else None),
            tuple(reversed(self._samples)),
        )

    def _pages(self) -> dict[int, Past]:
        """Cases it would have called somebody for at once."""
        return {} if self.draft.severity == "normal" else self._decided

    def _weeks(self, pages: dict[int, Past]) -> tuple[Week, ...]:
        since, until = self._span
        paged = Counter((post.at - since) // WEEK for post in pages.values())
        numbers = range(max(1, -((since - until) // WEEK)))
        return tuple(Week(since + n * WEEK, self._caught[n], self._of[n], paged[n]) for n in numbers)


def _spoken(text: str) -> str | None:
    """The code of its language; None when that isn't known, for then a rule counts whatever its languages."""
    code = language(text).code
    return None if code == UNKNOWN else code


def _most(names: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(name for name in names if name).most_common())


def _woken(
    moments: Iterable[datetime], on_duty: Callable[[datetime], tuple[str | None, datetime | None]], always: str | None
) -> tuple[tuple[str | None, int], ...]:
    """How often each would have been woken; asked once for each stretch, for a rota is slow to read."""
    counts: Counter[str | None] = Counter()
    name: str | None = None
    until: datetime | None = None
    begun = False
    for at in moments:
        if not begun or (until is not None and at >= until):
            name, until = on_duty(at)
            begun = True
        counts.update({name, always or name})
    return tuple(counts.most_common())
