"""The table `[triage]` of dibs.toml: from which probability a post becomes a card, or is at least listed."""

from typing import Self

from pydantic import Field, model_validator

from domain.parts import Part

CARD, DIGEST, ARCHIVE = "card", "digest", "archive"


class AddressedPolicy(Part):
    """For posts addressed to the brand: what is no card is in the digest; nothing is archived.

    `card_with_term` counts for posts in which a term or rule of the policy was found: they need no more than a doubt.
    """

    card: float = Field(default=0.4, ge=0, le=1)
    card_with_term: float = Field(default=0.25, ge=0, le=1)


class FoundPolicy(Part):
    """For posts a search found: only they may be archived. Few of them complain, so less is asked of a probability."""

    card: float = Field(default=0.4, ge=0, le=1)
    card_with_term: float = Field(default=0.25, ge=0, le=1)
    digest: float = Field(default=0.15, ge=0, le=1)

    @model_validator(mode="after")
    def _card_is_above(self) -> Self:
        if self.digest > min(self.card, self.card_with_term):
            raise ValueError("digest can't be above card or card_with_term")
        return self


class TriagePolicy(Part):
    """Thresholds by how a post reached us."""

    addressed: AddressedPolicy = AddressedPolicy()
    found: FoundPolicy = FoundPolicy()

    def tier(self, probability: float, *, addressed: bool, named: bool = False) -> str:
        """Card, digest or archive; `named` says that a term or rule of the policy was found in the post."""
        counts = self.addressed if addressed else self.found
        if probability >= (min(counts.card, counts.card_with_term) if named else counts.card):
            return CARD
        return DIGEST if addressed or probability >= self.found.digest else ARCHIVE
