"""Settings: what the environment says, read once, every fault named at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from dotenv import load_dotenv

from networks.addresses import shape_fault

SANDBOX, LIVE = "sandbox", "live"
SLACK_API, X_API, X_PAGE = "https://slack.com/api/", "https://api.x.com", "https://x.com"
_SECRETS = (
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "X_CONSUMER_KEY",
    "X_CONSUMER_SECRET",
    "X_ACCESS_TOKEN",
    "X_ACCESS_SECRET",
)
_ADDRESSES = ("HEARTBEAT_URL", "PHONE_WEBHOOK_URL")
_HERE = ("127.0.0.1", "localhost", "[::1]", "0.0.0.0")  # noqa: S104 - addresses live mode refuses, nothing binds to them


@dataclass(frozen=True)
class Settings:
    """Where everything is and the secrets to reach it; `rates` and `overlap` have defaults for live use."""

    mode: str
    database_url: str
    slack_bot_token: str
    slack_app_token: str
    slack_signing_secret: str
    slack_api_url: str
    x_consumer_key: str
    x_consumer_secret: str
    x_access_token: str
    x_access_secret: str
    x_api_url: str
    sandbox_url: str
    policy_path: Path
    rates: float
    overlap: timedelta
    port: int
    serves_health: bool
    """Whether /health is served although Slack is reached by Socket Mode: when PORT is set."""
    heartbeat_url: str = ""
    """Where somebody else listens for our heartbeat; empty when nobody does. The address is a secret."""
    phone_webhook_url: str = ""
    """Where the phone system takes calls; empty when there is none. The address is a secret."""

    @property
    def x_page(self) -> str:
        """What links to posts start with."""
        return f"{self.sandbox_url}/x" if self.mode == SANDBOX else X_PAGE


class BadSettings(Exception):
    """The environment can't be used; `faults` has every reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def load() -> Settings:
    """Read the environment, and in live mode `.env` beside it; BadSettings names every fault."""
    if os.environ.get("DIBS_MODE", LIVE) == LIVE:
        load_dotenv(Path(".env"))
    return read(os.environ)


def read(env: Mapping[str, str]) -> Settings:
    """Settings from a mapping; BadSettings names every fault."""
    mode = env.get("DIBS_MODE", LIVE)
    faults = [f"{name} is missing" for name in _SECRETS if not env.get(name)]
    faults += _sandbox_faults(env) if mode == SANDBOX else _live_faults(env)
    if mode not in (SANDBOX, LIVE):
        faults.append(f"DIBS_MODE must be {SANDBOX} or {LIVE}, not {mode!r}")
    faults += [*_number_faults(env), *_address_faults(env)]
    if faults:
        raise BadSettings(faults)
    return Settings(
        mode=mode,
        database_url=_database(env),
        slack_bot_token=env["SLACK_BOT_TOKEN"],
        slack_app_token=env.get("SLACK_APP_TOKEN", ""),
        slack_signing_secret=env["SLACK_SIGNING_SECRET"],
        slack_api_url=env.get("SLACK_API_URL", SLACK_API),
        x_consumer_key=env["X_CONSUMER_KEY"],
        x_consumer_secret=env["X_CONSUMER_SECRET"],
        x_access_token=env["X_ACCESS_TOKEN"],
        x_access_secret=env["X_ACCESS_SECRET"],
        x_api_url=env.get("X_API_URL", X_API),
        sandbox_url=env.get("DIBS_SANDBOX_URL", "").rstrip("/"),
        policy_path=Path(env.get("DIBS_POLICY", "dibs.toml")),
        rates=float(env.get("DIBS_SLACK_RATES", "1")),
        overlap=timedelta(seconds=float(env.get("DIBS_X_OVERLAP", "600"))),
        port=int(env.get("PORT", "8701")),
        serves_health="PORT" in env,
        heartbeat_url=env.get("HEARTBEAT_URL", ""),
        phone_webhook_url=env.get("PHONE_WEBHOOK_URL", ""),
    )


def _database(env: Mapping[str, str]) -> str:
    url = env.get("DATABASE_URL", "sqlite:///.dibs/live.db")
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def _sandbox_faults(env: Mapping[str, str]) -> list[str]:
    faults = []
    if not env.get("DIBS_SANDBOX_URL"):
        faults.append("DIBS_SANDBOX_URL is missing: start with scripts/run, which sets it")
    real = [name for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN") if env.get(name, "").startswith(("xox", "xapp-"))]
    faults += [f"{name} looks like a real token, and a sandbox must never see one" for name in real]
    return faults


def _live_faults(env: Mapping[str, str]) -> list[str]:
    faults = [
        f"{name} points at this machine, which only the sandbox may do"
        for name in ("SLACK_API_URL", "X_API_URL", "DIBS_SANDBOX_URL")
        if any(here in env.get(name, "") for here in _HERE)
    ]
    faults += [f"{name} is a sandbox's word, not a real one" for name in _SECRETS if "sandbox" in env.get(name, "")]
    if env.get("DYNO") and _database(env).startswith("sqlite") and not env.get("DIBS_FORCE_SQLITE"):
        faults.append(
            "DATABASE_URL is SQLite, and this machine's disk is emptied every day: add PostgreSQL, "
            "or set DIBS_FORCE_SQLITE=1 if you know better"
        )
    return faults


def _address_faults(env: Mapping[str, str]) -> list[str]:
    """What is wrong with the addresses of outside services; the addresses themselves are secrets and not told."""
    sandbox = env.get("DIBS_MODE", LIVE) == SANDBOX
    named = {name: env[name] for name in _ADDRESSES if env.get(name)}
    found = [(name, shape_fault(url, sandbox=sandbox)) for name, url in named.items()]
    return [f"{name} {fault}" for name, fault in found if fault is not None]


def _number_faults(env: Mapping[str, str]) -> list[str]:
    faults = []
    for name in ("DIBS_SLACK_RATES", "DIBS_X_OVERLAP", "PORT"):
        value = env.get(name, "1")
        if not value.replace(".", "", 1).isdigit() or float(value) <= 0:
            faults.append(f"{name} must be a number above 0, not {value!r}")
    return faults
