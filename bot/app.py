"""The composition root: every part made and put together, started and stopped in order."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from websocket import WebSocketException

from bot import back_tests, feed_reader, health, rota_feed, slack
from bot.back_tests import Tester
from bot.clock import Clock
from bot.courier import Courier
from bot.deliveries import Postman
from bot.directory import staff_of
from bot.errands import Errand
from bot.feed_reader import FeedReader
from bot.hanging_up import hang_up
from bot.heartbeat import Heartbeat
from bot.line import Line
from bot.neighbourhood import Neighbourhood
from bot.phone import Phone
from bot.pulse import Pulse
from bot.rota_token import is_right
from bot.sending import Publisher
from bot.settings import SANDBOX, BadSettings, Settings
from bot.watcher import Watcher
from bot.web import Site, site
from desk import learning, rules
from desk.desk import Desk
from domain.policy import Policy
from handlers.register import register
from networks.errors import NetworkTrouble
from networks.network import Network
from networks.outpost import Outpost
from networks.x import X, XAccess
from storage.scope import Scope
from storage.store import Store, open_store

log = logging.getLogger("dibs")
WEB, WORKER, CLOCK = "web", "worker", "clock"
ALL = frozenset({WEB, WORKER, CLOCK})
BEAT_LOOK, LEARN_LOOK = 5.0, 5.0
"""Machine seconds between two looks whether a heartbeat is due, and whether there is something to learn."""
CONNECTIONS = 64
"""Clicks one process takes at once: a pile-up of a whole team, several times over."""


class WrongAccount(BadSettings):
    """A token belongs to somebody else than the policy says: nothing may be published from it."""


@dataclass(frozen=True)
class Us:
    """Who Slack says we are."""

    team: str
    bot_user: str
    page: str


@dataclass
class Parts:
    """Everything that runs."""

    settings: Settings
    desk: Desk
    store: Store
    pulse: Pulse
    app: App
    courier: Courier
    watcher: Watcher
    clock: Clock
    neighbourhood: Neighbourhood | None
    errands: list[Errand]
    socket: Any = None
    """The line to Slack, once connected."""
    site: Site | None = None


def open_desk(settings: Settings, policy: Policy, us: Us, pulse: Pulse) -> tuple[Store, Desk]:
    """The store and the desk on it."""
    store = open_store(settings.database_url, Scope(policy.brand.key, policy.networks.x.account.lower()))
    store.wake = pulse.ring
    return store, Desk(store, policy, settings.x_page, us.page, settings.rates)


def introduce(settings: Settings, pulse: Pulse) -> Us:
    """Ask Slack who we are, as often as it takes."""
    web = slack.client(settings.slack_bot_token, settings.slack_api_url, slack.TIMEOUT)
    pause = 1.0
    while not pulse.stopping.is_set():
        try:
            answer = web.auth_test()
            return Us(str(answer["team_id"]), str(answer["user_id"]), str(answer["url"]).rstrip("/"))
        except (SlackClientError, OSError) as error:
            log.warning("Slack doesn't answer yet (%s); trying again in %.0f s", error, pause)
            pulse.stopping.wait(pause)
            pause = min(pause * 2, 60)
    raise SystemExit(0)


def network_of(settings: Settings) -> Network:
    """X, with our keys."""
    keys = XAccess(
        settings.x_consumer_key, settings.x_consumer_secret, settings.x_access_token, settings.x_access_secret
    )
    return X(keys, settings.x_api_url, settings.x_page)


def check_account(network: Network, policy: Policy) -> None:
    """Refuse to publish from an account the policy doesn't name; an X out of reach is the watcher's business."""
    try:
        username = network.identity().username
    except NetworkTrouble as trouble:
        log.warning("X doesn't answer yet: %s", trouble)
        return
    if username.lower() != policy.networks.x.account.lower():
        said = policy.networks.x.account
        raise WrongAccount([f"the X keys belong to @{username}, but dibs.toml says networks.x.account = {said!r}"])


def build(settings: Settings, policy: Policy, pulse: Pulse) -> Parts:
    """Make every part; nothing runs yet."""
    us = introduce(settings, pulse)
    store, desk = open_desk(settings, policy, us, pulse)
    web = slack.client(settings.slack_bot_token, settings.slack_api_url, slack.TIMEOUT)
    network = network_of(settings)
    check_account(network, policy)
    phone = Phone(_outpost(settings), settings.phone_webhook_url)
    courier = Courier(Postman(desk, web, pulse, phone), Publisher(desk, {"x": network}, pulse), pulse)
    x = policy.networks.x
    searches = x.search if settings.mode == SANDBOX or x.search_live else ()
    watcher = Watcher(desk, network, pulse, settings.overlap, searches)
    clock = Clock(desk, web, pulse, (us.team, us.bot_user))
    neighbourhood = (
        Neighbourhood(settings.sandbox_url, desk, pulse, (courier, watcher, clock)) if settings.sandbox_url else None
    )
    bolt = _bolt(settings, desk, pulse, us)
    errands = [*_errands(settings, desk, clock, pulse), _tester(desk, web, pulse)]
    return Parts(settings, desk, store, pulse, bolt, courier, watcher, clock, neighbourhood, errands)


def _outpost(settings: Settings) -> Outpost:
    return Outpost(sandbox=settings.mode == SANDBOX)


def _errands(settings: Settings, desk: Desk, clock: Clock, pulse: Pulse) -> list[Errand]:
    """What the clock's process does besides: learn, for seconds while no nag may wait; read feeds; beat."""
    reader = FeedReader(desk, _outpost(settings), pulse, settings.policy_path.parent)
    heart = Heartbeat(_outpost(settings), settings.heartbeat_url)

    def beat() -> None:
        heart.beat(pulse.machine_now(), healthy=bool(health.of(desk, clock)["ok"]))

    found = [Errand("learning", lambda: learning.tick(desk, pulse.now()), LEARN_LOOK, pulse)]
    found += [Errand("heartbeat", beat, BEAT_LOOK, pulse)] if settings.heartbeat_url else []
    return [*found, Errand("feeds", reader.read, feed_reader.EVERY, pulse)] if reader.any_named else found


