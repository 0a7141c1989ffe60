"""What is due: lane by lane its head, found by index, so that a long queue costs no more than a short one."""

from typing import Any

from sqlalchemy import and_, case, func, literal_column, or_, select

from domain.deliveries import FREE, workspace_lane
from storage.schema import deliveries, lanes
from storage.scope import b

IS_WANTED = deliveries.c.state == literal_column("'wanted'")
"""Spelled out, because a bound value can't tell a database's planner that a partial index has every row."""
_head, _over = deliveries.alias("head"), deliveries.alias("over")
_parent, _wide = deliveries.alias("parent"), lanes.alias("wide")


def _is_due(row: Any) -> Any:
    return and_(
        row.c.state == literal_column("'wanted'"),
        row.c.not_before <= b("now"),
        or_(row.c.lease_until.is_(None), row.c.lease_until <= b("machine_now")),
    )


def _stands(row: Any, parent: Any) -> Any:
    """A line needs the message it stands under."""
    return or_(row.c.parent.is_(None), parent.c.ts.is_not(None))


def _first(wanted: Any, *condition: Any, order: tuple[Any, ...]) -> Any:
    """The first of a lane that meets the condition."""
    found = select(wanted).select_from(_head.outerjoin(_over, _over.c.id == _head.c.parent))
    found = found.where(_head.c.lane == lanes.c.name, _stands(_head, _over), *condition)
    return found.order_by(*order).limit(1).correlate(lanes).scalar_subquery()


_HEADS = select(_first(_head.c.id, _is_due(_head), order=(_head.c.priority, _head.c.id)))
NEXT = (
    select(deliveries, _parent.c.ts.label("parent_ts"), _parent.c.channel.label("parent_channel"))
    .select_from(
        deliveries.join(_wide, _wide.c.name == deliveries.c.wide).outerjoin(
            _parent, _parent.c.id == deliveries.c.parent
        )
    )
    .where(deliveries.c.id.in_(_HEADS.where(lanes.c.free_at <= b("now"))))
    .where(_is_due(deliveries))  # once more: another process may have taken the head while we looked
    .where(_wide.c.free_at <= b("now"))
    .order_by(deliveries.c.priority, deliveries.c.id)
    .limit(1)
    .with_for_update(of=deliveries, skip_locked=True)
)
_WIDE_OF = case((lanes.c.name.like("post:%"), workspace_lane().name), else_=FREE)
_SOONEST_OF = _first(
    _head.c.not_before,
    _head.c.state == literal_column("'wanted'"),
    _head.c.not_before.is_not(None),
    order=(_head.c.not_before,),
)
_LANES = (
    select(_SOONEST_OF.label("at"), lanes.c.free_at.label("lane_at"), _wide.c.free_at.label("wide_at"))
    .select_from(lanes.join(_wide, _wide.c.name == _WIDE_OF))
    .subquery("soonest")
)


def _soonest(greatest: Any) -> Any:
    """SQLite's max() of several values is called greatest() elsewhere."""
    moment = greatest(_LANES.c.at, _LANES.c.lane_at, _LANES.c.wide_at, type_=deliveries.c.not_before.type)
    return select(func.min(moment)).where(_LANES.c.at.is_not(None))


SOONEST, SOONEST_ON_POSTGRESQL = _soonest(func.max), _soonest(func.greatest)
