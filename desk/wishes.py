"""What somebody wishes about nudges: read for the window, kept from it."""

from desk.covers import applying, colleague
from desk.desk import Desk
from domain.quiet import Preferences, checked
from domain.staff import By


def of(desk: Desk, person: str) -> tuple[Preferences, str]:
    """What they wish, and the zone their times are in."""
    with desk.store.look() as tx:
        known = colleague(tx, person)
        return tx.people.wishes(person) or Preferences(person), known.zone


def keep(desk: Desk, wishes: Preferences, by: By) -> tuple[Preferences, str]:
    """Remember it from now on; Invalid names the field that doesn't fit."""
    with applying(desk, by) as (tx, person):
        fit = checked(wishes)
        tx.people.wish(fit, by.at)
        return fit, person.zone
