"""Swap: a colleague takes the hours if the asker takes a shift of theirs, and both change hands or neither does."""

from desk import cover_words
from desk.covers import applying, around, colleague, could_take, duty_of, may_take, standing, still_open
from desk.desk import Desk
from desk.rota_sheets import duties_of, zone_of
from domain.covers import Cover, Duty, busy, holds
from domain.errors import Invalid, NotAllowed, Refusal, Stale
from domain.rota_sheets import SwapSheet
from domain.staff import By, Staff
from storage.store import Tx


def window(desk: Desk, cover_id: int, by: By) -> SwapSheet:
    """What this colleague could give in return."""
    with desk.store.look() as tx:
        person = colleague(tx, by.staff)
        cover = still_open(desk, tx, cover_id, by)
        mine = _could_give(desk, tx, cover, person, by)
        if not mine:
            raise Refusal("You have no shift in the next 30 days that could be given in return. You can still take it.")
        return SwapSheet(cover, tuple(mine[:100]), desk.channel_of(tx, cover.team), zone_of(person))


def _could_give(desk: Desk, tx: Tx, cover: Cover, person: Staff, by: By) -> list[Duty]:
    """Their coming shifts in this team in which the asker isn't on call anyway."""
    asker = colleague(tx, cover.asker)
    found = [one for one in duties_of(desk, tx, cover.team, by.at) if one.person == person.name and one.from_at > by.at]
    return [one for one in found if asker.name not in busy(*around(desk, tx, one), (one.from_at, one.until_at))]


def offer(desk: Desk, cover_id: int, key: str, by: By) -> None:
    """The asker is asked whether they would have it so."""
    with applying(desk, by) as (tx, person):
        cover = standing(desk, tx, cover_id, by)
        may_take(desk, tx, cover, by)
        duty = next((one for one in _could_give(desk, tx, cover, person, by) if one.key == key), None)
        if duty is None:
            raise Invalid("mine", "That shift isn't yours to give any more. Pick another one.")
        tx.rotas.covers.give(cover.id, {**cover.gives, by.staff: duty})
        cover_words.swap_offered(desk, tx, cover, (by.staff, duty), by.at)


def accept(desk: Desk, cover_id: int, taker: str, by: By) -> None:
    """Both shifts change hands, unless either has done so meanwhile."""
    with applying(desk, by) as (tx, asker):
        cover, given = _offered(desk, tx, cover_id, taker, by)
        wanted, other = duty_of(tx, cover, by.at), colleague(tx, taker)
        if other.slack_id not in [one.slack_id for one in could_take(desk, tx, wanted, cover.asker)]:
            raise Stale(f"<@{taker}> can't take your hours any more: they are on call then, or left the channel.")
        rota = around(desk, tx, given)
        if given.from_at <= by.at or not holds(*rota, given):
            raise Stale(f"<@{taker}> doesn't have that shift any more, so nothing was swapped.")
        if asker.name in busy(*rota, (given.from_at, given.until_at)):
            raise Stale("You are on call yourself in those hours by now, so nothing was swapped.")
        won = tx.rotas.covers.take(cover_id, taker)
        if won is None:
            raise Stale("This request has moved on meanwhile. `/dibs rota` shows how things stand.")
        tx.rotas.override(wanted.override(other.name), by.staff, by.at)
        tx.rotas.override(given.override(asker.name), by.staff, by.at)
        cover_words.taken(desk, tx, won, given, by.at)


def refuse(desk: Desk, cover_id: int, taker: str, by: By) -> None:
    """Not this way; the request stands."""
    with applying(desk, by) as (tx, _asker):
        cover, given = _offered(desk, tx, cover_id, taker, by)
        rest = {person: duty for person, duty in cover.gives.items() if person != taker}
        tx.rotas.covers.give(cover.id, rest)
        cover_words.swap_declined(desk, tx, cover, (taker, given), by.at)


def _offered(desk: Desk, tx: Tx, cover_id: int, taker: str, by: By) -> tuple[Cover, Duty]:
    cover = standing(desk, tx, cover_id, by)
    if cover.asker != by.staff:
        raise NotAllowed(f"This is <@{cover.asker}>'s to answer.")
    if taker not in cover.gives:
        raise Stale("That offer isn't there any more.")
    return cover, cover.gives[taker]
