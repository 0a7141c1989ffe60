"""The real tweepy, pointed at a sandbox, and the control API's hands on X."""

from dataclasses import dataclass
from typing import Any

import requests
import tweepy

from tests.sandbox.conftest import Running

Json = dict[str, Any]


class Rewriting(requests.Session):
    """Moves tweepy's requests to the sandbox before they are signed."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.trust_env = False
        self._url = url

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **options: Any) -> requests.Response:
        """Send with a timeout; tweepy has none."""
        address = str(url).replace("https://api.twitter.com", self._url)
        return super().request(method, address, *args, **{"timeout": (3.05, 10)} | options)


@dataclass
class OnX:
    """`client` speaks as the brand; the other methods are people on X."""

    sandbox: Running
    client: tweepy.Client

    @property
    def brand(self) -> str:
        """The brand's id."""
        return self.sandbox.world.x.accounts[0].id

    def post(self, author: str, text: str, **more: Any) -> str:
        """Somebody posts; the id."""
        return str(self.sandbox.post("/control/x/posts", author=author, text=text, **more)["id"])

    def replies(self) -> list[Json]:
        """What the brand has published."""
        return list(self.sandbox.get("/control/x/replies"))

    def mentions(self, **asked: Any) -> Json:
        """The mentions timeline."""
        return dict(self.client.get_users_mentions(self.brand, user_auth=True, **asked))

    def ids(self, body: Json) -> list[str]:
        """The ids an answer holds, in its order."""
        return [post["id"] for post in body.get("data", [])]

    def raw(self, path: str, **query: Any) -> requests.Response:
        """A signed GET without tweepy's exceptions."""
        auth = tweepy.OAuth1UserHandler(*_secrets(self.sandbox)).apply_auth()
        with Rewriting(self.sandbox.url) as session:
            return session.get(self.sandbox.url + path, params=query, auth=auth)

    def switch(self, **settings: Any) -> None:
        """Change how X behaves."""
        self.sandbox.post("/control/x/settings", **settings)

    def order(self, method: str, outcome: str, times: int = 1) -> None:
        """Order a fault."""
        self.sandbox.post("/control/faults", service="x", method=method, outcome=outcome, times=times)


def on_x(sandbox: Running, **secrets: str) -> OnX:
    """Speak to this sandbox; `secrets` replace those of the world."""
    key, secret, token, token_secret = _secrets(sandbox)
    client = tweepy.Client(
        sandbox.world.x.bearer_token,
        secrets.get("consumer_key", key),
        secrets.get("consumer_secret", secret),
        secrets.get("access_token", token),
        secrets.get("access_secret", token_secret),
        return_type=dict,
    )
    client.session = Rewriting(sandbox.url)
    return OnX(sandbox, client)


def _secrets(sandbox: Running) -> tuple[str, str, str, str]:
    x, account = sandbox.world.x, sandbox.world.x.accounts[0]
    return x.consumer_key, x.consumer_secret, account.access_token, account.access_secret
