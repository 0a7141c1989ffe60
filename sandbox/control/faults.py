"""Ordering faults over HTTP."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.errors import Wrong, body_of
from sandbox.faults import BadFault

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def routes(sandbox: "Sandbox") -> list[BaseRoute]:
    """POST orders, GET shows what is not used up, DELETE clears."""
    faults = sandbox.faults

    async def order(request: Request) -> Response:
        try:
            faults.order(await body_of(request))
        except BadFault as bad:
            raise Wrong(str(bad)) from None
        return JSONResponse({"orders": len(faults.orders)})

    async def show(_request: Request) -> Response:
        return JSONResponse(
            [
                {
                    "service": fault.service,
                    "method": fault.method,
                    "outcome": f"{fault.kind}:{fault.value}" if fault.value else fault.kind,
                    "times": fault.times,
                }
                for fault in faults.orders
            ]
        )

    async def clear(_request: Request) -> Response:
        faults.orders.clear()
        return JSONResponse({"orders": 0})

    return [
        Route("/control/faults", order, methods=["POST"]),
        Route("/control/faults", show, methods=["GET"]),
        Route("/control/faults", clear, methods=["DELETE"]),
    ]
