"""Escalation as the policy has it: steps with their times and conditions, and how long a case may lie still."""

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from domain.parts import Length, Part, parse_length


def parse_offset(value: object) -> object:
    """Read "-15m", "0m" or "+20m": before, at or after the deadline."""
    found = re.fullmatch(r"\s*([+-]?)(.*)", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('write when the step comes, such as "-15m", "0m" or "+20m"')
    length = parse_length(found[2])
    return -length if found[1] == "-" and isinstance(length, timedelta) else length


def _written(offset: timedelta) -> str:
    return f"{offset.total_seconds():+.0f}s"


Offset = Annotated[timedelta, BeforeValidator(parse_offset), PlainSerializer(_written, when_used="json")]


class StepPolicy(Part):
    """One step: when, counted from the deadline, who is told, and under which conditions."""

    at: Offset
    tell: str = Field(pattern=r"^(channel|awake|on_call|backup|manager|phone|person:[a-z0-9._-]{1,80})$")
    days: Literal["all", "weekday", "weekend"] = "all"
    hours: Literal["all", "open", "closed"] = "all"
    severity: tuple[Literal["normal", "urgent", "emergency"], ...] = ()


class Ladder(Part):
    """Steps in the order of their times."""

    steps: tuple[StepPolicy, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _climbs(self) -> "Ladder":
        for n, (one, next_one) in enumerate(zip(self.steps, self.steps[1:], strict=False), start=1):
            if next_one.at < one.at:
                raise ValueError(f"steps.{n} comes before the step above it; write them in the order of their times")
        return self


class EscalationPolicy(Ladder):
    """The steps, how often the last one comes again, and how long a case may lie still.

    `repeat`: the last step comes again until somebody claims or acknowledges. `still_on_it`: silence after which a
    holder is asked, `answer_within`: how long they have. `on_it`: how long "On it" silences the ladder.
    `together`: nags to one place within this time share a message; `per_hour` caps new messages to one place.
    """

    repeat: Length = Field(default=timedelta(minutes=30), ge=timedelta(minutes=1))
    on_it: Length = Field(default=timedelta(minutes=30), ge=timedelta(minutes=1))
    still_on_it: Length = Field(default=timedelta(minutes=45), ge=timedelta(minutes=1))
    answer_within: Length = Field(default=timedelta(minutes=15), ge=timedelta(minutes=1))
    snooze_at_most: Length = Field(default=timedelta(hours=24), ge=timedelta(minutes=1))
    together: Length = timedelta(minutes=15)
    per_hour: int = Field(default=4, ge=1, le=60)
    weekend: Ladder | None = None


STANDARD = EscalationPolicy.model_validate(
    {
        "steps": [
            {"at": "-15m", "tell": "channel"},
            {"at": "0m", "tell": "on_call"},
            {"at": "+10m", "tell": "backup"},
            {"at": "+20m", "tell": "manager"},
        ]
    }
)
"""What a team with an SLA and no escalation policy of its own gets: nothing lies unseen because a table is missing."""
