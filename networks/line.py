"""One call's connection: to the address that was checked and no other, and cut when the call lasts too long."""

import ipaddress
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool

from networks.addresses import Place

Watch = Callable[[socket.socket], None]


class Cutter:
    """Ends a connection after so many seconds: timeouts alone let a byte now and then go on for ever."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._spare: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connected: socket.socket) -> None:
        """This is the connection to cut. TLS takes the socket over, so we keep a second hold of it."""
        self._spare = connected.dup()

    def close(self) -> None:
        """The call is over."""
        self._timer.cancel()
        if self._spare is not None:
            self._spare.close()

    def _cut(self) -> None:
        self.passed = True
        if self._spare is not None:
            with suppress(OSError):
                self._spare.shutdown(socket.SHUT_RDWR)


class _Plain(HTTPConnection):
    def __init__(self, watch: Watch, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._watch = watch

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        self._watch(connected)
        return connected


class _Secure(HTTPSConnection):
    def __init__(self, watch: Watch, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._watch = watch

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        self._watch(connected)
        return connected


class Line(HTTPAdapter):
    """Connects to `place.ip`, yet asks for `place.host`, in TLS and in the Host header; never tries twice."""

    def __init__(self, place: Place, watch: Watch) -> None:
        super().__init__(max_retries=0)
        self._place, self._watch = place, watch

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: Any,
        proxies: Any = None,  # noqa: ARG002 - a proxy would look the host up by itself, past our check
        cert: Any = None,
    ) -> HTTPConnectionPool:
        """The pool of one connection to the checked address."""
        attributes = self.build_connection_pool_key_attributes(request, verify, cert)
        wanted: dict[str, Any] = dict(attributes[0])
        options: dict[str, Any] = dict(attributes[1])
        host, port, secure = self._place.host, wanted["port"], wanted["scheme"] == "https"
        request.headers["Host"] = f"[{host}]" if ":" in host else host
        request.headers["Host"] += f":{port}" if port else ""
        wanted["host"] = self._place.ip
        if secure and not _is_ip(host):
            options |= {"server_hostname": host, "assert_hostname": host}
        pool: HTTPConnectionPool = self.poolmanager.connection_from_host(**wanted, pool_kwargs=options)
        pool.ConnectionCls = partial(_Secure if secure else _Plain, self._watch)  # type: ignore[assignment]  # called like one
        return pool


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
