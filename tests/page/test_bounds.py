"""What the page keeps within: its own files, inert text, a narrow screen."""

from urllib.parse import urlparse

import httpx2
from playwright.sync_api import expect

from tests.page.care_app import CareApp
from tests.page.conftest import PHONE, Desk
from tests.page.looking import IN_CHROMIUM, card, claim, open_reply

pytestmark = IN_CHROMIUM

NASTY = '<!channel> <@U0BEN> <img src=x onerror="document.title=1"> <https://evil.example|your bank> & *bold* \u202egnp'


def test_what_a_customer_writes_stays_text(desk: Desk, care: CareApp, origin: str) -> None:
    page = desk.open("U0BEN")
    ts = care.post(NASTY)
    httpx2.post(f"{origin}/control/x/posts", json={"author": "mallory", "text": NASTY}, trust_env=False)

    said = card(page, ts).locator("blockquote")
    expect(said).to_have_text(NASTY)
    assert said.locator("a, img, .mention, strong").count() == 0
    on_x = page.locator(".x-post", has_text="mallory").locator(".x-text")
    expect(on_x).to_have_text(NASTY)
    assert on_x.locator("a, img").count() == 0
    assert "care" in page.title()


def test_a_phone_shows_one_thing_at_a_time_and_never_scrolls_sideways(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0ANN", size=PHONE, has_touch=True, is_mobile=True)
    ts = care.post("x" * 300 + " https://example.com/" + "y" * 300)
    expect(claim(page, ts)).to_be_visible()

    def is_wider_than_the_screen() -> bool:
        shown = "html, body, .scroller, .sidebar, .dialog-scroll, .x-writer, .dialog"
        return bool(
            page.evaluate(f"[...document.querySelectorAll('{shown}')].some((e) => e.scrollWidth > e.clientWidth)")
        )

    assert not is_wider_than_the_screen()
    thumb = claim(page, ts).bounding_box()
    assert thumb is not None
    assert thumb["height"] >= 44
    open_reply(page, ts)
    assert not is_wider_than_the_screen()
    page.keyboard.press("Escape")
    page.locator("#talk .panel-button").click()
    expect(page.locator("#xpanel")).to_be_visible()
    assert not is_wider_than_the_screen()
    page.get_by_label("Close X").click()
    page.get_by_label("Back to the channels").click()
    expect(page.locator("#sidebar")).to_be_visible()
    expect(page.locator("#talk")).to_be_hidden()
    assert not is_wider_than_the_screen()


def test_a_permalink_leads_to_its_message(desk: Desk, care: CareApp) -> None:
    ts = care.post("Find me by my link")
    link = str(care.client.chat_getPermalink(channel="C0CARE", message_ts=ts)["permalink"])
    page = desk.open("U0ANN", "billing")

    page.goto(link)

    expect(card(page, ts)).to_be_in_viewport()
    expect(page.locator("#talk h1")).to_have_text("care")


def test_nothing_is_fetched_from_elsewhere_and_nothing_breaks(desk: Desk, care: CareApp, origin: str) -> None:
    page = desk.open("U0ANN")
    picture = {"type": "image", "image_url": "https://example.com/spy.png", "alt_text": "A picture"}
    care.client.chat_postMessage(channel="C0CARE", text="A picture", blocks=[picture])
    expect(page.locator(".picture-away").last).to_contain_text("A picture")

    hosts = {urlparse(url).netloc for url in desk.asked}
    assert hosts == {urlparse(origin).netloc}
    # Asking which modal is open is answered 404 when none is; everything else would be a fault.
    assert [words for words in desk.complaints if "404" not in words] == []


def test_the_page_may_run_nothing_but_its_own_files(origin: str) -> None:
    answer = httpx2.get(f"{origin}/", trust_env=False)

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for path in ("/page/routes.py", "/page/../app.py", "/page/%2e%2e/app.py"):
        assert httpx2.get(f"{origin}{path}", trust_env=False).status_code == 404
    assert answer.text.count("<script") == 1
