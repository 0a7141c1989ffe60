"""Modals on the page: filled in, refused, submitted and left."""

import re

from playwright.sync_api import expect

from tests.page.care_app import LONGEST, CareApp
from tests.page.conftest import Desk
from tests.page.looking import IN_CHROMIUM, card, open_reply

pytestmark = IN_CHROMIUM


def test_what_is_wrong_in_a_modal_stands_under_its_field_and_the_words_stay(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0ANN")
    modal = open_reply(page, care.post("Answer me"))

    modal.locator(".submit").click()
    expect(modal.locator(".input-error")).to_have_count(2)

    long = "so sorry " * 40
    modal.locator("textarea").fill(long)
    modal.locator(".select").click()
    page.get_by_role("option", name="@TidewellHelp").click()
    modal.locator(".submit").click()

    expect(modal.locator(".input-error")).to_have_text(re.compile("characters too long for X"))
    expect(modal.locator("textarea")).to_have_value(long)
    expect(modal.locator("textarea")).to_have_attribute("aria-invalid", "true")

    modal.locator("textarea").fill("So sorry, we are on it.")
    modal.locator(".submit").click()
    expect(modal).to_have_count(0)
    assert care.sent[-1] == ("So sorry, we are on it.", "help")


def test_typing_is_counted_by_the_app_and_not_disturbed_by_it(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0ANN")
    modal = open_reply(page, care.post("Count along"))

    modal.locator("textarea").press_sequentially("Hello there, Harriet", delay=25)

    expect(modal.locator(".hint")).to_have_text(f"{LONGEST - 20} characters left")
    expect(modal.locator("textarea")).to_have_value("Hello there, Harriet")
    expect(modal.locator("textarea")).to_be_focused()
    assert care.typed[-1] == "Hello there, Harriet"


def test_escape_closes_a_modal_tells_the_app_and_gives_the_keyboard_back(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0HANA")
    ts = care.post("Never mind")
    modal = open_reply(page, ts)

    page.keyboard.press("Escape")

    expect(modal).to_have_count(0)
    expect(card(page, ts).locator('[data-action="card.reply"]')).to_be_focused()
    assert "U0HANA" in care.closed
