"""Addresses from the settings lead to the public internet, or nowhere."""

import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from domain.deliveries import No
from networks.addresses import Forbidden, Place, is_public, place_of, shape_fault
from networks.line import Cutter, Line
from networks.outpost import Failed, Outpost
from tests.conftest import LeftThisMachine

PUBLIC = "93.184.215.14"
PRIVATE = (
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::1",
    "2002:a00:1::",
)


class Resolver:
    """Answers what it was told to, one answer after the other, and counts."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    def __call__(self, _host: str, _port: int) -> list[str]:
        self.asked += 1
        return self._answers[min(self.asked, len(self._answers)) - 1]


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_name_that_leads_inside_is_refused_in_live_mode(ip: str) -> None:
    outpost = Outpost(resolve=Resolver([ip]))
    assert isinstance(outpost.fetch("https://feeds.example/x"), Failed)
    outcome = outpost.post("https://phone.example/x", {}, "k1")
    assert isinstance(outcome, No)
    assert "private network" in outcome.code


@pytest.mark.parametrize("ip", PRIVATE)
def test_one_address_inside_among_public_ones_is_enough_to_refuse(ip: str) -> None:
    with pytest.raises(Forbidden):
        place_of("https://feeds.example/x", Resolver([PUBLIC, ip]), sandbox=False)


@pytest.mark.parametrize("ip", PRIVATE)
def test_an_address_inside_that_is_written_out_is_refused_before_anybody_is_asked(ip: str) -> None:
    host = f"[{ip}]" if ":" in ip else ip
    assert "private network" in str(shape_fault(f"https://{host}/x", sandbox=False))


@pytest.mark.parametrize("ip", [PUBLIC, "8.8.8.8", "2606:4700::1111"])
def test_a_public_address_is_gone_to(ip: str) -> None:
    assert place_of("https://feeds.example/x", Resolver([ip]), sandbox=False) == Place("feeds.example", ip)


@given(st.ip_addresses(v=4))
def test_no_address_becomes_public_by_being_wrapped(ip: ipaddress.IPv4Address) -> None:
    wrapped = [f"::ffff:{ip}", f"64:ff9b::{ip}", str(ipaddress.IPv6Address((0x2002 << 112) | (int(ip) << 80)))]
    if not is_public(ip):
        assert not any(is_public(ipaddress.ip_address(one)) for one in wrapped)


def test_what_was_checked_is_what_is_connected_to() -> None:
    """A name that is public when it is checked and loopback a moment later: the call goes to the first address."""
    resolver = Resolver([PUBLIC], ["127.0.0.1"])
    with pytest.raises(LeftThisMachine, match=PUBLIC):
        Outpost(resolve=resolver).fetch("https://feeds.example/x")
    assert resolver.asked == 1


def test_a_scheme_in_capitals_is_checked_all_the_same() -> None:
    with pytest.raises(LeftThisMachine, match=PUBLIC):
        Outpost(resolve=Resolver([PUBLIC], ["127.0.0.1"])).fetch("HTTPS://Feeds.Example/x")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "no address"),
        ("feeds.example/x", "no address"),
        ("https://", "no address"),
        ("https://feeds.example:99999/", "no address"),
        ("https://feeds.example:0/", "no address"),
        ("https://[::1/", "no address"),
        ("https://feeds.example/a b", "no address"),
        ("https://feeds.example\\@127.0.0.1/", "no address"),
        ("https://feeds.example/\n", "no address"),
        ("https://fëeds.example/", "no address"),
        ("https://a:b@feeds.example/", "name or a password"),
        ("http://feeds.example/", "https://"),
        ("ftp://feeds.example/", "https://"),
        ("file:///etc/passwd", "no address"),
        ("https://localhost/", "private network"),
        ("http://127.0.0.1:8700/phone", "https://"),
    ],
)
def test_a_shape_that_cannot_be_is_named(url: str, said: str) -> None:
    assert said in str(shape_fault(url, sandbox=False))


@pytest.mark.parametrize("url", ["https://hc.example/ping/abc", "https://hc.example:8443/x?y=z", "https://8.8.8.8/"])
def test_a_good_shape_has_no_fault_in_either_mode(url: str) -> None:
    assert shape_fault(url, sandbox=False) is None
    assert shape_fault(url, sandbox=True) is None


def test_the_sandbox_may_reach_this_machine_and_nothing_else_inside() -> None:
    assert place_of("http://127.0.0.1:8700/x", Resolver(["127.0.0.1"]), sandbox=True).ip == "127.0.0.1"
    assert place_of("http://localhost:8700/x", Resolver(["127.0.0.1"]), sandbox=True).ip == "127.0.0.1"
    for url, ip in [
        ("http://localhost/x", "10.0.0.1"),
        ("https://feeds.example/x", "127.0.0.1"),
        ("http://a.b/", PUBLIC),
    ]:
        with pytest.raises(Forbidden):
            place_of(url, Resolver([ip]), sandbox=True)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_a_certificate_of_the_host_is_taken_though_an_address_is_connected_to(tmp_path: Path) -> None:
    assert _securely(tmp_path, "feeds.example") == "yes"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_a_certificate_of_another_host_is_refused(tmp_path: Path) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        _securely(tmp_path, "other.example")


def _securely(folder: Path, host: str) -> str:
    """What a server with a certificate for feeds.example says when it is asked as `host`."""
    listening, trusted = _tls_server(folder)
    with closing(listening), closing(Cutter(10)) as cutter, requests.Session() as session:
        session.trust_env = False
        session.mount("https://", Line(Place(host, "127.0.0.1"), cutter.watch))
        return session.get(f"https://{host}:{listening.getsockname()[1]}/", verify=str(trusted), timeout=5).text


def _tls_server(folder: Path) -> tuple[socket.socket, Path]:
    """A server for one request, with a certificate of its own for feeds.example."""
    key, certificate = folder / "key.pem", folder / "cert.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=feeds.example -addext subjectAltName=DNS:feeds.example"
    subprocess.run(
        ["openssl", *words.split(), "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(65_536)
                secure.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nyes")
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    return listening, certificate
