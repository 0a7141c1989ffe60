"""How X refuses: its problem documents, by the names that `refuse:CODE` orders use."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]
TYPES = "https://api.x.com/2/problems/"


class Problem(Exception):
    """A refusal with X's body. `type_` is the last segment of its type, or about:blank."""

    def __init__(self, status: int, title: str, detail: str, type_: str = "about:blank", **extra: Any) -> None:
        super().__init__(detail)
        self.status, self.headers = status, dict[str, str]()
        where = type_ if type_ == "about:blank" else TYPES + type_
        self.body: Json = {"title": title, "detail": detail, "type": where, **extra}
        if type_ == "about:blank":
            self.body["status"] = status

    def response(self) -> Response:
        """The answer."""
        return JSONResponse(self.body, status_code=self.status, headers=self.headers)


async def say_problem(_request: Request, problem: Exception) -> Response:
    """Starlette's way from a Problem to its answer."""
    if not isinstance(problem, Problem):
        raise problem
    return problem.response()


def invalid(message: str, **parameters: list[str]) -> Problem:
    """400: the request itself is wrong; `parameters` names the faulty ones and their values."""
    detail = "One or more parameters to your request was invalid."
    error = {"parameters": parameters, "message": message}
    return Problem(400, "Invalid Request", detail, "invalid-request", errors=[error])


def unauthorized() -> Problem:
    """401: the credentials are wrong."""
    return Problem(401, "Unauthorized", "Unauthorized")


def forbidden(detail: str) -> Problem:
    """403 in the form X uses for posts it won't take."""
    return Problem(403, "Forbidden", detail)


def user_context_needed() -> Problem:
    """403: an app-only token where X wants a user."""
    detail = (
        "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  "
        "Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context]."
    )
    return Problem(403, "Unsupported Authentication", detail, "unsupported-authentication")


def too_many(reset_at: int, limit: int = 0) -> Problem:
    """429 until `reset_at`, epoch seconds of business time."""
    problem = Problem(429, "Too Many Requests", "Too Many Requests")
    problem.headers = {
        "x-rate-limit-limit": str(limit),
        "x-rate-limit-remaining": "0",
        "x-rate-limit-reset": str(reset_at),
    }
    return problem


def credits_depleted() -> Problem:
    """402: the prepaid credits are used up."""
    return Problem(402, "Payment Required", "credits depleted", "credits-depleted")


def not_found(kind: str, parameter: str, value: str) -> Json:
    """An entry of `errors`: the thing isn't there (any more)."""
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": TYPES + "resource-not-found",
    }


def not_authorized(kind: str, parameter: str, value: str) -> Json:
    """An entry of `errors`: the thing is there, but its author keeps it from us."""
    return {
        "value": value,
        "detail": f"Sorry, you are not authorized to see the {kind} with {parameter}: [{value}].",
        "title": "Authorization Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "section": "data",
        "type": TYPES + "not-authorized-for-resource",
    }


DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
NOT_SUMMONED = (
    "You can only reply to posts whose author has mentioned your account or quoted one of your posts. "
    "Reply not permitted."
)
REPLY_SETTINGS = (
    "Reply to this conversation is not allowed because you have not been mentioned or engaged by the author."
)
TOO_LONG = (
    "Your Tweet text is too long. For more information on how Twitter determines text length see our documentation."
)
TARGET_GONE = "You attempted to reply to a Tweet that is deleted or not visible to you."
SUSPENDED = "Your account is suspended and is not permitted to access this feature."
TEXT_REJECTED = "This request looks like it might be automated. To protect our users from spam, we can't complete it."

DETAILS = {
    "duplicate": DUPLICATE,
    "not_summoned": NOT_SUMMONED,
    "reply_settings": REPLY_SETTINGS,
    "too_long": TOO_LONG,
    "target_gone": TARGET_GONE,
    "suspended": SUSPENDED,
    "text_rejected": TEXT_REJECTED,
}


def by_code(code: str) -> Problem:
    """The refusal an order asks for: a name of DETAILS, `credits`, `unauthorized`, or a bare status."""
    if code in ("credits", "credits-depleted", "402"):
        return credits_depleted()
    if code in ("unauthorized", "401"):
        return unauthorized()
    if code in ("invalid", "400"):
        return invalid("The request was refused to order.")
    if code in DETAILS:
        return forbidden(DETAILS[code])
    status = int(code) if code.isdigit() and 400 <= int(code) <= 599 else 403
    return Problem(status, "Refused", code)
