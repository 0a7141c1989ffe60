"""Places on the page: channels, threads, home, X, and the clock above them."""

import re

import httpx2
from playwright.sync_api import expect

from tests.page.care_app import CareApp
from tests.page.conftest import Desk
from tests.page.looking import IN_CHROMIUM, card

pytestmark = IN_CHROMIUM


def test_the_arrow_keys_walk_through_the_channels(desk: Desk) -> None:
    page = desk.open("U0ANN")
    page.locator("#sidebar [aria-current]").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#talk h1")).to_have_text("billing")


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
