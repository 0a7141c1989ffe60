"""Who calls: an OAuth 1.0a signature over the address as received, or the app's bearer token."""

import time
from dataclasses import dataclass

from oauthlib.common import Request as Signed
from oauthlib.oauth1.rfc5849 import signature
from starlette.requests import Request

from sandbox.x.model import Member
from sandbox.x.problems import unauthorized
from sandbox.x.world import XSide

SKEW = 300
"""Machine seconds a signature's timestamp may be off, and how long its nonce is remembered."""
FORM = "application/x-www-form-urlencoded"
Words = dict[str, str]


@dataclass(frozen=True)
class Caller:
    """The token, and the account it speaks for; None is the app itself."""

    token: str
    account: Member | None


async def caller_of(side: XSide, request: Request) -> Caller:
    """Who calls, or Problem 401."""
    given = request.headers.get("authorization", "")
    scheme, _, rest = given.partition(" ")
    if scheme.lower() == "bearer":
        return _app(side, rest.strip())
    if scheme.lower() == "oauth":
        return await _user(side, request)
    raise unauthorized()


def _app(side: XSide, token: str) -> Caller:
    if token != side.world.x.bearer_token or token in side.settings.revoked:
        raise unauthorized()
    return Caller(token, None)


async def _user(side: XSide, request: Request) -> Caller:
    body = await request.body() if request.headers.get("content-type", "").startswith(FORM) else b""
    headers = {"Authorization": request.headers["authorization"]}
    params = signature.collect_parameters(request.url.query, body.decode(), headers, exclude_oauth_signature=False)
    words = {name: value for name, value in params if name.startswith("oauth_")}
    signed = Signed(str(request.url), request.method, body.decode(), {})
    signed.params = [(name, value) for name, value in params if name != "oauth_signature"]
    signed.signature = words.get("oauth_signature", "")
    token, secret = _token(side, words)
    if not _fresh(side, words) or not signature.verify_hmac_sha1(signed, side.world.x.consumer_secret, secret):
        raise unauthorized()
    side.nonces[words["oauth_nonce"]] = time.time()
    return Caller(token, side.members.by_id[_account_id(side, token)])


def _token(side: XSide, words: Words) -> tuple[str, str]:
    token = words.get("oauth_token", "")
    secrets = {account.access_token: account.access_secret for account in side.world.x.accounts}
    known = token in secrets and token not in side.settings.revoked
    if not known or words.get("oauth_consumer_key") != side.world.x.consumer_key:
        raise unauthorized()
    return token, secrets[token]


def _account_id(side: XSide, token: str) -> str:
    return next(account.id for account in side.world.x.accounts if account.access_token == token)


def _fresh(side: XSide, words: Words) -> bool:
    now = time.time()
    made, nonce = words.get("oauth_timestamp", ""), words.get("oauth_nonce", "")
    if words.get("oauth_signature_method") != "HMAC-SHA1" or not made.isdigit() or not nonce:
        return False
    _forget_old(side, now)
    return abs(now - int(made)) <= SKEW and nonce not in side.nonces


def _forget_old(side: XSide, now: float) -> None:
    """Nonces are in the order of their arrival, so the old ones stand first."""
    while side.nonces and now - next(iter(side.nonces.values())) > SKEW * 2:
        del side.nonces[next(iter(side.nonces))]
