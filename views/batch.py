"""A batch: several new cases in one message, each with its own Claim, while a storm lasts."""

from collections.abc import Sequence

from domain.sheets import CardSheet
from views.blocks import button, context, header
from views.card import CLAIM
from views.conversation import body
from views.kit import Json, anchor, fallback, plain

SAID = 300
Entry = tuple[CardSheet, str | None]
"""A case, and the address of its own message once it has one."""


def batch(entries: Sequence[Entry]) -> Json:
    """The message. A case that was claimed, or that needs a thread, moves out and leaves a link behind."""
    waiting = sum(1 for _, link in entries if link is None)
    title = f"{waiting} new cases came in at once" if waiting else "All of these cases have moved to their own cards"
    blocks = [header(title)]
    for sheet, link in entries:
        blocks += [_moved(sheet, link)] if link else _line(sheet)
    return {
        "text": f"{title}: {'; '.join(_spoken(sheet) for sheet, link in entries if link is None)}"[:3000],
        "blocks": blocks,
    }


def _line(sheet: CardSheet) -> list[Json]:
    case = sheet.case
    claim = button("Claim", CLAIM, f"{case.id}:{case.epoch}", "primary")
    said = plain(f"@{sheet.newest.author_handle or '?'}: {body(sheet.newest)}", SAID)
    return [{"type": "section", "block_id": f"batch-{case.id}-{case.epoch}", "text": said, "accessory": claim}]


def _moved(sheet: CardSheet, link: str | None) -> Json:
    handle = fallback(sheet.newest.author_handle, 60)
    return context(f"Case {sheet.case.id} (@{handle}) has a card of its own: {anchor(link, 'open it')}")


def _spoken(sheet: CardSheet) -> str:
    return f"@{fallback(sheet.newest.author_handle, 60)}: {fallback(body(sheet.newest), 120)}"
