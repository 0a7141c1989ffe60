"""Where things are on the page, in the tests' words."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.conftest import CHROMIUM

IN_CHROMIUM = [
    pytest.mark.page,
    pytest.mark.skipif(CHROMIUM is None, reason="PAGE NOT TESTED: no chromium on this machine (install chromium)"),
]


def card(page: Page, ts: str) -> Locator:
    """The message of that ts."""
    return page.locator(f'#talk [data-ts="{ts}"]')


def claim(page: Page, ts: str) -> Locator:
    """The card's Claim button."""
    return card(page, ts).locator('[data-action="card.claim"]')


def open_reply(page: Page, ts: str) -> Locator:
    """Press Reply on the card; answers the modal."""
    card(page, ts).locator('[data-action="card.reply"]').click()
    modal = page.locator("dialog.modal")
    expect(modal).to_be_visible()
    return modal
