"""The world as its file describes it: workspace, app, people, channels, the brand on X, and the demo posts."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["staff", "guest", "outsider", "deactivated"]


class Part(BaseModel):
    """A part of the file; unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Workspace(Part):
    """The Slack workspace."""

    id: str = "T0ACME"
    name: str
    domain: str


class App(Part):
    """The Slack app under test: its tokens are sandbox words, never real ones."""

    id: str = "A0DIBS"
    name: str
    bot_user: str = "U0BOT"
    bot_id: str = "B0BOT"
    bot_token: str
    app_token: str
    signing_secret: str
    scopes: list[str]
    commands: list[str] = Field(default_factory=list)
    events: list[str] = Field(default_factory=list)
    request_url: str | None = None
    """HTTP mode: where signed requests go; without it the app must connect by Socket Mode."""


class Person(Part):
    """Somebody in the workspace."""

    id: str
    name: str
    real_name: str
    title: str = ""
    tz: str = "Europe/London"
    kind: Kind = "staff"


class Channel(Part):
    """A channel and who is in it: user ids, the bot's included when it is a member."""

    id: str
    name: str
    topic: str = ""
    members: list[str]
    private: bool = False


class Account(Part):
    """An account on X that an app may act for."""

    username: str
    name: str
    id: str
    access_token: str
    access_secret: str


class DemoPost(Part):
    """A post that trickles in `after` seconds from the first start."""

    after: float
    author: str
    text: str


class XWorld(Part):
    """X as the brand sees it."""

    consumer_key: str
    consumer_secret: str
    bearer_token: str
    accounts: list[Account]
    demo: list[DemoPost] = Field(default_factory=list)


class World(Part):
    """The whole file."""

    workspace: Workspace
    app: App
    users: list[Person]
    channels: list[Channel]
    x: XWorld


def read(path: Path) -> World:
    """Read the world's file. pydantic.ValidationError names every fault at once."""
    return World.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
