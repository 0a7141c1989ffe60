"""The table `[digest]` of dibs.toml: when each team reads of what was put away."""

import re

from pydantic import Field, field_validator

from domain.parts import Part

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class DigestPolicy(Part):
    """By the clock on the wall of the team, on its working days."""

    at: str = Field(default="09:00")

    @field_validator("at")
    @classmethod
    def _is_a_time(cls, at: str) -> str:
        if _CLOCK.fullmatch(at) is None:
            raise ValueError('write a time of day such as "09:00"')
        return at
