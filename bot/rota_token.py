"""The unguessable part of a rota feed's address."""

import hmac
from hashlib import sha256


def path_of(team: str, secret: str) -> str:
    """Where the team's feed is served; whoever knows the address may read it, and nobody can guess it."""
    return f"/rota/{team}/{_token(team, secret)}.ics"


def is_right(team: str, token: str, secret: str) -> bool:
    """Whether somebody was given this address."""
    return hmac.compare_digest(token.encode(), _token(team, secret).encode())


def _token(team: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"rota:{team}".encode(), sha256).hexdigest()[:40]
