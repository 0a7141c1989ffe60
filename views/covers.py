"""Cover and swap: the windows that ask for one."""

from datetime import datetime, timedelta, tzinfo

from domain.covers import LONGEST_NOTE, Duty
from domain.rota_sheets import CoverSheet, SwapSheet
from domain.rota_words import span_of
from views.blocks import section
from views.forms import modal, option, question, select, text_field
from views.kit import Json, mention
from views.reply_modal import metadata
from views.rota_words import ROLES, of_team, span

CHOOSE = "cover.choose"
ACTIONS = (CHOOSE,)
ASKED, OFFERED = "cover.asked", "swap.offered"
CALLBACKS = (ASKED, OFFERED)
FROM, UNTIL, NOTE, MINE = "cover.from", "cover.until", "cover.note", "swap.mine"
INPUTS = (FROM, UNTIL, NOTE, MINE)


def cover(sheet: CoverSheet) -> Json:
    """Asks which shift, which hours of it, and for a word to colleagues."""
    duty = sheet.chosen
    room = of_team(sheet.channels.get(duty.team), duty.team)
    told = f"Your colleagues in {room} get a direct message. The first to take it is on call instead of you."
    begins_at = max(duty.from_at, _next_minute(sheet.now))
    # Block ids go with the shift, so that another choice brings its own hours instead of keeping the old ones.
    blocks = [
        section(told),
        {**question("shift", "Which shift?", _shifts(CHOOSE, sheet.duties, duty, sheet.zone)), "dispatch_action": True},
        question(f"from:{duty.key}", "From", _moment(FROM, begins_at), "The whole shift, unless you change it."),
        question(f"until:{duty.key}", "Until", _moment(UNTIL, duty.until_at)),
        {**question("note", "A word to your colleagues", text_field(NOTE, LONGEST_NOTE)), "optional": True},
    ]
    return modal("Ask for cover", "Ask for cover", ASKED, metadata(), blocks)


def swap(sheet: SwapSheet) -> Json:
    """Asks which shift is given in return."""
    wish = sheet.cover
    room = of_team(sheet.channel, wish.team)
    told = (
        f"You take {mention(wish.asker)}'s hours in {room}, {span(wish.from_at, wish.until_at)}."
        f" {mention(wish.asker)} takes a shift of yours, if they agree."
    )
    hint = "Nothing changes until they accept. Until then, somebody else may still take the hours."
    field = _shifts(MINE, sheet.duties, None, sheet.zone)
    blocks = [section(told), question("mine", "Which of your shifts do you give?", field, hint)]
    return modal("Swap shifts", "Offer the swap", OFFERED, metadata(cover=wish.id), blocks)


def _shifts(action: str, duties: tuple[Duty, ...], chosen: Duty | None, zone: tzinfo) -> Json:
    options = [option(_label(one, zone), one.key) for one in duties]
    drawn = select(action, "Choose a shift", options)
    return {**drawn, "initial_option": option(_label(chosen, zone), chosen.key)} if chosen else drawn


def _label(duty: Duty, zone: tzinfo) -> str:
    words = span_of(duty, zone)
    return f"{words[0].upper()}{words[1:]}, {ROLES.get(duty.role, duty.role)}, {duty.team}"


def _moment(action: str, at: datetime) -> Json:
    return {"type": "datetimepicker", "action_id": action, "initial_date_time": int(at.timestamp())}


def _next_minute(now: datetime) -> datetime:
    minute = now.replace(second=0, microsecond=0)
    return minute if minute == now else minute + timedelta(minutes=1)
