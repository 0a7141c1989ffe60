"""Slash commands and the opening of App Home."""

from typing import TYPE_CHECKING, Any

from sandbox.errors import Wrong
from sandbox.slack import payloads, response_urls
from sandbox.slack.calls import Refused
from sandbox.slack.envelopes import Ack
from sandbox.slack.interactions import answer
from sandbox.slack.wording import content_of

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
HOME_SECONDS = 3.0


async def command(side: "SlackSide", user: Json, channel: Json, line: str) -> Json:
    """Enter a slash command in a channel; the answer, if any, stands there for this person or for all."""
    name, _, text = line.strip().partition(" ")
    _refuse_unknown(side, user, name)
    if channel["is_archived"]:
        raise Wrong(f"#{channel['name']} is archived: nobody can write there", 409)
    trigger_id = side.views.triggers.issue(side, user["id"])
    url = response_urls.issue(side, channel["id"], None, user["id"], ephemeral=True)
    payload = payloads.slash_command(side, user, channel, (name, text.strip()))
    ack = await side.links.ask("slash_commands", payload | {"response_url": url, "trigger_id": trigger_id})
    error = _failure(name, ack) or _say(side, user, channel, ack)
    if error is not None:
        side.live.say("click_failed", user=user["id"], channel=channel["id"], ts=None, error=error)
    return answer(side, user, ack, error)


async def open_home(side: "SlackSide", user: Json) -> Json | None:
    """Open App Home; answers the view once it was published anew, or after three seconds what there is."""
    before, view = side.views.publications(user["id"]), side.views.home(user["id"])
    event = {"type": "app_home_opened", "user": user["id"], "channel": side.directory.im(user["id"])["id"]}
    event |= {"tab": "home", "event_ts": f"{side.clock.time():.6f}"}
    side.links.event(event | ({"view": view} if view else {}))
    if not side.links.connected():
        return view
    return await side.views.wait_for_home(user["id"], before, HOME_SECONDS)


def _refuse_unknown(side: "SlackSide", user: Json, name: str) -> None:
    if name not in side.world.app.commands:
        raise Wrong(f"{name or 'nothing'} is not a command here; there is {side.world.app.commands}", 404)
    if user["team_id"] != side.world.workspace.id:
        raise Wrong(f"{user['name']} is of another workspace, where {name} does not exist", 403)


def _failure(name: str, ack: Ack) -> str | None:
    if ack.ms is not None:
        return None
    return f'{name} failed with the error "{"operation_timeout" if ack.late else "dispatch_failed"}"'


def _say(side: "SlackSide", user: Json, channel: Json, ack: Ack) -> str | None:
    """Show what the acknowledgement carries; a sentence when Slack could not show it."""
    if not ack.body:
        return None
    try:
        content = content_of(ack.body)
    except Refused as refused:
        return f'The app answered with something Slack cannot show: "{refused.code}"'
    if ack.body.get("response_type") == "in_channel":
        side.messages.post(channel["id"], side.messages.by_bot(), content)
    else:
        side.messages.ephemeral(channel["id"], user["id"], content)
    return None
