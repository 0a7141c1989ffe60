"""A policy with hours, promises, a rota and a ladder, for the tests of what runs by the clock."""

from domain.policy import Policy, parse

BASE = """
[brand]
key = "tidewell"
name = "Tidewell Leisure"
ops_channel = "dibs-ops"
manager = "eli"

[networks.x]
account = "TidewellGyms"

[team.care]
channel = "care"
default = true
calendar = "care"
sla = "std"
escalation = "std"

[team.facilities]
channel = "facilities"
terms = ["dirty"]
calendar = "care"
sla = "std"
escalation = "std"

[emergency]
person = "kit"
terms = ["smoke", "fire"]

[calendar.care]
zone = "Europe/London"
hours = { mon = "09:00-18:00", tue = "09:00-18:00", wed = "09:00-18:00", thu = "09:00-18:00", fri = "09:00-18:00" }
weekend = { sat = "10:00-14:00" }

[sla.std.normal]
first_response = "1h"
next_response = "2h"
resolution = "8h"

[sla.std.emergency]
first_response = "15m"

[escalation.std]
repeat = "30m"
on_it = "30m"
still_on_it = "45m"
answer_within = "15m"
steps = [
    { at = "-15m", tell = "channel" },
    { at = "0m", tell = "on_call" },
    { at = "+10m", tell = "backup" },
    { at = "+20m", tell = "manager" },
]

[rota.care]
zone = "Europe/London"
shifts = [{ from = "2026-11-20T00:00", to = "2026-12-20T00:00", primary = "ann", backup = "ben" }]

[rota.facilities]
zone = "Europe/London"
shifts = [{ from = "2026-11-20T00:00", to = "2026-12-20T00:00", primary = "gus", backup = "eli" }]
"""


def policy(*changes: tuple[str, str]) -> Policy:
    """The policy above, with pieces of its text replaced."""
    text = BASE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return parse(text)
