"""Escalation: who is told when a deadline nears or passes, step by step, and how a run catches up after an outage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.escalation_policy import EscalationPolicy

CHANNEL, AWAKE, ON_CALL, BACKUP, MANAGER, PHONE, HOLDER, KEEPER = (
    "channel", "awake", "on_call", "backup", "manager", "phone", "holder", "keeper",
)  # fmt: skip
LADDER = (ON_CALL, BACKUP, MANAGER)
"""Who comes next when somebody can't be reached."""


@dataclass(frozen=True)
class Circumstances:
    """What a step's conditions are asked about: the case's severity, and the business calendar at that time."""

    severity: str
    weekend: bool
    open: bool


@dataclass(frozen=True)
class Step:
    """A step of a run's plan; `offset` counts from the run's anchor."""

    offset: timedelta
    tell: str
    days: str = "all"
    hours: str = "all"
    severity: tuple[str, ...] = ()

    def fits(self, met: Circumstances) -> bool:
        """Whether its conditions hold. An emergency is never held back by the day or the hour."""
        if self.severity and met.severity not in self.severity:
            return False
        if met.severity == "emergency":
            return True
        day = self.days == "all" or (self.days == "weekend") == met.weekend
        hour = self.hours == "all" or (self.hours == "open") == met.open
        return day and hour


@dataclass(frozen=True)
class Plan:
    """The policy as it was when the run began: later changes of the file don't disturb it."""

    steps: tuple[Step, ...]
    repeat: timedelta
    together: timedelta
    per_hour: int
    at_most: int | None = None
    """How often the last step comes again; None: until somebody does something about it."""

    def is_over(self, number: int) -> bool:
        """Whether the run is over before step `number`."""
        return self.at_most is not None and number >= len(self.steps) + self.at_most

    def step_after(self, number: int, anchor: datetime, now: datetime) -> int:
        """The step that comes after `number`, which was taken now; what comes again keeps its distance from it."""
        following = number + 1
        near = self.at_of(following, anchor) < now + self.repeat / 2
        return following + 1 if near and following >= len(self.steps) else following

    def at_of(self, number: int, anchor: datetime) -> datetime:
        """When step `number` (from 0) of a run comes; numbers after the last are the last step coming again."""
        last = len(self.steps) - 1
        if number <= last:
            return anchor + self.steps[number].offset
        return anchor + self.steps[last].offset + (number - last) * self.repeat


@dataclass(frozen=True)
class Due:
    """A step whose time has come: its number in the run, its moment, and what it does."""

    number: int
    at: datetime
    step: Step


def planned(policy: EscalationPolicy, *, weekend: bool) -> Plan:
    """The plan a run keeps that begins now and whose deadline falls on such a day."""
    ladder = policy.weekend if weekend and policy.weekend else policy
    steps = tuple(Step(step.at, step.tell, step.days, step.hours, step.severity) for step in ladder.steps)
    return Plan(steps, policy.repeat, policy.together, policy.per_hour)


def come_due(plan: Plan, number: int, anchor: datetime, now: datetime) -> list[Due]:
    """The steps from `number` on whose time has come by `now`; of repeats that were missed only the latest."""
    last, found = len(plan.steps) - 1, []
    while number <= last and plan.at_of(number, anchor) <= now:
        found.append(Due(number, plan.at_of(number, anchor), plan.steps[number]))
        number += 1
    missed = last + (now - plan.at_of(last, anchor)) // plan.repeat
    if plan.at_most is not None:
        missed = min(missed, last + plan.at_most)
    if number > last and missed >= number:
        found.append(Due(missed, plan.at_of(missed, anchor), plan.steps[last]))
    return found


def anchor_of(due_at: datetime, started_at: datetime) -> datetime:
    """What a run's steps count from: the deadline, or the run's beginning when the deadline has passed by then."""
    return max(due_at, started_at)


def first_step(plan: Plan, anchor: datetime, started_at: datetime) -> int:
    """The number of a new run's first step: warnings whose time had passed when it began are left out."""
    return sum(step.offset < timedelta(0) and anchor + step.offset < started_at for step in plan.steps)


def chosen(due: Sequence[Due]) -> tuple[list[Due], list[Due]]:
    """Which of several steps that come due together are carried out, and which are only noted.

    After an outage a whole ladder may be due at once: the channel hears of it, and of the people the highest.
    """
    to_places = [one for one in due if one.step.tell == CHANNEL]
    to_people = [one for one in due if one.step.tell != CHANNEL]
    carried = [*to_places[-1:], *to_people[-1:]]
    return sorted(carried, key=lambda one: one.number), [one for one in due if one not in carried]


def kept(plan: Plan) -> dict[str, Any]:
    """A plan as JSON keeps it; lengths in seconds."""
    return {
        "steps": [[s.offset.total_seconds(), s.tell, s.days, s.hours, list(s.severity)] for s in plan.steps],
        "repeat": plan.repeat.total_seconds(),
        "together": plan.together.total_seconds(),
        "per_hour": plan.per_hour,
        "at_most": plan.at_most,
    }


def read(found: Mapping[str, Any]) -> Plan:
    """A plan as it was kept."""
    steps = tuple(Step(timedelta(seconds=s[0]), s[1], s[2], s[3], tuple(s[4])) for s in found["steps"])
    repeat, together = timedelta(seconds=found["repeat"]), timedelta(seconds=found["together"])
    return Plan(steps, repeat, together, int(found["per_hour"]), found.get("at_most"))
