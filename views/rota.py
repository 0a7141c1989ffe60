"""The rota as one person sees it: who is on call in their teams and why, where nobody is, and their own shifts."""

from collections.abc import Sequence
from dataclasses import replace

from domain.covers import Cover, Duty
from domain.rota import Gap, OnCall
from domain.rota_sheets import RotaSheet, TeamRota
from views.blocks import button, context, header, section
from views.cover_words import WITHDRAW
from views.kit import Json, fallback, mention, sentence, when
from views.rota_words import ROLES, of_team, span, who

ASK = "cover.open"
ACTIONS = (ASK,)
TEAMS, SHIFTS, GAPS = 8, 8, 4
"""How many are drawn: Slack takes 50 blocks, and nobody reads more."""
FEW, FEWEST = 5, 3
"""Teams and shifts, and requests, on the Home tab: it has a hundred blocks for everything a person does."""


def rota(sheet: RotaSheet) -> Json:
    """What `/dibs rota` answers."""
    if sheet.refused:
        return _private(sentence(sheet.refused), [section(sentence(sheet.refused))])
    text = " ".join(_crew(one, sheet) for one in sheet.teams[:TEAMS]) or _NO_TEAM
    return _private(text, [header("Who is on call"), *_teams(sheet, why=True), *own(sheet)])


def on_call(sheet: RotaSheet) -> Json:
    """What `/dibs oncall` answers: one line a team."""
    lines = [_crew(one, sheet) for one in sheet.teams[:TEAMS]] or [sheet.refused or _NO_TEAM]
    return _private(" ".join(lines), [section(line) for line in lines])


def at_home(sheet: RotaSheet) -> list[Json]:
    """The Home tab's part: who is on call, and one's own shifts."""
    if sheet.refused or not (sheet.teams or sheet.mine):
        return []
    few = replace(sheet, teams=sheet.teams[:FEW], mine=sheet.mine[:FEW], asked=sheet.asked[:FEWEST])
    return [header("On call"), *_teams(few, why=False), *own(few)]


def own(sheet: RotaSheet) -> list[Json]:
    """One's own coming shifts, each with the way to have it covered, and requests that are still open."""
    blocks = [section("*Your shifts*")] if sheet.mine else [context("You have no shift in the next 30 days.")]
    blocks += [_shift(one, sheet) for one in sheet.mine[:SHIFTS]]
    return blocks + [_request(one, sheet) for one in sheet.asked[:SHIFTS]]


_NO_TEAM = "You sit in no team's channel, so there is no rota to show. Join your team's channel and look again."


def _private(text: str, blocks: list[Json]) -> Json:
    return {"response_type": "ephemeral", "text": text[:3000], "blocks": blocks}


def _teams(sheet: RotaSheet, *, why: bool) -> list[Json]:
    if not sheet.teams:
        return [section(_NO_TEAM)]
    return [block for one in sheet.teams[:TEAMS] for block in _team(one, sheet, why=why)]


def _team(one: TeamRota, sheet: RotaSheet, *, why: bool) -> list[Json]:
    blocks = [section(_crew(one, sheet) + _next(one, sheet))]
    if why:
        blocks.append(context(f"Why: {fallback(one.now.why, 1500)}."))
    if one.shaky:
        blocks.append(context(_banner(one)))
    return blocks + _gaps(one, sheet)


def _crew(one: TeamRota, sheet: RotaSheet) -> str:
    room, crew = f"*{of_team(one.channel, one.team)}*", one.now
    if crew.primary is None:
        until = f" until {when(crew.until_at)}" if crew.until_at else ", and no shift follows"
        return f":red_circle: {room}: nobody is on call{until}."
    backup = f", backup {who(crew.backup, sheet.people)}" if crew.backup else ""
    until = f" until {when(crew.until_at)}" if crew.until_at else ""
    return f"{room}: {who(crew.primary, sheet.people)}{backup}{until}."


def _next(one: TeamRota, sheet: RotaSheet) -> str:
    then: OnCall | None = one.then
    if then is None:
        return ""
    if then.primary == one.now.primary:
        return f" Then with {who(then.backup, sheet.people)} as backup." if then.backup else " Then without a backup."
    return f" Then {who(then.primary, sheet.people)}."


def _banner(one: TeamRota) -> str:
    if one.copy_of_at is None:
        return ":warning: The rota's calendar can't be read, and there is no copy of it yet."
    return f":warning: The rota's calendar can't be read. You see the copy of {when(one.copy_of_at)}."


def _gaps(one: TeamRota, sheet: RotaSheet) -> list[Json]:
    nobody = [gap for gap in one.gaps if gap.missing == "primary"]
    alone = [gap for gap in one.gaps if gap.missing == "backup"]
    tell = f" {mention(sheet.manager)} can fill the rota." if sheet.manager else ""
    found = [context(f":red_circle: *Nobody on call*: {_spans(nobody)}.{tell}")] if nobody else []
    return found + ([context(f"No backup: {_spans(alone)}.")] if alone else [])


def _spans(gaps: Sequence[Gap]) -> str:
    more = f", and {len(gaps) - GAPS} more" if len(gaps) > GAPS else ""
    return "; ".join(span(gap.from_at, gap.until_at) for gap in gaps[:GAPS]) + more


def _shift(one: Duty, sheet: RotaSheet) -> Json:
    room = of_team(sheet.channels.get(one.team), one.team)
    text = f"{span(one.from_at, one.until_at)}: {ROLES.get(one.role, 'on call')} for {room}"
    return section(text, button("Ask for cover", ASK, one.key))


def _request(one: Cover, sheet: RotaSheet) -> Json:
    room = of_team(sheet.channels.get(one.team), one.team)
    text = f":hourglass: You asked for cover in {room}, {span(one.from_at, one.until_at)}. Nobody has taken it yet."
    return section(text, button("Take it back", WITHDRAW, str(one.id)))
