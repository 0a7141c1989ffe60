"""Publishing replies: the last look at the network, the one attempt, and the look-up after an unknown outcome."""

import logging
from datetime import timedelta

from bot.pulse import Pulse
from desk import sending
from desk.desk import Desk
from desk.sending import CouldNotLook, Errand, Found, Gone, NotFound, Result
from networks.errors import NetworkTrouble
from networks.network import Network

log = logging.getLogger("dibs.publisher")


class Publisher:
    """Takes one errand at a time, for every network it knows."""

    def __init__(self, desk: Desk, networks: dict[str, Network], pulse: Pulse) -> None:
        self._desk, self._networks, self._pulse = desk, networks, pulse

    def publish_one(self) -> bool:
        """Run what is due; False when nothing was."""
        due = sending.next_at(self._desk)
        if due is None or due > self._pulse.now():
            return False
        errand = sending.take(self._desk, self._pulse.now(), self._pulse.machine_now())
        if errand is None:
            return sending.next_at(self._desk) != due
        network = self._networks[errand.network]
        result = self._send(network, errand) if errand.kind == sending.SEND else self._look(network, errand)
        log.info("reply %s: %s", errand.reply.id, type(result).__name__)
        sending.settle(self._desk, errand, result, self._pulse.now())
        return True

    def _send(self, network: Network, errand: Errand) -> Result:
        """Look at the post once more (T20), then send. A look that fails must not stop an answer."""
        try:
            gone = network.look_up([errand.reply.target]).gone.get(errand.reply.target)
        except NetworkTrouble:
            gone = None
        if gone is not None:
            return Gone(gone)
        return network.send(errand.reply.text, errand.reply.target)

    def _look(self, network: Network, errand: Errand) -> Result:
        since = (errand.reply.attempted_at or self._pulse.now()) - timedelta(seconds=60)
        try:
            found = network.find_sent(errand.reply.text, errand.reply.target, since)
        except NetworkTrouble:
            return CouldNotLook()
        return Found(found, self._pulse.now()) if found else NotFound()
