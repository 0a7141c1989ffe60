"""The sandbox as the bot's neighbour: where it listens, what it still waits for, and what points the bot at it."""

import http.client
import json
import socket
import tomllib
from pathlib import Path
from typing import Any

from bot.state import Impossible

PORT = 8700
TRIES = 100
"""How many ports after the default one are tried."""


def environment(world: Path, state: Path, port: int) -> dict[str, str]:
    """What points the bot at the sandbox; the tokens are the made-up ones of the world's file."""
    described: dict[str, Any] = tomllib.loads(world.read_text(encoding="utf-8"))
    app, x = described["app"], described["x"]
    account = x["accounts"][0]
    origin = f"http://127.0.0.1:{port}"
    return {
        "DIBS_MODE": "sandbox",
        "DIBS_SANDBOX_URL": origin,
        "DATABASE_URL": f"sqlite:///{state / 'dibs.db'}",
        "SLACK_API_URL": f"{origin}/api/",
        "SLACK_BOT_TOKEN": app["bot_token"],
        "SLACK_APP_TOKEN": app["app_token"],
        "SLACK_SIGNING_SECRET": app["signing_secret"],
        "X_API_URL": origin,
        "X_CONSUMER_KEY": x["consumer_key"],
        "X_CONSUMER_SECRET": x["consumer_secret"],
        "X_ACCESS_TOKEN": account["access_token"],
        "X_ACCESS_SECRET": account["access_secret"],
        "X_BEARER_TOKEN": x["bearer_token"],
        "HEARTBEAT_URL": f"{origin}/heartbeat/dibs",
        "PHONE_WEBHOOK_URL": f"{origin}/phone",
        # A proxy of this machine must not be asked for this machine.
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }


def choose_port(wish: int | None) -> int:
    """The wished port (0: any), else the default one or the next that is free. Raises Impossible."""
    if wish is not None:
        if not 0 <= wish <= 65535 or not (found := _free(wish)):
            raise Impossible(f"port {wish} can't be had on 127.0.0.1: choose another --port, or leave it out.")
        return found
    for port in range(PORT, PORT + TRIES):
        if _free(port):
            return port
    raise Impossible(f"no port from {PORT} to {PORT + TRIES - 1} is free: name one with --port.")


def waiting_for(port: int) -> list[str] | None:
    """What the sandbox still waits for; None while it doesn't answer at all."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        link.request("GET", "/ready")
        answer = json.loads(link.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        link.close()
    return list(answer.get("waiting_for", []))


def _free(port: int) -> int:
    """The port, when we could listen there (0 asks for any); 0 when not."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return 0
        return int(trial.getsockname()[1])
