"""Pledges: what a draft promises is asked about before it goes out, kept with it, and starts when it is public."""

from datetime import datetime
from zoneinfo import ZoneInfo

from desk import promises
from desk.acts import Act
from desk.desk import Desk
from domain.cases import Case
from domain.errors import Invalid
from domain.occasions import PLEDGE, Occasion
from domain.promise_times import Hours
from domain.promises import Answer, Commitment, Pledge, commitment
from domain.replies import Reply
from storage.store import Tx

DUE, KEEPER = "promise_due", "promise_keeper"
"""The fields of the modal that a sentence may stand at."""


def settle(act: Act, draft: Reply, answer: Answer | None) -> Pledge | None:
    """What the draft's author still has to be asked; None when nothing is promised, or they have answered."""
    tx, key = act.tx, _key(draft.id)
    made = commitment(draft.text, act.by.at, _hours(act.desk, act.tx, act.case, act.by.staff))
    if made is None:
        tx.occasions.forget(key)
        return None
    if answer is not None:
        _keep(tx, act.case, key, _checked(act, made, answer), act.by.at)
        return None
    known = _read(tx.occasions.get(key))
    if known is not None and known.said == made.said and (known.due_at is None or known.due_at > act.by.at):
        return None
    return Pledge(made.said, made.due_at, act.by.staff)


def _checked(act: Act, made: Commitment, answer: Answer) -> Pledge:
    if answer.is_none:
        return Pledge(made.said, None, act.by.staff)
    due_at = promises.ahead(answer.due_at, act.by.at, DUE)
    keeper = act.tx.directory.get(answer.keeper or "")
    if keeper is None or not keeper.active:
        raise Invalid(KEEPER, "Choose the colleague who keeps this promise. It has to be somebody who works here.")
    return Pledge(made.said, due_at, keeper.slack_id)


def _keep(tx: Tx, case: Case, key: str, pledge: Pledge, now: datetime) -> None:
    facts = {"said": pledge.said, "keeper": pledge.keeper, "none": pledge.due_at is None}
    tx.occasions.put(Occasion(key, PLEDGE, case.team, pledge.due_at or now, None, facts))


def _read(row: Occasion | None) -> Pledge | None:
    if row is None:
        return None
    return Pledge(str(row.facts["said"]), None if row.facts["none"] else row.due_at, str(row.facts["keeper"]))


def public(tx: Tx, case: Case, reply: Reply, moments: tuple[datetime, datetime]) -> None:
    """The reply is public since moments[0], as we know at moments[1]: what it promises starts to run."""
    pledge = _read(tx.occasions.get(_key(reply.id)))
    if pledge is not None:
        promises.start(tx, case, (pledge, reply.author), moments)


def _hours(desk: Desk, tx: Tx, case: Case, staff: str) -> Hours:
    """The team's hours; a team without any goes by the clock of whoever writes."""
    team = desk.policy.team.get(case.team)
    if team is not None and team.calendar:
        return Hours(ZoneInfo(desk.policy.calendar[team.calendar].zone), desk.calendar_of(case.team))
    known = tx.directory.get(staff)
    return Hours(ZoneInfo(known.zone if known else "UTC"))


def _key(reply_id: str) -> str:
    return f"pledge:{reply_id}"
