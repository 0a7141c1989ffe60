"""The kit: the only place where text from outside is drawn, and where our own words become Slack's markup.

What customers, their names and colleagues' notes say goes into rich_text `text` elements or plain_text, which Slack
never parses. The top-level `text` of a message has no such form: there it is escaped and its shouts are defused.
"""

import re
import unicodedata
from datetime import datetime
from typing import Any

from domain.outside import visible
from views.cutting import cut, first_lines, units

Json = dict[str, Any]

FALLBACK = 3000
"""Longest top-level text: chat.update refuses 4,000, and a screen reader reads all of it."""
AGO, MOMENT, AT = "{ago}", "{date_short_pretty} at {time}", "{time}"
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{1,20}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}")
_MENTION = re.compile(r"&lt;(@[UW][A-Z0-9]{1,20})&gt;")
_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]-{}~]{1,2900}", re.IGNORECASE)
_SHOUT = re.compile(r"@(?=(?:here|channel|everyone|group)\b)", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"})


def shown(text: str | None) -> str:
    """What a reader would see of a text from outside; empty when that is nothing, whatever bytes it has."""
    seen = visible(text or "")
    return "" if all(unicodedata.category(letter) in _UNSEEN for letter in seen) else seen


def escape(text: str) -> str:
    """Slack's three characters, so that nothing in the text can open a control sequence."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(text: str | None, limit: int = FALLBACK) -> str:
    """Text from outside for a message's top-level `text`: visible, escaped, without pings, cut to the limit."""
    # chat.update parses plain @here by default; a space keeps the word and takes the ping.
    return escape(cut(_SHOUT.sub("@ ", shown(text)), limit, weigh=_escaped))


def _escaped(text: str) -> int:
    return units(escape(text))


def sentence(text: str) -> str:
    """A sentence of ours for mrkdwn: everything escaped, except that a colleague named as <@U…> stays named."""
    return _MENTION.sub(r"<\1>", escape(cut(_SHOUT.sub("@ ", visible(text)), 2000, weigh=_escaped)))


def mention(slack_id: str | None) -> str:
    """A colleague by name; "somebody" when what we have is no Slack id."""
    return f"<@{slack_id}>" if slack_id and _SLACK_ID.fullmatch(slack_id) else "somebody"


def channel(slack_id: object) -> str:
    """A Slack channel by its id, in markup; empty when it is no such id."""
    return f"<#{slack_id}>" if isinstance(slack_id, str) and _CHANNEL.fullmatch(slack_id) else ""


def when(at: datetime, form: str = MOMENT) -> str:
    """A moment in the reader's own zone; `form` AGO counts on without the message being edited."""
    return f"<!date^{max(0, int(at.timestamp()))}^{form}|{spelled(at)}>"


def spelled(at: datetime) -> str:
    """A moment for readers whose Slack can't draw dates."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def address(url: str | None) -> str | None:
    """The URL if it is a plain web address that can't break out of markup; otherwise None."""
    return url if url and _ADDRESS.fullmatch(url) else None


def anchor(url: str | None, label: str) -> str:
    """A link in mrkdwn under a label of ours; the bare label when the address won't do."""
    checked = address(url)
    return f"<{escape(checked)}|{escape(label)}>" if checked else escape(label)


def plain(text: str | None, limit: int = 75) -> Json:
    """A plain_text object, for text from outside too; a dash when there is nothing to see."""
    return {"type": "plain_text", "text": cut(shown(text), limit) or "–", "emoji": False}


def run(text: str, **style: bool) -> Json:
    """A piece of rich text, inert whatever it says; `style` is bold, italic, strike, code."""
    piece: Json = {"type": "text", "text": text or " "}
    return {**piece, "style": style} if style else piece


def outside(text: str | None, limit: int, lines: int = 40, **style: bool) -> Json:
    """Text from outside as a piece of rich text, cut at a whole character and at so many lines."""
    seen = shown(text)
    short = first_lines(seen, lines)
    return run(cut(short if short == seen else f"{short}…", limit), **style)


def is_cut(text: str | None, limit: int, lines: int = 40) -> bool:
    """Whether `outside` would leave some of it out."""
    seen = shown(text)
    return units(seen) > limit or seen.count("\n") >= lines


def person(slack_id: str | None) -> Json:
    """A colleague, named in rich text."""
    if slack_id and _SLACK_ID.fullmatch(slack_id):
        return {"type": "user", "user_id": slack_id}
    return run("somebody")


def link(url: str | None, label: str) -> Json:
    """A link in rich text under a label of ours; plain words when the address won't do."""
    checked = address(url)
    return {"type": "link", "url": checked, "text": label} if checked else run(label)


def date(at: datetime, form: str = MOMENT) -> Json:
    """A moment in rich text, in the reader's own zone."""
    return {"type": "date", "timestamp": max(0, int(at.timestamp())), "format": form, "fallback": spelled(at)}


def line(*pieces: Json) -> Json:
    """One line of rich text."""
    return {"type": "rich_text_section", "elements": list(pieces)}


def quote(*pieces: Json) -> Json:
    """What somebody said, set off as theirs."""
    return {"type": "rich_text_quote", "elements": list(pieces)}


def bullets(*lines: Json) -> Json:
    """A list; each entry is a `line`."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def rich(*parts: Json) -> Json:
    """A block of lines and quotes."""
    return {"type": "rich_text", "elements": list(parts)}
