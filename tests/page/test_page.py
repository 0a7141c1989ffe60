"""Cards on the page: pressed by two people, by a mouse, by the keyboard, and by nobody who answers."""

from threading import Barrier

from playwright.sync_api import expect

from tests.page.care_app import CareApp
from tests.page.conftest import Desk
from tests.page.looking import IN_CHROMIUM, card, claim

pytestmark = IN_CHROMIUM


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
