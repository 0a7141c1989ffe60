"""Windows that ask once more before a rule is armed or deleted, or only say something."""

from views.blocks import section
from views.forms import modal
from views.kit import Json, fallback, line, outside, plain, rich, sentence
from views.reply_modal import metadata

SURE, DELETED = "rule.armed_all_the_same", "rule.deleted_for_good"


def sure(name: str, version: int, pages: int, most: int) -> Json:
    """Asks once more before a rule is armed that pages often."""
    text = (
        f"In an ordinary week this rule would page {pages} times; more than {most} are a lot for whoever is on call."
        " Arm it all the same? Otherwise narrow it down, or make it normal instead of urgent."
    )
    ids = metadata(rule=name, version=version)
    return modal("It pages often", "Arm it", SURE, ids, [rich(line(outside(name, 60, 1, bold=True))), section(text)])


def goodbye(name: str, version: int) -> Json:
    """Asks once more before a rule is deleted."""
    text = "Nothing brings it back. Switched off it does nothing either, and its words are kept."
    blocks = [rich(line(outside(name, 60, 1, bold=True))), section(text)]
    return modal("Delete this rule?", "Delete it", DELETED, metadata(rule=name, version=version), blocks)


def said(title: str, text: str) -> Json:
    """A window that only says something."""
    return {"type": "modal", "title": plain(title, 24), "close": plain("Close", 24), "blocks": [section(text)]}


LABELS = {
    "name": "Name", "query": "What a post must say", "team": "Whose posts these are",
    "languages": "Only in these languages", "priority": "Priority",
}  # fmt: skip


def faulty(field: str, sentence_of: str) -> str:
    """A fault of a draft that is only tried, under its field's label; a caret keeps its place in code."""
    told, _, place = sentence_of.partition("\n")
    mark = f"\n```{fallback(place, 300).replace(chr(0xA0), ' ')}```" if place else ""
    return f"*{LABELS.get(field, 'How bad it is')}*: {sentence(told)}{mark}"
