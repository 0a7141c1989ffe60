"""Why here?: a post with what triage saw in it, who decided what, and the ways to say otherwise."""

from domain.cases import Case
from domain.sheets import CardSheet, WhySheet
from domain.triage import EMERGENCY, URGENT, Kept
from views.blocks import actions, button, confirmed, context, section
from views.card import DISMISS, WHY, WORSE, WRONG_TEAM
from views.conversation import REMOVED, byline
from views.corrections import FOR_TEN_MINUTES, UNDO, outcome
from views.kit import Json, escape, line, mention, outside, plain, quote, rich, run
from views.reasons import SOURCES, alarming, every_span, highlighted, reach, scored, tier, tongue, weighed
from views.reply_modal import metadata

__all__ = ["WHY", "WINDOW", "WORSE", "why"]
WINDOW = "why"
"""What the window is called where a click in it is answered by drawing it anew."""
NAMED = 8


def why(sheet: WhySheet) -> Json:
    """The modal. Bold is what led here and what weighed; nothing of the post is parsed."""
    card, case = sheet.card, sheet.card.case
    told = _told(card, card.verdict) if card.verdict else [section("This case was opened before verdicts were kept.")]
    ways = _ways(card) if sheet.may_act else []
    return {
        "type": "modal",
        "private_metadata": metadata(case=case.id, epoch=case.epoch, window=WINDOW),
        "title": plain("Why here?", 24),
        "close": plain("Close", 24),
        "blocks": [*_said_otherwise(sheet), section(f"*Why here:* {escape(case.why)}"), *told, *ways],
    }


def _said_otherwise(sheet: WhySheet) -> list[Json]:
    """What a colleague has corrected just now, first of all, and the way back."""
    if sheet.undo is None:
        return []
    who, case = mention(sheet.undo.staff), sheet.card.case
    undo = button("Undo", UNDO, f"{sheet.undo.id}:{case.id}")
    text = f":white_check_mark: {outcome(sheet.undo.kind, case.id, sheet.undo.value)} Said by {who}. {FOR_TEN_MINUTES}"
    return [section(text), actions(f"undo-{sheet.undo.id}", [undo])]


def _told(sheet: CardSheet, kept: Kept) -> list[Json]:
    post = next((post for post in sheet.posts if post.id == kept.post), sheet.newest)
    said = highlighted(post.text, every_span(kept)) if post.text else [run(REMOVED)]
    facts = [scored(kept), SOURCES.get(kept.source, ""), tongue(kept), tier(kept)]
    return [
        rich(byline(post), quote(*(said or [run("–")]))),
        context(" · ".join(fact for fact in facts if fact)),
        *_alarming(kept, post.text),
        *_weighty(kept, post.text),
        section("\n".join(_lines(sheet, kept))),
        context(f"Model {escape(kept.model or 'none')} · rules {escape(kept.rules or 'none')}"),
    ]


def _alarming(kept: Kept, text: str | None) -> list[Json]:
    """The words that made it grave. What kind of trouble they speak of is kept nowhere, so it isn't said either."""
    said = alarming(kept, text)
    if not said:
        return []
    title = "Reads like an emergency: " if kept.severity == EMERGENCY else "Can't wait: "
    shown = [[run("“"), outside(words, 120, 1), run("”")] for words in said]
    return [rich(line(run(title, bold=True), *(piece for one in shown for piece in (*one, run(" ")))))]


def _weighty(kept: Kept, text: str | None) -> list[Json]:
    rows = weighed(kept, text)
    if not rows:
        return []
    pieces = [run("What weighed most: ", bold=True)]
    for at, (words, cue, odds) in enumerate(rows):
        named = [run("“"), outside(words, 120, 1), run("”")] if words else []
        sign = f"{' ' if words else ''}{cue}" if cue else ""
        pieces += [*named, run(f"{sign} {odds:+.1f}{', ' if at < len(rows) - 1 else ''}")]
    return [rich(line(*pieces))]


def _lines(sheet: CardSheet, kept: Kept) -> list[str]:
    reasons, case = kept.reasons, sheet.case
    rule = (reasons.get("rule") or {}).get("name")
    also = [str(name) for name in reasons.get("also", ())][:NAMED]
    watched = [str(hit.get("name")) for hit in reasons.get("monitored", ())][:NAMED]
    grave = [str(one) for one in reasons.get("severity", ())]
    told = [
        ("Team", f"{case.team}" + (f", else {kept.other}" if kept.other else "")),
        ("Rule", rule),
        ("These rules match too", ", ".join(also)),
        ("Rules being watched", ", ".join(watched)),
        ("Term", (reasons.get("term") or {}).get("text")),
        ("Emergency term", (reasons.get("alarm") or {}).get("text")),
        ("Severity", case.severity + (f" ({', '.join(grave)})" if grave else "")),
        ("Reach", reach(sheet.far)),
    ]
    return [f"*{name}:* {escape(str(value)[:300])}" for name, value in told if value]


def _ways(sheet: CardSheet) -> list[Json]:
    case = sheet.case
    if not case.live:
        return []
    value = f"{case.id}:{case.epoch}"
    ask = "The card is put away. Anybody here can bring it back with Reopen."
    ways = [
        button("Wrong team", WRONG_TEAM, value),
        confirmed(button("Not a complaint", DISMISS, value), "Not a complaint?", ask, "Put it away"),
        *_worse(case),
    ]
    return [actions(f"why-{value}-{case.severity}", ways)]


def _worse(case: Case) -> list[Json]:
    """A step up; before somebody is called, it asks."""
    step = button("More urgent", WORSE, f"{case.id}:{case.epoch}:{case.severity}")
    if case.severity == URGENT:
        ask = "It is urgent already. As an emergency it calls the person for emergencies at once, day and night."
        return [confirmed(step, "An emergency?", ask, "Call them")]
    return [] if case.severity == EMERGENCY else [step]
