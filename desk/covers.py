"""Cover: one asks for it, the first colleague to take it is on call instead, and nobody has to chase anybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from desk import cover_words, rotas
from desk.desk import Desk
from desk.rota_sheets import channels, own_duties, zone_of
from domain.covers import LONGEST_NOTE, OPEN, Cover, Duty, busy, closed, holds, manager_at, wanted
from domain.errors import Invalid, NotAllowed, Refusal, Repeated, Stale
from domain.rota_sheets import CoverSheet
from domain.staff import By, Staff
from storage.store import Tx


@dataclass(frozen=True)
class Wish:
    """What was picked in the window: the duty's key, from when till when, and a word to colleagues."""

    duty: str
    span: tuple[datetime, datetime]
    note: str = ""


@contextmanager
def applying(desk: Desk, by: By) -> Iterator[tuple[Tx, Staff]]:
    """A transaction in which this click counts once, and whoever makes it: a colleague, or NotAllowed."""
    with desk.store.begin() as tx:
        if not tx.ledger.first_time(by.key, by.at):
            raise Repeated
        yield tx, colleague(tx, by.staff)


def colleague(tx: Tx, person: str) -> Staff:
    """Somebody who may be on call."""
    known = tx.directory.get(person)
    if known is None or not known.active:
        raise NotAllowed("The rota is for colleagues of this workspace.")
    return known


def window(desk: Desk, person: str, words: str, now: datetime) -> CoverSheet:
    """What the window shows; `words` may be the key of the duty it is about."""
    with desk.store.look() as tx:
        known = colleague(tx, person)
        if words.startswith(("@", "<@")):
            raise NotAllowed("Cover can be asked for by whoever has the shift. They type `/dibs cover` themselves.")
        mine = own_duties(desk, tx, known, now)[:100]
        if not mine:
            raise Refusal("You have no shift in the next 30 days, so there is nothing to cover.")
        chosen = next((one for one in mine if one.key == words), mine[0])
        return CoverSheet(now, tuple(mine), chosen, channels(desk, tx), zone_of(known))


def ask(desk: Desk, wish: Wish, by: By) -> None:
    """The request goes to every colleague of the team who could take it."""
    with applying(desk, by) as (tx, person):
        duty = wanted(_own(desk, tx, person, wish.duty, by.at), wish.span, by.at)
        if any(_overlap(one, duty) for one in tx.rotas.covers.of_asker(by.staff)):
            raise Invalid("from", "You have asked for cover in these hours already. Take that request back first.")
        asked = could_take(desk, tx, duty, by.staff)
        if not asked:
            raise Invalid("shift", "Nobody else in this team's channel could take it. Please ask your manager.")
        due = manager_at(duty.from_at, by.at)
        people = by.staff, tuple(one.slack_id for one in asked)
        cover = tx.rotas.covers.ask(duty, people, wish.note.strip()[:LONGEST_NOTE] or None, (by.at, due))
        cover_words.ask(desk, tx, cover, by.at)


def _own(desk: Desk, tx: Tx, person: Staff, key: str, now: datetime) -> Duty:
    found = next((one for one in own_duties(desk, tx, person, now) if one.key == key), None)
    if found is None:
        raise Invalid("shift", "That shift isn't yours, or not any more. Only whoever has it can ask for its cover.")
    return found


def _overlap(cover: Cover, duty: Duty) -> bool:
    same = (cover.team, cover.role) == (duty.team, duty.role)
    return same and cover.from_at < duty.until_at and duty.from_at < cover.until_at


def could_take(desk: Desk, tx: Tx, duty: Duty, but: str) -> list[Staff]:
    """Colleagues of the team's channel who aren't on call for it in these hours anyway."""
    taken = busy(*around(desk, tx, duty), (duty.from_at, duty.until_at))
    seated = tx.directory.seated(desk.channel_of(tx, duty.team))
    return [one for one in seated if one.active and one.slack_id != but and one.name not in taken]


def take(desk: Desk, cover_id: int, by: By) -> None:
    """It is theirs, if they are the first."""
    with applying(desk, by) as (tx, person):
        cover = standing(desk, tx, cover_id, by)
        may_take(desk, tx, cover, by)
        won = tx.rotas.covers.take(cover_id, by.staff)
        if won is None:
            raise _late(tx, cover_id, by)
        duty = duty_of(tx, cover, by.at)
        tx.rotas.override(duty.override(person.name), by.staff, by.at)
        cover_words.taken(desk, tx, won, None, by.at)


