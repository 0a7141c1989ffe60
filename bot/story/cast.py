"""The cast: who plays which part, read from the rota, so that the play follows the policy it is played with."""

from dataclasses import dataclass

from bot.story.stage import Stage, Unsettled
from domain.policy import Policy
from domain.rota import who


@dataclass(frozen=True)
class Cast:
    """Slack ids: whose shift the weekend is, their backup, the two colleagues who could cover, and the others."""

    away: str
    backup: str
    colleagues: tuple[str, ...]
    manager: str
    emergency: str
    monday: str
    everybody: tuple[str, ...]
    """Staff of the team's channel who may claim."""


def cast(stage: Stage, policy: Policy, team: str = "care") -> Cast:
    """Who is who at this weekend. Raises Unsettled when the rota has nobody for it."""
    ids = {name: slack_id for slack_id, name in stage.ears.names.items()}
    rota = policy.rota.get(team)
    if rota is None:
        raise Unsettled(f"the policy has no rota for {team}, so nobody can be on call in this play")
    monday = stage.moment("Mon 12:00")
    shifts, changes = rota.shifts_of(team, monday), rota.overrides_of(team)
    weekend, next_week = (who(shifts, changes, stage.moment(at), rota.tz) for at in ("Sat 12:00", "Mon 12:00"))
    if not weekend.primary or not weekend.backup or not next_week.primary:
        raise Unsettled(f"the rota of {team} has gaps this weekend")
    people = {shift.primary for shift in shifts} - {weekend.primary, weekend.backup}
    return Cast(
        away=ids[weekend.primary],
        backup=ids[weekend.backup],
        colleagues=tuple(sorted(ids[name] for name in people if name)),
        manager=ids[str(policy.brand.manager)],
        emergency=ids[policy.emergency.person],
        monday=ids[next_week.primary],
        everybody=tuple(sorted(stage.ears.rooms[policy.team[team].channel])),
    )
