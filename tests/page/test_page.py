"""The page as people use it: in a real Chromium, against the real sandbox and a real Bolt app."""

import json
import re
from threading import Barrier
from typing import Any
from urllib.parse import urlparse

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.page.care_app import LONGEST, CareApp
from tests.page.conftest import CHROMIUM, PHONE, Desk

pytestmark = [
    pytest.mark.page,
    pytest.mark.skipif(CHROMIUM is None, reason="PAGE NOT TESTED: no chromium on this machine (install chromium)"),
]
NASTY = '<!channel> <@U0BEN> <img src=x onerror="document.title=1"> <https://evil.example|your bank> & *bold* \u202egnp'


def card(page: Page, ts: str) -> Any:
    """The message of that ts."""
    return page.locator(f'#talk [data-ts="{ts}"]')


def claim(page: Page, ts: str) -> Any:
    """The card's Claim button."""
    return card(page, ts).locator('[data-action="card.claim"]')


def open_reply(page: Page, ts: str) -> Any:
    """Press Reply on the card; answers the modal."""
    card(page, ts).locator('[data-action="card.reply"]').click()
    modal = page.locator("dialog.modal")
    expect(modal).to_be_visible()
    return modal


def test_of_two_people_who_press_claim_one_has_it_and_the_other_is_told(desk: Desk, care: CareApp) -> None:
    ann, ben = desk.open("U0ANN"), desk.open("U0BEN")
    ts = care.post("The pool is cold")
    for page in (ann, ben):
        expect(claim(page, ts)).to_be_visible()

    # Both clicks reach the app before either changes the card.
    care.together = Barrier(2, timeout=2)
    press = "(ts) => document.querySelector(`#talk [data-ts='${ts}'] [data-action='card.claim']`).click()"
    ann.evaluate(press, ts)
    ben.evaluate(press, ts)

    for page in (ann, ben):
        expect(card(page, ts)).to_contain_text("has it")
        expect(claim(page, ts)).to_have_count(0)
    care.together = None
    winner = care.holders[ts]
    loser = ben if winner == "U0ANN" else ann
    expect(loser.locator(".message-ephemeral").last).to_contain_text("was faster")
    expect(loser.locator(".message-ephemeral").last).to_contain_text("Only visible to you")


