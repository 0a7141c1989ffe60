"""The README's pictures, from the real page: `python -m tests.page.pictures http://127.0.0.1:8700 docs/pictures`.

Start `scripts/run --reset --yes` first, with `--start-at` in opening hours, and wait until the demo posts have come in.
The machine needs a font with emoji (Debian: fonts-noto-color-emoji).
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, Playwright, ViewportSize, sync_playwright

from bot.control import Link
from tests.page.conftest import CHROMIUM, PHONE, QUIET, WIDE

NO_HINTS = "localStorage.setItem('sandbox.hints', 'seen')"
ANSWER = (
    "We're sorry you were sent back and forth. The pool is open on Sunday from 8; the app will say so within the hour."
)
PATIENCE = 5_000
TILL_ALL_ARE_THERE = 120_000
"""Milliseconds in which the demo posts come in."""
TILL_IT_IS_SEEN = 60_000
"""Milliseconds in which an answer is seen on X, and so on its card."""
TILL_LATE = 2 * 3600 + 600
"""Seconds after which the demo's cases are late."""


def main(url: str, folder: Path) -> None:
    """Claim, answer, and look at it from the desk and from a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        desk = _page(playwright, WIDE)
        desk.goto(f"{url}/?as=U0ANN&c=care")
        _answer(desk, folder)
        phone = _page(playwright, PHONE)
        phone.goto(f"{url}/?as=U0BEN&c=care")
        phone.get_by_role("button", name="Claim", exact=True).first.wait_for(timeout=PATIENCE)
        phone.wait_for_timeout(800)
        phone.screenshot(path=folder / "phone.png")
        _why(desk, folder)
        desk.goto(f"{url}/?as=U0ELI&c=facilities")
        desk.get_by_text("Emergency").first.wait_for(timeout=TILL_ALL_ARE_THERE)
        _walk(url, TILL_LATE)
        desk.goto(f"{url}/?as=U0ELI&c=facilities")
        desk.get_by_role("button", name="On it", exact=True).first.wait_for(timeout=PATIENCE)
        desk.wait_for_timeout(800)
        desk.screenshot(path=folder / "nag.png")


def _why(page: Page, folder: Path) -> None:
    page.goto(page.url.split("?")[0] + "?as=U0ANN&c=care")
    asks = page.locator('#talk [data-action="case.why"]')
    asks.last.wait_for(timeout=PATIENCE)
    asks.last.click()
    page.get_by_role("dialog").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(800)
    page.screenshot(path=folder / "why.png")
    page.get_by_role("dialog").get_by_role("button", name="Close", exact=True).last.click()


def _walk(url: str, seconds: int) -> None:
    """Let business time pass; what is due meanwhile is done."""
    status, answer = Link(url, 120).post("/control/clock", {"advance_seconds": seconds})
    if status >= 400:
        raise RuntimeError(f"the clock didn't walk: {answer}")


def _answer(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="Claim", exact=True).first.click()
    reply = page.get_by_role("button", name="Reply", exact=True).first
    reply.wait_for(timeout=PATIENCE)
    reply.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    page.screenshot(path=folder / "claimed.png")
    reply.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(ANSWER)
    page.wait_for_timeout(1_000)
    page.screenshot(path=folder / "reply.png")
    dialog.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Our answer").first.wait_for(timeout=TILL_IT_IS_SEEN)
    page.wait_for_timeout(800)
    page.screenshot(path=folder / "public.png")


def _page(playwright: Playwright, size: ViewportSize) -> Page:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    page = browser.new_context(viewport=size).new_page()
    page.add_init_script(NO_HINTS)
    return page


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
