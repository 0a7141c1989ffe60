"""Our HTTP session under tweepy: the address we were given, timeouts, no retries, and refusals as they came."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

import requests

TIMEOUTS = (3.05, 10.0)
"""Seconds to connect, and between two bytes of an answer; tweepy by itself would wait for ever."""
TWEEPYS_HOSTS = ("https://api.twitter.com", "https://api.x.com")


class Declined(Exception):
    """X answered with something else than 2xx; tweepy would drop half of what the body says."""

    def __init__(self, response: requests.Response) -> None:
        super().__init__(f"HTTP {response.status_code}")
        self.response = response


class XSession(requests.Session):
    """Moves every request to `api` before it is signed, so the signature fits the address it reaches."""

    def __init__(self, api: str, timeouts: tuple[float, float] = TIMEOUTS) -> None:
        super().__init__()
        self._api, self._timeouts = api.rstrip("/"), timeouts
        self.trust_env = not _is_loopback(self._api)

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **options: Any) -> requests.Response:
        """Send once. Raises Declined for any answer but 2xx, and requests' own exceptions."""
        address = str(url)
        for host in TWEEPYS_HOSTS:
            if address.startswith(host):
                address = self._api + address.removeprefix(host)
        options.setdefault("timeout", self._timeouts)
        options["allow_redirects"] = False
        response = super().request(method, address, *args, **options)
        if not 200 <= response.status_code < 300:
            raise Declined(response)
        return response


def _is_loopback(api: str) -> bool:
    """A proxy of the environment would not reach the sandbox on this machine."""
    host = urlsplit(api).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
