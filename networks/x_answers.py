"""What X's answers mean: which call had no effect, which was refused for good, and which may have gone through."""

from datetime import UTC, datetime
from typing import Any

import requests

from domain.replies import Done, Refused, SendOutcome, SurelyNot, Unknown
from networks.broken import sent_nothing
from networks.errors import AuthFailed, NetworkTrouble, OutOfCredits, RateLimited, Unreachable
from networks.x_session import Declined

Json = dict[str, Any]
REFUSALS = (
    ("too_long", ("too long",)),
    ("target_gone", ("deleted or not visible",)),
    ("suspended", ("suspended",)),
    ("text_rejected", ("automated", "spam", "malicious")),
    ("reply_settings", ("reply to this conversation is not allowed",)),
    ("not_summoned", ("mentioned", "quoted", "summoned")),
)
"""Words of X's `detail` by our code, looked for in this order. X promises no wording: unknown ones become `other`."""
DUPLICATE = "duplicate content"


def object_of(response: requests.Response) -> Json:
    """The answer's JSON object. Raises Unreachable when it holds none."""
    try:
        body = response.json()
    except ValueError:
        raise Unreachable(f"X answered {response.status_code} with something that is not JSON") from None
    if not isinstance(body, dict):
        raise Unreachable(f"X answered {response.status_code} with JSON that is no object")
    return body


def trouble(declined: Declined) -> NetworkTrouble:
    """Why a reading call brought nothing."""
    response = declined.response
    status = response.status_code
    if status == 429:
        return RateLimited(free_again_at(response))
    if status == 402:
        return OutOfCredits(f"X wants to be paid: {detail_of(response)}")
    if status in (401, 403):
        return AuthFailed(f"X refused our account ({status}): {detail_of(response)}")
    return Unreachable(f"X answered {status}: {detail_of(response)}")


def declined_send(declined: Declined) -> SendOutcome:
    """What an answer other than 2xx says about the reply (X answers before it publishes, except with 5xx)."""
    response = declined.response
    status, detail = response.status_code, detail_of(response)
    if status == 429:
        return SurelyNot("X takes no more posts from us for now.", free_again_at(response), "rate")
    if status == 402:
        return SurelyNot("The X account is out of credits.", None, "credits")
    if status == 401:
        return SurelyNot("X no longer takes our tokens.", None, "auth")
    if status in (400, 403, 404, 409, 422):
        return _refused(status, detail, problem_of(response))
    return Unknown(f"X answered {status}: {detail}")


def broken_send(why: requests.RequestException) -> SendOutcome:
    """What a broken connection says: without a byte sent nothing happened, else nobody knows."""
    if sent_nothing(why):
        return SurelyNot(f"X could not be reached ({type(why).__name__}).", None, "network")
    return Unknown(f"The connection to X broke before an answer came ({type(why).__name__}).")


def published(response: requests.Response) -> SendOutcome:
    """What a 2xx says; without a readable id the reply may be public all the same."""
    try:
        post_id = (object_of(response).get("data") or {}).get("id")
    except (Unreachable, AttributeError):
        post_id = None
    if isinstance(post_id, str) and post_id.isdigit():
        return Done(post_id)
    return Unknown(f"X answered {response.status_code}, but without the post's id.")


def free_again_at(response: requests.Response) -> datetime | None:
    """When a limit ends: the day's if that is what is used up, else the window's."""
    headers = response.headers
    days = [day for day in ("x-app-limit-24hour", "x-user-limit-24hour") if headers.get(f"{day}-remaining") == "0"]
    named = [headers.get(f"{limit}-reset", "") for limit in ("x-rate-limit", *days)]
    moments = [value for value in named if value.isascii() and value.isdigit() and len(value) <= 11]
    return datetime.fromtimestamp(max(map(int, moments)), UTC) if moments else None


def detail_of(response: requests.Response) -> str:
    """X's own words, cut to what fits a message."""
    body = problem_of(response)
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    said = first.get("message") or body.get("detail") or body.get("title") or response.reason or ""
    return str(said)[:300]


def problem_of(response: requests.Response) -> Json:
    """The problem document, or nothing when the body is none."""
    try:
        return object_of(response)
    except Unreachable:
        return {}


def _refused(status: int, detail: str, problem: Json) -> SendOutcome:
    said = f"{problem.get('detail', '')} {detail}".lower()
    if DUPLICATE in said:
        return Unknown("X says these words are public already.")
    if str(problem.get("type", "")).rsplit("/", 1)[-1] in ("client-forbidden", "unsupported-authentication"):
        return SurelyNot(f"X refused our app: {detail}", None, "auth")
    for code, words in REFUSALS:
        if any(word in said for word in words):
            return Refused(code, f"X refused it: {detail}")
    return Refused("other", f"X refused it ({status}): {detail}")