def standing(desk: Desk, tx: Tx, cover_id: int, by: By) -> Cover:
    """The request, while it can be taken; the team's rota is changed in turn from here on."""
    cover = tx.rotas.covers.get(cover_id)
    if cover is not None:
        tx.rotas.covers.lock(cover.team)
    return still_open(desk, tx, cover_id, by)


def still_open(desk: Desk, tx: Tx, cover_id: int, by: By) -> Cover:
    """The request, while it is open and its hours are still its asker's; Stale says how it ended."""
    cover = tx.rotas.covers.get(cover_id)
    if cover is None:
        raise Stale("This request isn't here any more. `/dibs rota` shows how things stand.")
    if cover.state != OPEN:
        raise closed(cover, by.staff)
    if cover.closes_at <= by.at:
        raise Stale(f"These hours have begun, and they are still <@{cover.asker}>'s. Please talk to each other.")
    duty = duty_of(tx, cover, by.at)
    if not holds(*around(desk, tx, duty), duty):
        raise Stale(f"The rota has changed: not all of these hours are <@{cover.asker}>'s any more.")
    return cover


def _late(tx: Tx, cover_id: int, by: By) -> Stale:
    cover = tx.rotas.covers.get(cover_id)
    return closed(cover, by.staff) if cover else Stale("This request isn't here any more.")


def duty_of(tx: Tx, cover: Cover, at: datetime) -> Duty:
    """The hours it is about, as far as they are still to come."""
    asker = tx.directory.get(cover.asker)
    return Duty(cover.team, cover.role, max(cover.from_at, at), cover.until_at, asker.name if asker else "")


def around(desk: Desk, tx: Tx, duty: Duty) -> rotas.Rota:
    """The team's shifts and changes that matter for a duty."""
    span = duty.from_at - rotas.AROUND, duty.until_at + rotas.AROUND
    return rotas.shifts(desk, tx, duty.team, duty.until_at), rotas.changes(desk, tx, duty.team, span)


def may_take(desk: Desk, tx: Tx, cover: Cover, by: By) -> None:
    """Raise NotAllowed unless they may."""
    if by.staff == cover.asker:
        raise NotAllowed("This is your own shift. Take the request back if you don't need cover any more.")
    duty = duty_of(tx, cover, by.at)
    if by.staff not in [one.slack_id for one in could_take(desk, tx, duty, cover.asker)]:
        raise NotAllowed("You can't take this one: you are on call in these hours already, or left the team's channel.")


def decline(desk: Desk, cover_id: int, by: By) -> None:
    """They can't; their message asks no more."""
    with applying(desk, by) as (tx, _person):
        cover = standing(desk, tx, cover_id, by)
        cover_words.declined(desk, tx, cover, by)


def withdraw(desk: Desk, cover_id: int, by: By) -> None:
    """The asker needs it no more."""
    with applying(desk, by) as (tx, _person):
        ended = tx.rotas.covers.withdraw(cover_id, by.staff)
        if ended is None:
            raise _not_withdrawn(tx.rotas.covers.get(cover_id), by)
        cover_words.ended(desk, tx, ended, by.at)


def _not_withdrawn(cover: Cover | None, by: By) -> Refusal:
    if cover is not None and cover.asker != by.staff:
        return NotAllowed(f"This is <@{cover.asker}>'s request, so only they can take it back.")
    if cover is None or cover.taker is None:
        return Stale("This request has ended already. `/dibs rota` shows how things stand.")
    return Stale(f"<@{cover.taker}> has taken these hours already. Ask them directly if you want them back.")


def tick(desk: Desk, now: datetime) -> int:
    """Tell the manager what nobody took, and end what has begun; how many were looked at."""
    with desk.store.look() as tx:
        due = tx.rotas.covers.due(now)
    for cover in due:
        with desk.store.begin() as tx:
            if now >= cover.closes_at:
                _end(desk, tx, cover, now)
            elif tx.rotas.covers.put_off(cover, cover.closes_at) is not None:
                cover_words.nobody_yet(desk, tx, cover, now)
    return len(due)


def _end(desk: Desk, tx: Tx, cover: Cover, now: datetime) -> None:
    ended = tx.rotas.covers.end(cover)
    if ended is not None:
        cover_words.ended(desk, tx, ended, now)
        cover_words.unmet(desk, tx, ended, now)


def next_at(desk: Desk) -> datetime | None:
    """When somebody must hear of a request, or one ends."""
    with desk.store.look() as tx:
        return tx.rotas.covers.next_at()
