"""Why here?: a post with what triage saw in it, who decided what, and the ways to say otherwise."""

from domain.sheets import CardSheet
from domain.triage import EMERGENCY, Kept
from views.blocks import actions, button, confirmed, context, section
from views.card import DISMISS, WHY, WORSE, WRONG_TEAM
from views.conversation import REMOVED, byline
from views.kit import Json, escape, line, outside, plain, quote, rich, run
from views.reasons import SOURCES, every_span, highlighted, reach, scored, tier, tongue, weighed
from views.reply_modal import metadata

__all__ = ["WHY", "WORSE", "why"]
NAMED = 8


def why(sheet: CardSheet, *, may_act: bool) -> Json:
    """The modal. Bold is what led here and what weighed; nothing of the post is parsed."""
    kept, case = sheet.verdict, sheet.case
    blocks = _told(sheet, kept) if kept else [section("This case was opened before verdicts were kept.")]
    return {
        "type": "modal",
        "private_metadata": metadata(case=case.id, epoch=case.epoch),
        "title": plain("Why here?", 24),
        "close": plain("Close", 24),
        "blocks": [section(f"*Why here:* {escape(case.why)}"), *blocks, *(_ways(sheet) if may_act else [])],
    }


def _told(sheet: CardSheet, kept: Kept) -> list[Json]:
    post = next((post for post in sheet.posts if post.id == kept.post), sheet.newest)
    said = highlighted(post.text, every_span(kept)) if post.text else [run(REMOVED)]
    facts = [scored(kept), SOURCES.get(kept.source, ""), tongue(kept), tier(kept)]
    return [
        rich(byline(post), quote(*(said or [run("–")]))),
        context(" · ".join(fact for fact in facts if fact)),
        *_weighty(kept, post.text),
        section("\n".join(_lines(sheet, kept))),
        context(f"Model {escape(kept.model or 'none')} · rules {escape(kept.rules or 'none')}"),
    ]


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
        ("Severity", case.severity + (f": {', '.join(grave)}" if grave else "")),
        ("Reach", reach(sheet.far)),
    ]
    return [f"*{name}:* {escape(str(value)[:300])}" for name, value in told if value]


def _ways(sheet: CardSheet) -> list[Json]:
    case = sheet.case
    if not case.live:
        return []
    value = f"{case.id}:{case.epoch}"
    ask = "The card is put away. Anybody here can bring it back with Reopen."
    worse = [] if case.severity == EMERGENCY else [button("More urgent", WORSE, value)]
    ways = [
        button("Wrong team", WRONG_TEAM, value),
        confirmed(button("Not a complaint", DISMISS, value), "Not a complaint?", ask, "Put it away"),
        *worse,
    ]
    return [actions(f"why-{value}-{case.severity}", ways)]
