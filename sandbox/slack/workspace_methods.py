"""api.test, auth.test, bots.info and team.info."""

from typing import TYPE_CHECKING, Any

from sandbox.slack.access import token_kind
from sandbox.slack.calls import Call, Method, Refused
from sandbox.slack.shapes import bot_shape

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


async def api_test(_side: "SlackSide", call: Call) -> Json:
    """The call's arguments back; `error` among them comes back as a refusal."""
    error = call.text("error")
    if error is not None:
        raise Refused(error, args=call.arguments)
    return {"args": call.arguments}


async def auth_test(side: "SlackSide", call: Call) -> Json:
    """Who the token belongs to."""
    app, workspace = side.world.app, side.world.workspace
    if token_kind(side, call.token) == "app":
        return {"app_name": app.name, "app_id": app.id}
    return {
        "url": f"{side.origin}/",
        "team": workspace.name,
        "user": app.name.lower(),
        "team_id": workspace.id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


async def bots_info(side: "SlackSide", call: Call) -> Json:
    """The app's bot."""
    bot = call.text("bot")
    if bot is not None and bot != side.world.app.bot_id:
        raise Refused("bot_not_found")
    shape = bot_shape(side.world)
    del shape["team_id"]
    return {"bot": shape | {"user_id": side.world.app.bot_user}}


async def team_info(side: "SlackSide", _call: Call) -> Json:
    """The workspace."""
    workspace = side.world.workspace
    team = {"id": workspace.id, "name": workspace.name, "url": f"{side.origin}/", "domain": workspace.domain}
    return {"team": team | {"email_domain": "", "icon": {"image_default": True}, "avatar_base_url": ""}}


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "bots.info": bots_info,
    "team.info": team_info,
}
