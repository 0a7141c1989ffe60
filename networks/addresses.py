"""Where we may go by plain HTTP: addresses people wrote into the settings must not lead into our own network."""

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
"""The IP addresses of a host for a port; OSError when there are none."""
_PLAIN = re.compile(r"[!-\[\]-~]{1,2000}")
"""Visible ASCII without the backslash: what every reader of addresses takes apart in the same way."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PORTS = {"https": 443, "http": 80}


class Forbidden(Exception):
    """We don't go there; the text says why, without the address."""


@dataclass(frozen=True)
class Place:
    """A host, and the one address of it that was checked: whoever connects must connect to `ip`."""

    host: str
    ip: str


def shape_fault(url: str, *, sandbox: bool) -> str | None:
    """What is wrong with an address before anybody is asked where it leads; None when nothing is."""
    parts = _taken_apart(url)
    if parts is None or not parts.hostname:
        return "is no address such as https://example.com/path"
    if parts.username is not None or parts.password is not None:
        return "must not have a name or a password before its host"
    if sandbox and _loopback(parts.hostname):
        return None if parts.scheme in _PORTS else "must begin with http:// or https://"
    if parts.scheme != "https":
        return "must begin with https://"
    ip = _literal(parts.hostname)
    private = parts.hostname == "localhost" or (ip is not None and not is_public(ip))
    return "leads into a private network, where nothing of the kind may be" if private else None


def place_of(url: str, resolve: Resolve, *, sandbox: bool) -> Place:
    """Where an address leads, checked. Raises Forbidden, and OSError when the host has no address."""
    fault = shape_fault(url, sandbox=sandbox)
    parts = _taken_apart(url)
    if fault is not None or parts is None or parts.hostname is None:
        raise Forbidden(f"the address {fault}")
    host = parts.hostname
    found = [ipaddress.ip_address(ip.partition("%")[0]) for ip in resolve(host, parts.port or _PORTS[parts.scheme])]
    if not found:
        raise OSError("the host has no address")
    inside = sandbox and _loopback(host)
    # One bad address among good ones is how a name is made to lead somewhere else the second time.
    if not all(ip.is_loopback if inside else is_public(ip) for ip in found):
        raise Forbidden("the address leads into a private network")
    return Place(host, str(found[0]))


def is_public(ip: Ip) -> bool:
    """Whether the address is one of the public internet, whatever other address it is wrapped around."""
    return ip.is_global and not ip.is_multicast and all(is_public(inner) for inner in _inside(ip))


def resolved(host: str, port: int) -> list[str]:
    """What this machine's resolver says."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _inside(ip: Ip) -> list[ipaddress.IPv4Address]:
    """IPv4 addresses that an IPv6 one stands for: mapped, 6to4, Teredo, NAT64."""
    if ip.version == 4:
        return []
    wrapped = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        wrapped.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [inner for inner in wrapped if inner is not None]


def _taken_apart(url: str) -> SplitResult | None:
    if not _PLAIN.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        usable = parts.port is None or parts.port > 0
    except ValueError:
        return None
    return parts if usable else None


def _literal(host: str) -> Ip | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _loopback(host: str) -> bool:
    ip = _literal(host)
    return host == "localhost" or (ip is not None and ip.is_loopback)
