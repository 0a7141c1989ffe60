"""Whether people can be reached, tried on the page: their status, and the phone."""

import re

import httpx2
from playwright.sync_api import Page, expect

from tests.page.care_app import CareApp
from tests.page.conftest import Desk
from tests.page.looking import IN_CHROMIUM

pytestmark = IN_CHROMIUM


def person(origin: str, user: str) -> dict[str, str | None]:
    people = httpx2.get(f"{origin}/control/slack/users", trust_env=False).json()
    found: dict[str, str | None] = next(one for one in people if one["id"] == user)
    return found


def press(page: Page, words: str) -> None:
    page.locator(".status").get_by_role("button", name=words, exact=True).click()


def test_one_steps_away_and_asks_for_quiet_at_ones_own_name(desk: Desk, origin: str) -> None:
    page = desk.open("U0CLEO")
    page.locator(".acting-button").click()
    page.get_by_role("button", name="Status", exact=True).click()
    words = page.locator(".status-words")
    expect(words).to_have_text("Active")

    press(page, "Step away")
    expect(words).to_have_text("Away")
    press(page, "Quiet for 2 hours")
    expect(words).to_have_text(re.compile(r"Away · quiet until \w+ \d+ \w+, \d\d:\d\d"))
    press(page, "Quiet every night")
    expect(words).to_contain_text("quiet 22:00–08:00 every day (Europe/Paris)")

    cleo = person(origin, "U0CLEO")
    assert (cleo["presence"], cleo["dnd_schedule"]) == ("away", "22:00-08:00")
    expect(page.locator(".acting-button .presence.away.hushed")).to_be_visible()
    press(page, "End the quiet")
    press(page, "Back at the desk")
    expect(words).to_have_text("Active")
    assert person(origin, "U0CLEO")["dnd_schedule"] is None


def test_a_colleague_is_deactivated_and_brought_back(desk: Desk, care: CareApp, origin: str) -> None:
    del care
    page = desk.open("U0ANN")
    page.locator(".acting-button").click()
    page.locator(".options-search").fill("Gus")
    page.get_by_role("button", name="Status of Gus Romero").click()
    press(page, "Deactivate")
    expect(page.locator(".status-words")).to_have_text("Has left the workspace.")
    assert person(origin, "U0GUS")["kind"] == "deactivated"

    press(page, "Bring back")

    expect(page.locator(".status-words")).to_have_text("Active")
    assert person(origin, "U0GUS")["kind"] == "staff"


def test_calls_are_shown_as_they_come(desk: Desk, origin: str) -> None:
    page = desk.open("U0ANN")
    page.locator('[data-focus="place|@phone"]').click()
    expect(page.locator("#talk")).to_contain_text("Nobody was called")

    call = {"dedup_key": "case-7", "to": "Kit", "text": "Case 7 is late <b>"}
    httpx2.post(f"{origin}/phone", json=call, trust_env=False)
    expect(page.locator(".call")).to_contain_text("KitCase 7 is late <b>")
    httpx2.post(f"{origin}/phone", json=call, trust_env=False)
    expect(page.locator(".call")).to_contain_text("rang 2 times")

    page.reload()
    expect(page.locator(".call")).to_have_count(1)
