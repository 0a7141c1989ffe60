"""What `/dibs` answers, to the person who asked and nobody else."""

from domain.sheets import FoundSheet, HomeSheet
from views.blocks import context, section
from views.home import listed
from views.kit import Json, fallback, line, outside, rich, run, sentence

HELP = (
    "*Dibs: one complaint, one owner, one answer.*\n"
    "Complaints come as cards into this workspace's team channels. Press *Claim* on one and it is yours: everybody sees"
    " it, and you answer from here with *Reply*.\n\n"
    "• `/dibs mine` lists the cases you hold and those you are asked to take\n"
    "• `/dibs find changing room` looks for a word or an @handle in the cases of your channels\n"
    "• `/dibs rota` shows who is on call, until when and why; `/dibs oncall` says it in a line\n"
    "• `/dibs rules` shows which words lead where, and lets you try new ones on the past\n"
    "• `/dibs cover` asks your colleagues to take a shift of yours, or some hours of it\n"
    "• `/dibs quiet` sets when you rest, and whether you are asked first when you are around\n"
    "• `/dibs dismissed` lists what was put away as no complaint, and brings it back\n"
    "• `/dibs suggestions` shows terms that your corrections suggest\n"
    "• `/dibs help` shows this\n\n"
    "Your own desk is on the *Home* tab of the Dibs app."
)


def help_text() -> Json:
    """What Dibs is and what it can be asked."""
    return _private(HELP, [section(HELP)])


def mine(sheet: HomeSheet) -> Json:
    """What the person holds, and what they are asked to accept."""
    if sheet.refused:
        return _private(sentence(sheet.refused), [section(sentence(sheet.refused))])
    if not sheet.mine and not sheet.offered:
        text = "You hold no case right now. The Home tab shows what is waiting for somebody."
        return _private(text, [section(text)])
    blocks = [section(f"*Yours: {len(sheet.mine)}*"), *listed(sheet.mine, held=False)]
    if sheet.offered:
        asked = tuple(row for _, row in sheet.offered)
        blocks += [
            section("*You are asked to take*"),
            *listed(asked, held=False),
            context("Accept or decline on the Home tab."),
        ]
    return _private(f"You hold {_cases(len(sheet.mine))}.", blocks)


def found(sheet: FoundSheet) -> Json:
    """The cases that say what was looked for."""
    looked_for = rich(line(run("Looked for: "), outside(sheet.words, 200, 1, bold=True)))
    if not sheet.lines:
        text = f"No case in your channels says “{fallback(sheet.words, 200)}”. Try one word, or the author's @handle."
        rest = "No case in your channels says that. Try one word, or the author's @handle."
        return _private(text, [looked_for, section(rest)])
    text = f"{_cases(len(sheet.lines))} found for “{fallback(sheet.words, 200)}”."
    return _private(text, [looked_for, *listed(sheet.lines)])


def unknown(text: str) -> Json:
    """For words after /dibs that mean nothing to it."""
    said = f"Dibs doesn't know “{fallback(text, 200)}”.\n\n{HELP}"
    return _private(said, [rich(line(run("Dibs doesn't know "), outside(text, 200, 1, bold=True))), section(HELP)])


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"


def _private(text: str, blocks: list[Json]) -> Json:
    return {"response_type": "ephemeral", "text": text, "blocks": blocks}
