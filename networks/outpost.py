"""Plain HTTP with addresses from the settings: calls to a phone system, calendar feeds, heartbeats."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import requests

from domain.deliveries import Delivered, No, Outcome, Unsure, Wait
from networks.addresses import Forbidden, Resolve, place_of, resolved
from networks.broken import sent_nothing
from networks.line import Cutter, Line

CONNECT, TOTAL = 5.0, 15.0
"""Seconds to connect, and for the whole call."""
LONGEST = 1_000_000
"""Bytes a feed may have."""
PIECE = 16_384
PAUSE = timedelta(seconds=5)
"""After which it is worth another try when nothing was reached."""
PERHAPS = frozenset({408, 425})
"""Besides 5xx, what leaves open whether the request had its effect."""


@dataclass(frozen=True)
class Fetched:
    """A feed's text; `etag` to ask with the next time."""

    text: str
    etag: str | None


@dataclass(frozen=True)
class Unchanged:
    """Nothing new since that etag."""


@dataclass(frozen=True)
class Failed:
    """Nothing was learnt; `reason` is for the people who run Dibs and holds no address."""

    reason: str


class Outpost:
    """No redirects, no cookies, no proxies, no second tries. Usable from several threads.

    With `sandbox` this machine may be reached, over http as well; everything else keeps the rules of live mode.
    """

    def __init__(
        self, *, sandbox: bool = False, resolve: Resolve = resolved, timeouts: tuple[float, float] = (CONNECT, TOTAL)
    ) -> None:
        self._sandbox, self._resolve = sandbox, resolve
        self._connect, self._total = timeouts

    def post(self, url: str, body: Mapping[str, Any], key: str) -> Outcome:
        """Send JSON once. `key` goes along as Idempotency-Key and, unless the body has one, as `dedup_key`.

        Unsure means that it may have arrived: with the same key it may be sent again.
        """
        content = json.dumps({"dedup_key": key, **body}).encode()
        return self._outcome("POST", url, {"Content-Type": "application/json", "Idempotency-Key": key}, content)

    def knock(self, url: str) -> Outcome:
        """GET, only to have been there."""
        return self._outcome("GET", url, {}, None)

    def fetch(self, url: str, etag: str | None = None) -> Fetched | Unchanged | Failed:
        """What stands there, as text of at most a megabyte."""
        asked = {"Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1"} | ({"If-None-Match": etag} if etag else {})
        try:
            with self._call("GET", url, asked, None) as response:
                return _read(response)
        except Forbidden as why:
            return Failed(f"We don't go there: {why}.")
        except requests.Timeout:
            return Failed("It took too long.")
        except (requests.RequestException, OSError) as why:
            return Failed(f"It could not be reached ({type(why).__name__}).")

    def _outcome(self, method: str, url: str, headers: dict[str, str], content: bytes | None) -> Outcome:
        try:
            with self._call(method, url, headers, content) as response:
                return _answered(response)
        except Forbidden as why:
            return No(f"forbidden: {why}")
        except requests.RequestException as why:
            said = type(why).__name__
            return Wait(PAUSE, f"not reached: {said}") if sent_nothing(why) else Unsure(said)
        except OSError as why:
            return Wait(PAUSE, f"not reached: {type(why).__name__}")

    @contextmanager
    def _call(
        self, method: str, url: str, headers: dict[str, str], content: bytes | None
    ) -> Iterator[requests.Response]:
        """One request over a line of its own; the answer's body is not read yet."""
        place = place_of(url, self._resolve, sandbox=self._sandbox)
        cutter, session = Cutter(self._total), requests.Session()
        session.trust_env = False
        session.adapters.clear()
        session.mount("", Line(place, cutter.watch))
        try:
            # A packed answer may unpack to any size.
            sent = {"User-Agent": "Dibs", "Accept-Encoding": "identity", **headers}
            limits = (self._connect, self._total)
            options: dict[str, Any] = {"timeout": limits, "allow_redirects": False, "stream": True}
            with session.request(method, url, headers=sent, data=content, **options) as response:
                # A line that was cut may look like one that ended.
                _in_time(cutter)
                yield response
                _in_time(cutter)
        except requests.RequestException:
            _in_time(cutter)
            raise
        finally:
            cutter.close()
            session.close()


def _in_time(cutter: Cutter) -> None:
    if cutter.passed:
        raise requests.ReadTimeout


def _answered(response: requests.Response) -> Outcome:
    status = response.status_code
    if 200 <= status < 300:
        return Delivered()
    if status == 429:
        return Wait(_asked_for(response), "ratelimited")
    return Unsure(f"HTTP {status}") if status >= 500 or status in PERHAPS else No(f"HTTP {status}")


def _asked_for(response: requests.Response) -> timedelta:
    value = response.headers.get("Retry-After", "")
    seconds = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 30
    return timedelta(seconds=min(max(seconds, 1), 300))


def _read(response: requests.Response) -> Fetched | Unchanged | Failed:
    if response.status_code == 304:
        return Unchanged()
    if response.status_code != 200:
        elsewhere = ", pointing elsewhere; write down the address it points to" if response.is_redirect else ""
        return Failed(f"It answered {response.status_code}{elsewhere}.")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return Failed("It answered in a packed form we didn't ask for.")
    content = b""
    for piece in response.iter_content(PIECE):
        content += piece
        if len(content) > LONGEST:
            return Failed(f"It is longer than {LONGEST // 1_000_000} MB.")
    return _text(content, response.headers.get("ETag"))


def _text(content: bytes, etag: str | None) -> Fetched | Failed:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Failed("It is not text.")
    usable = etag is not None and len(etag) <= 200 and etag.isascii() and etag.isprintable()
    return Fetched(text, etag if usable else None)
