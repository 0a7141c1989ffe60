"""The line to Slack by Socket Mode: Bolt's handler around a client that notices within seconds that a line is dead."""

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from websocket import WebSocketApp, WebSocketException

PONG_WITHIN = 2
"""Machine seconds. Without a limit the client looks for up to ten seconds at a line it has closed itself, when Slack
asks it to change lines, and every click in that time fails."""


class Client(SocketModeClient):
    """The client, with a limit on how long it waits for a pong."""

    def _run_current_session(self) -> None:
        session = self.current_session
        if session is None:
            return
        try:
            session.run_forever(ping_interval=self.ping_interval, ping_timeout=PONG_WITHIN)
        except (OSError, WebSocketException):
            self.logger.warning("a line to Slack broke; the client's monitor opens the next one", exc_info=True)
            session.close()


class Line(SocketModeHandler):
    """Bolt's handler around it; `connections` clicks are taken at once."""

    def __init__(self, app: App, app_token: str, connections: int) -> None:
        self.app, self.app_token = app, app_token
        self.client = Client(app_token, web_client=app.client, concurrency=connections, logger=app.logger)
        self.client.on_open_listeners.append(_check_once)
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]  # as Bolt itself does


def _check_once(session: WebSocketApp) -> None:
    """Let Python's own decoder be the only one to check what comes in."""
    # The library also walks over every byte of a click in Python, which costs as much as the claim itself.
    if session.sock is not None:
        session.sock.cont_frame.skip_utf8_validation = True
