"""The world as a whole: what it is, what was delivered to the app, and beginning it anew."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.control.words import limit_of

if TYPE_CHECKING:
    from sandbox.app import Sandbox

DELIVERIES = 200


def routes(sandbox: "Sandbox") -> list[BaseRoute]:
    """GET /control/world, GET /control/deliveries, POST /control/reset."""
    world = sandbox.world

    async def show(_request: Request) -> Response:
        app, accounts = (
            world.app,
            [account.model_dump(include={"id", "username", "name"}) for account in world.x.accounts],
        )
        return JSONResponse(
            {
                "workspace": world.workspace.model_dump(),
                "app": {"id": app.id, "name": app.name, "bot_user": app.bot_user, "bot_id": app.bot_id},
                "brand": accounts[0] if accounts else None,
                "accounts": accounts,
                "commands": app.commands,
            }
        )

    async def deliveries(request: Request) -> Response:
        return JSONResponse(sandbox.slack.links.log.rows(limit_of(request) or DELIVERIES))

    async def reset(_request: Request) -> Response:
        sandbox.reset()
        # A leap over no time: whoever follows the clock looks at once, and begins anew as well.
        settled = await sandbox.clock.jump(0.0) if sandbox.clock.reports else False
        return JSONResponse({"reset": True, "settled": settled})

    return [
        Route("/control/world", show),
        Route("/control/deliveries", deliveries),
        Route("/control/reset", reset, methods=["POST"]),
    ]
