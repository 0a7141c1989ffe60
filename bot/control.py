"""One connection to the sandbox's control API, kept alive: a clock that is asked often must be cheap to ask."""

import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

PATIENCE = 100
"""Machine seconds a question may take: the sandbox waits 60 for the bot, and holds a look at its clock for 25."""


class Link:
    """One kept-alive connection to a sandbox's control API."""

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self.address = address
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=patience)

    def get(self, path: str, **asked: str) -> Any:
        """What is there; OSError when it can't be had."""
        status, body = self._ask("GET", f"{path}?{urlencode(asked)}" if asked else path, None)
        if status != http.HTTPStatus.OK:
            raise OSError(f"{path} answered {status}: {body}")
        return body

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """The status and what was answered."""
        return self._ask("POST", path, json.dumps(body))

    def close(self) -> None:
        """Let go."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, Any]:
        try:
            self._connection.request(method, path, body, {"content-type": "application/json"} if body else {})
            response = self._connection.getresponse()
            return response.status, json.loads(response.read())
        except OSError:
            self._connection.close()
            raise
        except (http.client.HTTPException, ValueError) as why:
            self._connection.close()
            raise OSError(f"{path} gave no readable answer: {why!r}") from None
