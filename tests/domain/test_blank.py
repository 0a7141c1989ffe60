"""A text in which there is nothing to see counts as empty."""

import pytest

from domain.outside import blank
from domain.x import weighted_length


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u200b", "\u200d", "\u3164", "\u2066\u2069", "\ufeff\t"])
def test_nothing_to_see_is_blank_and_never_fits_a_post(text: str) -> None:
    assert blank(text)
    assert not weighted_length(text).fits


@pytest.mark.parametrize("text", ["a", "👍", "…", "שלום", "\u200bok"])
def test_one_visible_character_is_a_text(text: str) -> None:
    assert not blank(text)
    assert weighted_length(text).fits
