"""What X counts of a post and its author, as far as it says so."""

from typing import Any

from domain.posts import Carried

Json = dict[str, Any]
PASSED_ON = ("retweet_count", "quote_count")
ORGANISATIONS = ("business", "government")
"""Kinds of verification that X gives to organisations; "blue" is paid for by anybody (X, data dictionary, user)."""
MOST = 10**15


def carried(raw: Json, author: Json) -> Carried:
    """What X counts. Reposts and quotes both pass it on; X says of a verified account only what kind it is."""
    metrics = _counts(raw)
    passed_on = [count for name in PASSED_ON if (count := _count(metrics.get(name))) is not None]
    return Carried(
        followers=_count(_counts(author).get("followers_count")),
        views=_count(metrics.get("impression_count")),
        shares=sum(passed_on) if passed_on else None,
        organisation=author.get("verified_type") in ORGANISATIONS,
    )


def _counts(raw: Json) -> Json:
    found = raw.get("public_metrics")
    return found if isinstance(found, dict) else {}


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST else None
