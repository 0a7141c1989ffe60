"""What a broken connection proves: whether a single byte of a request can have left this machine."""

import ssl
from typing import Any

import requests
from urllib3 import exceptions as urllib3

BEFORE_A_BYTE = (
    urllib3.NewConnectionError,
    urllib3.NameResolutionError,
    urllib3.ConnectTimeoutError,
    ssl.SSLCertVerificationError,
)


def sent_nothing(why: requests.RequestException) -> bool:
    """Whether the other side surely has nothing of the request."""
    return isinstance(why, requests.ConnectTimeout) or any(isinstance(cause, BEFORE_A_BYTE) for cause in _causes(why))


def _causes(why: BaseException) -> list[BaseException]:
    """The exception and everything it wraps: requests and urllib3 nest theirs in arguments and `reason`."""
    found: list[BaseException] = []
    waiting: list[Any] = [why]
    while waiting and len(found) < 20:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return found
