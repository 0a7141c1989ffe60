"""The blocks of our own words: sections, context, buttons, menus; text from outside comes in through the kit."""

from collections.abc import Sequence

from views.kit import Json, plain


def words(text: str) -> Json:
    """Our own mrkdwn. Verbatim: only control sequences we wrote ourselves mean anything."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str, accessory: Json | None = None) -> Json:
    """A paragraph of ours, perhaps with one element beside it."""
    block: Json = {"type": "section", "text": words(text)}
    return {**block, "accessory": accessory} if accessory else block


def context(*texts: str) -> Json:
    """Small print of ours; Slack takes ten pieces at most."""
    return {"type": "context", "elements": [words(text) for text in texts[:10]]}


def header(text: str) -> Json:
    """A heading; screen readers jump from one to the next."""
    return {"type": "header", "text": plain(text, 150)}


def divider() -> Json:
    """A line across."""
    return {"type": "divider"}


def button(label: str, action: str, value: str, style: str | None = None) -> Json:
    """A button; `style` is primary or danger."""
    drawn: Json = {"type": "button", "text": plain(label), "action_id": action, "value": value}
    return {**drawn, "style": style} if style else drawn


def url_button(label: str, action: str, value: str, url: str) -> Json:
    """A button that opens a page; Slack reports the click all the same."""
    return {**button(label, action, value), "url": url}


def confirmed(drawn: Json, title: str, text: str, yes: str) -> Json:
    """The button, asking once more first."""
    words_of = {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30)}
    return {**drawn, "confirm": {**words_of, "deny": plain("Keep it", 30)}}


def menu(action: str, options: Sequence[tuple[str, str]]) -> Json:
    """The menu behind the dots: label and value each, five at most."""
    drawn = [{"text": plain(label), "value": value} for label, value in options[:5]]
    return {"type": "overflow", "action_id": action, "options": drawn}


def actions(block_id: str, elements: Sequence[Json]) -> Json:
    """A row of buttons. The id changes with what they act on, or clients keep old state."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}
