"""A real sandbox, a real Bolt app and a real Chromium, one of each for the module that asks."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.page.care_app import CareApp

ROOT = Path(__file__).parents[2]
WORLD = ROOT / "workspace.toml"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("DIBS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = ViewportSize(width=1440, height=900)
"""What a desk shows."""
PHONE = ViewportSize(width=390, height=844)
"""What a hand holds."""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a sandbox of our own, without demo posts."""
    state = tmp_path_factory.mktemp("sandbox")
    order = [sys.executable, "-m", "sandbox", "--world", str(WORLD), "--port", "0", "--state", str(state), "--no-demo"]
    with subprocess.Popen([*order, "--rates", "50"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "ready on" in line, line
        yield line.split()[-1]
        process.terminate()


@pytest.fixture(scope="module")
def care(origin: str) -> Iterator[CareApp]:
    """The app, connected."""
    app = CareApp(origin, tomllib.loads(WORLD.read_text(encoding="utf-8"))["app"])
    app.start()
    yield app
    app.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium with a profile that nobody used before."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=QUIET)
        yield started
        started.close()


class Desk:
    """Opens tabs, and keeps what they asked for and complained of."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.origin = origin
        self.asked: list[str] = []
        self._people: set[str] = set()
        self.complaints: list[str] = []

    def open(self, person: str, place: str = "care", size: ViewportSize = WIDE, **options: Any) -> Page:
        """A tab in which `person` looks at `place`, settled enough to be used."""
        context = self._browser.new_context(viewport=size, **options)
        self._contexts.append(context)
        self._people.add(person)
        page = context.new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self.origin}/?as={person}&c={place}")
        page.wait_for_selector("#talk .head-words")
        return page

    def close(self) -> None:
        """Close every tab, and the modals that would else await the next person who opens one."""
        for context in self._contexts:
            context.close()
        with httpx2.Client(base_url=self.origin, trust_env=False) as http:
            for person in self._people:
                view = http.get("/control/slack/view", params={"as": person})
                if view.is_success:
                    http.post("/control/slack/close", json={"as": person, "view_id": view.json()["id"], "all": True})


@pytest.fixture
def desk(browser: Browser, origin: str) -> Iterator[Desk]:
    """Tabs for one test."""
    opened = Desk(browser, origin)
    yield opened
    opened.close()
