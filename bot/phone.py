"""The phone system outside Slack: one call a step, with a key by which it tells a repeated call from a new one."""

from domain.deliveries import Delivery, No, Outcome
from networks.outpost import Outpost


class Phone:
    """Rings through a webhook; without an address every call is refused, and the people who run Dibs hear of it."""

    def __init__(self, outpost: Outpost, url: str) -> None:
        self._outpost, self._url = outpost, url

    def ring(self, delivery: Delivery) -> Outcome:
        """Ring. After an unclear answer the same call may be made again: its key is the same."""
        if not self._url:
            return No("no_phone_configured")
        key = str(delivery.payload.get("dedup_key") or f"dibs:{delivery.id}")
        return self._outpost.post(self._url, delivery.payload, key)
