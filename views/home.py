"""Home: a person's own desk, with what they hold, what waits, and what they are asked to take."""

from collections.abc import Sequence

from domain.cases import OPEN
from domain.rota_sheets import RotaSheet
from domain.sheets import HomeSheet, Line
from domain.sides import Offer
from domain.triage import EMERGENCY
from views import rota as duty
from views import wishes
from views.blocks import actions, button, context, divider, header, section
from views.kit import AGO, Json, bullets, date, line, link, mention, outside, person, rich, run, sentence, shown, when
from views.promises import promise_line, promise_row

ACCEPT, DECLINE = "offer.accept", "offer.decline"
ACTIONS = (ACCEPT, DECLINE)
SHOWN, OFFERS_SHOWN, PROMISES_SHOWN = 25, 10, 8
WORDS = 90


def home(sheet: HomeSheet, rota: RotaSheet | None = None) -> Json:
    """The home tab; with the rota, who is on call and what the person wishes about nudges."""
    if sheet.refused:
        return _home([header("Dibs"), section(sentence(sheet.refused))])
    return _home(
        [
            *_offers(sheet.offered),
            *_mine(sheet.mine),
            *_promised(sheet),
            divider(),
            *_waiting(sheet.waiting),
            *_on_call(rota),
            *_footer(sheet),
        ]
    )


def listed(lines: Sequence[Line], *, held: bool = True) -> list[Json]:
    """Cases as a list, each with the way to its card; `held` says whether their holders are worth naming."""
    if not lines:
        return []
    more = len(lines) - SHOWN
    rest = [context(f"…and {more} more. `/dibs find` looks through all of them.")] if more > 0 else []
    return [rich(bullets(*(_entry(row, held=held) for row in lines[:SHOWN]))), *rest]


def accept_or_decline(offer_id: int) -> Json:
    """The two answers to an offer, wherever it is shown."""
    value = str(offer_id)
    buttons = [button("Accept", ACCEPT, value, "primary"), button("Decline", DECLINE, value)]
    return actions(f"offer-{offer_id}", buttons)


def _home(blocks: list[Json]) -> Json:
    return {"type": "home", "blocks": blocks}


def _entry(row: Line, *, held: bool) -> Json:
    case = row.case
    alarm = [run("Emergency · ", bold=True)] if case.severity == EMERGENCY and case.live else []
    handle = [outside(f"@{row.handle}", 40, 1, bold=True), run(" ")] if shown(row.handle) else []
    holder = [] if not held or case.status == OPEN or not case.holder else [run(" · "), person(case.holder)]
    where = [link(row.link, "open its card")] if row.link else [run("its card is on its way")]
    text = outside(_words(row), WORDS, 1)
    return line(*alarm, *handle, text, run(" · "), date(case.last_post_at, AGO), *holder, run(" · "), *where)


def _words(row: Line) -> str:
    if row.text is None:
        return "[The author removed this post]"
    return shown(row.text).replace("\n", " ") or "[no text]"


def _mine(lines: Sequence[Line]) -> list[Json]:
    empty = [section("You hold nothing right now. Claim a card in your channel and it shows up here.")]
    return [header("Yours"), *(listed(lines, held=False) or empty)]


def _promised(sheet: HomeSheet) -> list[Json]:
    if not sheet.promised:
        return []
    blocks = [header("Promises made by you")]
    for clock, row in sheet.promised[:PROMISES_SHOWN]:
        blocks += [section(promise_line(clock, sheet.now)), rich(_entry(row, held=False)), promise_row(clock, row.case)]
    return blocks


def _waiting(lines: Sequence[Line]) -> list[Json]:
    empty = [section("Nobody is waiting in your channels. Have a good day.")]
    return [header("Waiting for somebody"), *(listed(lines) or empty)]


def _offers(offered: Sequence[tuple[Offer, Line]]) -> list[Json]:
    if not offered:
        return []
    blocks = [header("You are asked to take")]
    for offer, row in offered[:OFFERS_SHOWN]:
        asked = f"{mention(offer.giver)} would like you to have this. The offer stands until {when(offer.lapses_at)}."
        blocks += [section(asked), rich(_entry(row, held=False)), accept_or_decline(offer.id)]
    return [*blocks, divider()]


def _on_call(rota: RotaSheet | None) -> list[Json]:
    if rota is None or rota.refused:
        return []
    mine = wishes.at_home(rota.wishes, rota.zone) if rota.wishes else []
    return [*duty.at_home(rota), *mine]


def _footer(sheet: HomeSheet) -> list[Json]:
    return [context(f"As of {when(sheet.now)} · `/dibs help` says what Dibs can do")]