def _tester(desk: Desk, web: WebClient, pulse: Pulse) -> Errand:
    return Errand("back-tests", Tester(desk, web, pulse).run, back_tests.EVERY, pulse)


def _bolt(settings: Settings, desk: Desk, pulse: Pulse, us: Us) -> App:
    app = App(
        client=slack.client(settings.slack_bot_token, settings.slack_api_url, slack.CLICK_TIMEOUT),
        signing_secret=settings.slack_signing_secret,
        process_before_response=True,
        logger=logging.getLogger("dibs.bolt"),
    )

    def stamp(context: Any, next: Callable[[], Any]) -> None:
        context["now"] = pulse.now()
        context["staff_of"] = lambda user: staff_of(user, us.team)
        # Bolt's own context leaves this out for the very events that need it.
        context["us"] = us.bot_user
        next()

    app.use(stamp)
    register(app, desk)
    return app


def connect(parts: Parts) -> None:
    """Open the socket to Slack, as often as it takes."""
    pause = 1.0
    while not parts.pulse.stopping.is_set():
        socket: Any = Line(parts.app, parts.settings.slack_app_token, CONNECTIONS)
        try:
            socket.connect()
        except (SlackClientError, OSError, WebSocketException) as error:
            log.warning("no socket to Slack yet (%s); trying again in %.0f s", error, pause)
            parts.pulse.stopping.wait(pause)
            pause = min(pause * 2, 60)
        else:
            parts.socket = socket
            return


def start(parts: Parts, roles: frozenset[str] = ALL) -> None:
    """Start what these roles need. Every process that commits promises runs a courier as well."""
    if parts.neighbourhood:
        parts.neighbourhood.first_look()
    parts.clock.sync(parts.pulse.now())
    parts.courier.start()
    if WEB in roles:
        _listen(parts)
    if WORKER in roles:
        parts.watcher.start()
    if CLOCK in roles:
        _keep_time(parts)
    if parts.neighbourhood:
        parts.neighbourhood.start()


def _keep_time(parts: Parts) -> None:
    rules.report_clashes(parts.desk, parts.pulse.now())
    parts.clock.start()
    for errand in parts.errands:
        errand.start()


def _listen(parts: Parts) -> None:
    if parts.settings.slack_app_token:
        connect(parts)
        if parts.settings.serves_health:
            _serve(parts, None)
    else:
        _serve(parts, parts.app)


def _rota(parts: Parts, team: str, token: str) -> bytes | None:
    known = is_right(team, token, parts.settings.slack_signing_secret)
    return rota_feed.feed(parts.desk, team, parts.pulse.now()) if known else None


def _serve(parts: Parts, app: App | None) -> None:
    host = "127.0.0.1" if parts.settings.mode == SANDBOX else "0.0.0.0"  # noqa: S104 - others have to reach it, live
    served = site(app, partial(health.of, parts.desk, parts.clock), partial(_rota, parts))
    parts.site = Site(served, parts.settings.port, host)
    parts.site.start()


def stop(parts: Parts) -> None:
    """Take no more clicks, finish what is under way, let go of the database; all of it within ten seconds."""
    if parts.socket:
        hang_up(parts.socket)
    if parts.site:
        parts.site.close()
    parts.pulse.stop()
    parts.clock.stop()
    parts.courier.join(6)
    parts.watcher.join(1)
    if parts.neighbourhood:
        parts.neighbourhood.leave()
    parts.store.close()


def run_until_told(parts: Parts, told: threading.Event, roles: frozenset[str] = ALL) -> None:
    """Run until `told`."""
    try:
        start(parts, roles)
        told.wait()
    finally:
        stop(parts)
