"""What somebody is told who corrected triage: what it changed, and how to take it back."""

from domain.lessons import IS_ONE, NOT_ONE, TEAM, WORSE
from views.blocks import actions, button
from views.kit import Json, escape, fallback
from views.telling import Payload, Says, aside, number, plainly, told

UNDO = "lesson.undo"
ACTIONS = (UNDO,)
FOR_TEN_MINUTES = "It can be taken back for ten minutes."
SAID = {
    NOT_ONE: "Case {case} is put away as no complaint.",
    IS_ONE: "Case {case} is a complaint after all: its card is in the channel, and its deadlines count from the post.",
    TEAM: "Case {case} is with {value} now.",
    WORSE: "Case {case} counts as {value} now.",
}
BACK = {
    NOT_ONE: "Taken back: case {case} is open again.",
    IS_ONE: "Taken back: case {case} is put away again.",
    TEAM: "Taken back: case {case} is with its old team again.",
    WORSE: "Taken back: case {case} counts as it did before.",
}


def outcome(kind: str, case: object, value: object) -> str:
    """What a correction has changed, in a sentence; `value` is the team or the severity it is now."""
    words = SAID.get(kind, "Case {case} is changed.")
    return words.format(case=fallback(str(case), 60) or "?", value=fallback(str(value), 200) or "another team")


def corrected(payload: Payload) -> Json:
    """It is done, and Dibs learns from it; for ten minutes it can be taken back."""
    said = outcome(str(payload.get("kind")), payload.get("case", "?"), payload.get("value") or "")
    undo = button("Undo", UNDO, f"{number(payload, 'lesson')}:{number(payload)}")
    text = f"{said}{aside(payload)} Dibs learns from it. {FOR_TEN_MINUTES}"
    return told(text, actions(f"undo-{number(payload, 'lesson')}", [undo]))


def taken_back(payload: Payload) -> Json:
    """It is as it was."""
    words = BACK.get(str(payload.get("kind")), "Taken back.")
    return told(words.format(case=number(payload)) + " Nothing is learnt from it.")


def suggestions(payload: Payload) -> Json:
    """Words that colleagues' corrections have in common, each with what a term of it would have caught."""
    rows = payload.get("rows")
    listed = [_suggested(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    if not listed:
        return told("There is nothing to suggest yet: suggestions come from *Wrong team* and *It is one*.")
    opening = "*Terms your colleagues' corrections suggest.* Each was tried on the posts stored so far."
    return told("\n".join([opening, *listed, "To use one, add it to the team's terms in dibs.toml or make a rule."]))


def _suggested(row: Payload) -> str:
    caught, past = number(row, "caught"), number(row, "past")
    return (
        f"• “{plainly(row, 'term', '?')}” for {escape(str(row.get('team', '?'))[:64])}: in {number(row, 'lessons')}"
        f" corrections; it would have caught {caught} of {past} posts"
    )


CORRECTIONS: dict[str, Says] = {"corrected": corrected, "taken_back": taken_back, "suggestions": suggestions}
