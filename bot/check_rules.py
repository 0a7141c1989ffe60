"""What `bot check` says of words: terms that two teams have, and rules made in Slack that clash with the file."""

from contextlib import closing
from pathlib import Path

from bot.policy import load_policy
from bot.rules_past import opened
from domain.errors import Busy
from domain.parts import BadPolicy
from domain.policy import Policy
from domain.rulebook import MadeRule, faults, merged
from domain.rules import RuleSet
from domain.terms import TermBook

ORDER = "the longest term decides, of equally long ones the first in the file"


def remarks(path: Path) -> list[str]:
    """What is no fault but ought to be known: terms of several teams, and whose they are in the end."""
    policy = _policy(path)
    if policy is None:
        return []
    book = TermBook((key, term) for key, team in policy.team.items() for term in team.terms)
    return [f"{path.name} team.*.terms: {told}; {ORDER}" for told in book.shared]


def rule_faults(path: Path, url: str | None = None) -> list[str]:
    """Rules that aren't looked at: those of the file, and, with a database at hand, those made in Slack."""
    policy = _policy(path)
    if policy is None:
        return []
    try:
        made = _made(url)
    except BadPolicy:
        return []
    except Busy as busy:
        return [f"the rules made in Slack can't be read: {busy}"]
    unread = [str(fault) for fault in RuleSet(merged(policy, made)).faults]
    return [*faults(policy, made, path.name).values(), *unread]


def _made(url: str | None) -> list[MadeRule]:
    store = opened(url)
    if store is None:
        return []
    with closing(store), store.look() as tx:
        return tx.rules.all()


def _policy(path: Path) -> Policy | None:
    """The policy; None when it has faults, which are named elsewhere."""
    try:
        return load_policy(path)
    except BadPolicy:
        return None
