"""The desk: what every use case is given."""

from dataclasses import dataclass

from domain.policy import Policy
from storage.store import Store, Tx


@dataclass(frozen=True)
class Desk:
    """`network_page` and `slack_page` are what links start with; `rates` scales Slack's budgets in a sandbox."""

    store: Store
    policy: Policy
    network_page: str = "https://x.com"
    slack_page: str = ""
    rates: float = 1.0

    @property
    def account(self) -> str:
        """The handle we answer from."""
        return self.policy.networks.x.account

    def channel_of(self, tx: Tx, team: str) -> str:
        """The Slack id of the team's channel; its name while we don't know better, which Slack takes as well."""
        name = self.policy.team.get(team, self.policy.team[self.policy.default_team]).channel
        return tx.directory.channel_id(name) or name

    def link_to(self, channel: str | None, ts: str | None) -> str | None:
        """The address of a Slack message."""
        if not channel or not ts:
            return None
        return f"{self.slack_page}/archives/{channel}/p{ts.replace('.', '')}"

    def ops_channel(self, tx: Tx) -> str:
        """The Slack id of the channel that hears what Dibs can't settle alone."""
        name = self.policy.brand.ops_channel
        return tx.directory.channel_id(name) or name
