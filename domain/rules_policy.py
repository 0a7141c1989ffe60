"""The table `[rules]` of dibs.toml: how far back a draft is tried, and how often a rule may page before it is asked."""

from datetime import timedelta

from pydantic import Field

from domain.parts import Part


class RulesPolicy(Part):
    """How rules are tried and armed. `pages_a_week` counts urgent and emergency cases in an ordinary week."""

    weeks: int = Field(default=8, ge=1, le=104)
    pages_a_week: int = Field(default=5, ge=0, le=10_000)

    @property
    def back(self) -> timedelta:
        """How far back."""
        return timedelta(weeks=self.weeks)
