"""The table `[triage]` of dibs.toml: from which probability a post becomes a card, or is at least listed."""

from typing import Self

from pydantic import Field, model_validator

from domain.parts import Part

CARD, DIGEST, ARCHIVE = "card", "digest", "archive"


class AddressedPolicy(Part):
    """For posts addressed to the brand: what is no card is in the digest; nothing is archived."""

    card: float = Field(default=0.5, ge=0, le=1)


class FoundPolicy(Part):
    """For posts a search found: only they may be archived."""

    card: float = Field(default=0.6, ge=0, le=1)
    digest: float = Field(default=0.25, ge=0, le=1)

    @model_validator(mode="after")
    def _card_is_above(self) -> Self:
        if self.digest > self.card:
            raise ValueError("digest can't be above card")
        return self


class TriagePolicy(Part):
    """Thresholds by how a post reached us."""

    addressed: AddressedPolicy = AddressedPolicy()
    found: FoundPolicy = FoundPolicy()

    def tier(self, probability: float, *, addressed: bool) -> str:
        """Card, digest or archive."""
        if addressed:
            return CARD if probability >= self.addressed.card else DIGEST
        if probability >= self.found.card:
            return CARD
        return DIGEST if probability >= self.found.digest else ARCHIVE
