"""News on the page: it arrives by itself, and a gap in it is made good."""

import httpx2
from playwright.sync_api import expect

from tests.page.care_app import CareApp
from tests.page.conftest import Desk
from tests.page.looking import IN_CHROMIUM, card

pytestmark = IN_CHROMIUM


def test_what_was_missed_while_the_line_was_down_is_fetched_once_it_is_up(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0ANN")
    page.context.route("**/live", lambda route: route.abort())
    page.reload()
    expect(page.locator(".brand")).to_contain_text("Reconnecting")
    ts = care.post("Said while nobody could hear")

    page.context.unroute("**/live")

    expect(card(page, ts)).to_be_visible()
    expect(page.locator(".brand")).to_contain_text("Sandbox workspace")


def test_a_changed_or_deleted_message_changes_or_goes_on_every_page(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0BEN")
    ts = str(care.client.chat_postMessage(channel="C0CARE", text="First words")["ts"])
    expect(card(page, ts)).to_contain_text("First words")

    care.client.chat_update(channel="C0CARE", ts=ts, text="Second thoughts")
    expect(card(page, ts)).to_contain_text("Second thoughts")

    care.client.chat_delete(channel="C0CARE", ts=ts)
    expect(card(page, ts)).to_have_count(0)


def test_a_direct_message_is_counted_for_its_reader_and_shown_to_nobody_else(desk: Desk, care: CareApp) -> None:
    kit, lena = desk.open("U0KIT"), desk.open("U0LENA")

    care.client.chat_postMessage(channel="U0KIT", text="You are on call")

    place = '[data-focus="place|@app"]'
    expect(kit.locator(f"{place} .unread")).to_have_text("1")
    expect(lena.locator(f"{place} .unread")).to_have_count(0)
    kit.locator(place).click()
    expect(kit.locator("#talk .messages")).to_contain_text("You are on call")


def test_a_world_begun_anew_is_empty_on_every_page(desk: Desk, care: CareApp, origin: str) -> None:
    page = desk.open("U0DEV")
    ts = care.post("Gone in a moment")
    expect(card(page, ts)).to_be_visible()

    httpx2.post(f"{origin}/control/reset", json={}, trust_env=False)

    expect(page.locator("#talk")).to_contain_text("All quiet here")
    expect(card(page, ts)).to_have_count(0)
