"""Faults to order: which service call goes wrong next, how, and how often."""

import random
from dataclasses import dataclass, field

SERVICES = ("slack", "x", "phone", "feeds", "heartbeat")
PLAIN = ("5xx_before", "5xx_after", "html_502", "reset_before", "reset_after", "huge", "drip", "garbage")
WITH_VALUE = ("refuse", "delay", "429", "redirect")


class BadFault(ValueError):
    """The order could not be understood; the text says what is wrong with it."""


@dataclass
class Fault:
    """`kind` is one of PLAIN or WITH_VALUE; `value` is a refusal's code, seconds as text, or an address."""

    service: str
    method: str
    kind: str
    value: str
    times: int
    chance: float = 1.0

    @property
    def seconds(self) -> float:
        """The value as seconds, for `delay` and `429`."""
        return float(self.value)


def parse(order: dict[str, object]) -> Fault:
    """Read an order from the control API, or raise BadFault."""
    service, method = str(order.get("service", "")), str(order.get("method", "*"))
    kind, _, value = str(order.get("outcome", "")).partition(":")
    if service not in SERVICES:
        raise BadFault(f"service must be one of {', '.join(SERVICES)}, not {service!r}")
    if kind not in (*PLAIN, *WITH_VALUE) or (kind in WITH_VALUE) != bool(value):
        raise BadFault(
            f"outcome {order.get('outcome')!r} is unknown; "
            f"use refuse:CODE, delay:SECONDS, 429:SECONDS, redirect:ADDRESS or one of {', '.join(PLAIN)}"
        )
    if kind in ("delay", "429") and not value.replace(".", "", 1).isdigit():
        raise BadFault(f"{kind} takes a number of seconds, not {value!r}")
    times = order.get("times", 1)
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        raise BadFault("times must be a whole number of at least 1")
    return Fault(service, method, kind, value, times)


@dataclass
class Faults:
    """The orders not yet used up. With a seed, each matching call goes wrong with a chance of one half."""

    orders: list[Fault] = field(default_factory=list)
    dice: random.Random = field(default_factory=random.Random)  # noqa: S311 - repeatable dice, not secret ones

    def order(self, order: dict[str, object]) -> None:
        """Take an order, or raise BadFault."""
        fault = parse(order)
        if order.get("seed") is not None:
            self.dice = random.Random(str(order["seed"]))  # noqa: S311 - repeatable dice, not secret ones
            fault.chance = 0.5
        self.orders.append(fault)

    def take(self, service: str, method: str) -> Fault | None:
        """The fault this call must suffer, used up once, or None."""
        for fault in self.orders:
            if fault.service == service and fault.method in ("*", method) and self._falls(fault):
                fault.times -= 1
                if fault.times == 0:
                    self.orders.remove(fault)
                return fault
        return None

    def _falls(self, fault: Fault) -> bool:
        return fault.chance >= 1.0 or self.dice.random() < fault.chance