def test_a_button_answers_within_a_tenth_of_a_second_and_fires_once(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0CLEO")
    ts = care.post("Nobody at the desk")
    expect(claim(page, ts)).to_be_visible()

    busy = page.evaluate(
        """(ts) => {
            const button = document.querySelector(`#talk [data-ts='${ts}'] [data-action='card.claim']`);
            const before = performance.now();
            button.click(); button.click(); button.click();
            return [button.parentElement.classList.contains('is-busy'), performance.now() - before];
        }""",
        ts,
    )

    assert busy[0]
    assert busy[1] < 100
    expect(card(page, ts)).to_contain_text("has it")
    assert care.claims.count("U0CLEO") == 1


def test_a_click_that_nobody_acknowledges_shows_a_warning_beside_its_button(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0ANN")
    ts = care.post("The app sleeps on this one")

    card(page, ts).locator('[data-action="card.sleep"]').click()

    warning = card(page, ts).locator(".failed")
    expect(warning).to_be_visible(timeout=8000)
    expect(page.locator(".toast-bad")).to_be_visible()
    page.locator(".bar-log").click()
    expect(page.locator(".log-bad").first).to_be_visible()
    care.may_wake.set()


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


def test_a_card_can_be_claimed_with_the_keyboard_alone(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0DEV", "care")
    ts = care.post("Keys only")
    expect(claim(page, ts)).to_be_visible()

    page.locator("#sidebar [aria-current]").focus()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("(ts) => document.activeElement.matches(`[data-ts='${ts}'] [data-action='card.claim']`)", ts):
            break
    page.keyboard.press("Enter")

    expect(card(page, ts)).to_contain_text("has it")
    assert care.holders[ts] == "U0DEV"
    # The pressed button is gone; the keyboard must not be thrown back to the top of the page.
    assert page.evaluate("(ts) => Boolean(document.activeElement.closest(`[data-ts='${ts}']`))", ts)


def test_the_arrow_keys_walk_through_the_channels(desk: Desk) -> None:
    page = desk.open("U0ANN")
    page.locator("#sidebar [aria-current]").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#talk h1")).to_have_text("billing")


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
        return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    assert not is_wider_than_the_screen()
    assert claim(page, ts).bounding_box()["height"] >= 44
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


def test_a_thread_opens_beside_the_channel_and_can_be_answered(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0BEN")
    ts = care.post("Threads are for us")
    care.client.chat_postMessage(channel="C0CARE", thread_ts=ts, text="Ben, yours?")

    card(page, ts).locator(".thread-line").click()
    thread = page.locator("#thread")
    expect(thread).to_contain_text("Ben, yours?")
    thread.locator("textarea").fill("Mine, *really* <b>")
    page.keyboard.press("Enter")

    expect(thread.locator(".message").last).to_contain_text("Mine, really <b>")
    expect(card(page, ts).locator(".thread-line")).to_contain_text("2 replies")
    page.keyboard.press("Escape")
    expect(thread).to_be_hidden()


def test_a_slash_command_is_answered_to_its_author_alone(desk: Desk, care: CareApp) -> None:
    fay, eli = desk.open("U0FAY"), desk.open("U0ELI")
    del care

    fay.locator("#talk textarea").fill("/dibs mine")
    fay.keyboard.press("Enter")

    expect(fay.locator(".message-ephemeral").last).to_contain_text("heard mine")
    expect(eli.locator(".message-ephemeral")).to_have_count(0)


def test_a_home_is_drawn_for_whoever_acts(desk: Desk, care: CareApp) -> None:
    del care
    page = desk.open("U0ANN", "@home")
    expect(page.locator(".home-blocks")).to_contain_text("Good to see you, @ann")

    page.locator(".acting-button").click()
    page.locator(".options-search").fill("Ben")
    expect(page.locator(".option")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page.locator(".home-blocks")).to_contain_text("Good to see you, @ben")
    assert "as=U0BEN" in page.url


def test_unread_messages_are_counted_where_one_is_not_looking(desk: Desk, care: CareApp) -> None:
    page = desk.open("U0NORA", "billing")
    care.post("Counted?")
    unread = page.locator('[data-focus="place|care"] .unread')
    expect(unread).to_be_visible()

    page.locator('[data-focus="place|care"]').click()

    expect(unread).to_have_count(0)


def test_a_customer_is_played_from_the_panel(desk: Desk, origin: str) -> None:
    page = desk.open("U0ANN")
    page.locator(".x-author").fill("rosa_row")
    page.locator(".x-words").fill("@TidewellGyms the lift is stuck")
    page.locator(".x-form .button-primary").click()
    post = page.locator(".x-post", has_text="the lift is stuck")
    expect(post).to_be_visible()

    posts = httpx2.get(f"{origin}/control/x/posts?limit=50", trust_env=False).json()
    mine = next(one for one in posts if "the lift is stuck" in one["text"])
    answer = {"author": "TidewellGyms", "text": "@rosa_row on our way", "in_reply_to": mine["id"]}
    httpx2.post(f"{origin}/control/x/posts", json=answer, trust_env=False)
    expect(page.locator(".x-ours.x-depth-1", has_text="on our way")).to_be_visible()

    post.get_by_label(re.compile("Delete")).click()
    page.locator("dialog.confirm .button-danger-full").click()
    expect(page.locator(".x-post", has_text="This post was deleted.").first).to_be_visible()


def test_the_clock_moves_on_and_everybody_sees_it(desk: Desk) -> None:
    page, other = desk.open("U0ANN"), desk.open("U0BEN")
    before = other.locator(".clock-words").inner_text()

    page.locator(".clock").click()
    page.get_by_text("Leap instead of walking").click()
    page.get_by_role("button", name="To Saturday, 03:00").click()

    expect(page.locator(".clock-words")).to_have_text(re.compile(r"Sat .*03:0\d"))
    expect(other.locator(".clock-words")).to_have_text(re.compile(r"Sat .*03:0\d"))
    assert before not in other.locator(".clock-words").inner_text()


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
    assert json.dumps(answer.text).count("<script") == 1
