"""Whether a token may make a call: the token itself, its kind, its scopes, and how often it called."""

from typing import TYPE_CHECKING, Any

from sandbox.slack.calls import Refused
from sandbox.slack.limits import Bucket
from sandbox.slack.rules import RULES, Rule

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
APP_SCOPES = ["connections:write"]


def admit(side: "SlackSide", method: str, token: str) -> None:
    """Return when the call may go on; raise Refused or TooMany otherwise."""
    rule = RULES[method]
    kind = token_kind(side, token)
    if rule.caller not in ("either", kind):
        raise Refused("not_allowed_token_type")
    need_scopes(side, *(scope for scope in rule.scopes if kind == "bot"))
    if rule.counted:
        side.limits.spend(bucket_of(method, rule))


def bucket_of(method: str, rule: Rule) -> Bucket:
    """The bucket of the whole workspace for this method."""
    return Bucket(method, rule.per_minute, rule.burst)


def token_kind(side: "SlackSide", token: str) -> str:
    """`bot` or `app`; Refused for anything else and for a token that no longer counts."""
    app = side.world.app
    if not token:
        raise Refused("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise Refused("invalid_auth")
    if side.shelf.get("slack_revoked", token) is not None:
        raise Refused("token_revoked")
    bot = side.directory.person(app.bot_user)
    if bot is None or bot["kind"] == "deactivated":
        raise Refused("account_inactive")
    return "bot" if token == app.bot_token else "app"


def need_scopes(side: "SlackSide", *scopes: str) -> None:
    """Refuse with `missing_scope` unless the app was granted every one of them."""
    granted = side.world.app.scopes
    missing = [scope for scope in scopes if scope not in granted]
    if missing:
        raise Refused("missing_scope", needed=",".join(missing), provided=",".join(granted))


def scope_for(channel: Json, gesture: str) -> str:
    """The scope for `read` or `history` of this kind of conversation."""
    kind = "im" if channel["is_im"] else "groups" if channel["is_private"] else "channels"
    return f"{kind}:{gesture}"
