"""Block Kit on the page: whatever Slack would accept is drawn, or said to be beyond the page."""

from typing import Any

from playwright.sync_api import Page

from tests.page.conftest import Desk
from tests.page.looking import IN_CHROMIUM
from tests.sandbox.blocks.accepted import ACCEPTED

pytestmark = IN_CHROMIUM
BEYOND = {"auth_provider", "call", "data_visualization", "plan", "task_card"}
"""Kinds that no app of our sort sends; the page says so where one stands."""
DRAW = """
async ([blocks, surface]) => {
    const { contextOf, drawBlocks } = await import('/page/js/blocks/draw.js');
    const root = document.createElement('div');
    try {
        drawBlocks(root, blocks, contextOf({ key: 'test', surface, target: {} }));
    } catch (fault) {
        return String(fault);
    }
    const scripts = root.querySelectorAll('script, iframe, [onclick], [onerror]').length;
    return { text: root.textContent, blocks: root.children.length, scripts };
}
"""


def drawn(page: Page, blocks: list[Any], surface: str = "message") -> Any:
    """What the page makes of the blocks: their text and number, or the fault in words."""
    return page.evaluate(DRAW, [blocks, surface])


def test_whatever_is_valid_is_drawn(desk: Desk) -> None:
    page, faults = desk.open("U0ANN"), {}

    for name, (surface, payload) in ACCEPTED.items():
        blocks = payload["blocks"] if isinstance(payload, dict) else payload
        made = drawn(page, blocks, surface)
        beyond = any(one["type"] in BEYOND for one in blocks)
        if isinstance(made, str) or made["blocks"] != len(blocks):
            faults[name] = made
        elif not beyond and any(sign in made["text"] for sign in ("undefined", "[object", "NaN", "doesn’t draw")):
            faults[name] = made["text"]

    assert faults == {}


def test_what_mrkdwn_means_is_shown_and_the_rest_stays_text(desk: Desk) -> None:
    page = desk.open("U0ANN")
    shown = {
        "*bold* _it_ ~no~ `x*y*`": "bold it no x*y*",
        "2*3*4 snake_case_name": "2*3*4 snake_case_name",
        "&lt;b&gt; &amp;amp;": "<b> &amp;",
        "<https://example.com|the *report*>": "the report",
        "<javascript:alert(1)|click>": "click",
        "<@U0BEN> in <#C0BILLING>": "@ben in #billing",
        "<!date^0^{nonsense}|then>": "{nonsense}",
        "a < b and <broken": "a < b and <broken",
        "&gt; quoted\nafter": "quotedafter",
    }

    for source, text in shown.items():
        section = {"type": "section", "text": {"type": "mrkdwn", "text": source, "verbatim": True}}
        assert drawn(page, [section])["text"] == text


def test_a_link_that_would_run_something_is_no_link(desk: Desk) -> None:
    page = desk.open("U0ANN")
    script = "async (url) => (await import('/page/js/dom.js')).safeHref(url)"

    for url in (
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "\tjavascript:x",
    ):
        assert page.evaluate(script, url) is None
    assert page.evaluate(script, "https://example.com/") == "https://example.com/"
