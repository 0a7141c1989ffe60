"""Opening a database that is there already, for commands that only look: they make and change none."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from storage.migrations import is_current
from storage.scope import Scope
from storage.store import Store, open_store


class NotThere(Exception):
    """There is no such database, or not at this version; the text says which and what to do."""


def open_existing(url: str, scope: Scope) -> Store:
    """The store at the URL. Raises NotThere, or Busy when the database doesn't answer."""
    try:
        where = make_url(url)
    except ArgumentError:
        raise NotThere("this is no address of a database; write sqlite:///path or postgresql+psycopg://…") from None
    if where.get_backend_name() == "sqlite" and not Path(str(where.database)).exists():
        raise NotThere(f"there is no database at {where.database}")
    store = open_store(url, scope)
    with store.look() as tx:
        current = is_current(tx.connection)
    if not current:
        store.close()
        raise NotThere("the database isn't at this version: run `python -m bot migrate` first")
    return store
