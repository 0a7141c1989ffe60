"""What the people who run Dibs are told: what broke, what is safe all the same, and the way out."""

from domain.deliveries import CARD, CHANNEL, DIRECT, FOLD, NAG, NOTICE, PHONE, THREAD
from views.kit import Json, channel
from views.telling import Payload, Says, at, number, plainly, told

KINDS = {
    CARD: "a card",
    THREAD: "a line in a case's thread",
    DIRECT: "a direct message",
    NOTICE: "an answer to a click",
    CHANNEL: "a message to a channel",
    FOLD: "the repainting of an old card",
    NAG: "a nag",
    PHONE: "a call by the phone system",
}


def feed_down(payload: Payload) -> Json:
    """A feed can't be read."""
    since = f"The copy of {at(payload, 'since')} counts until then" if payload.get("since") else "There is no copy yet"
    return told(
        f":warning: The calendar feed `{plainly(payload, 'feed', '?')}` can't be read:"
        f" {plainly(payload, 'fault', 'it does not answer')} {since}; Dibs tries again every 15 minutes."
    )


def feed_back(payload: Payload) -> Json:
    """It can be read again."""
    return told(f":white_check_mark: The calendar feed `{plainly(payload, 'feed', '?')}` can be read again.")


def auditor_found(payload: Payload) -> Json:
    """A promise that might be forgotten."""
    cases = payload.get("cases")
    numbers = [str(one) for one in cases if one] if isinstance(cases, list) else []
    where = f" It concerns case {', '.join(numbers)}." if numbers else ""
    return told(
        f":warning: Dibs checks itself every minute and found something wrong: {plainly(payload, 'what', 'a fault')}."
        f"{where} Please look at these cases by hand, and at the log of the process that runs the clock."
    )


def auditor_calm(_payload: Payload) -> Json:
    """It is right again."""
    return told(":white_check_mark: What Dibs' own check found wrong is in order again.")


def channel_unreachable(payload: Payload) -> Json:
    """A channel no card gets into."""
    count = f"{number(payload, 'count')} messages wait" if payload.get("count") else "What is meant for it waits"
    return told(
        f":warning: Dibs can't post in {_where(payload)} (Slack says `{_code(payload)}`). {count} and nothing is lost."
        " Invite Dibs to the channel, or unarchive it, or name another one in dibs.toml."
    )


def slack_refused(payload: Payload) -> Json:
    """A message Slack won't take at all."""
    what = _kind(payload)
    return told(
        f":warning: Slack refused {what} (`{_code(payload)}`). If it was a card, a plain text stands in its place."
        " The case itself is unharmed."
    )


def x_auth(_payload: Payload) -> Json:
    """X no longer takes our keys."""
    return told(
        ":warning: X no longer accepts Dibs' keys, so no posts arrive and no replies go out. Replies wait and are sent"
        " when new keys stand in .env. Until then, please look on X itself."
    )


def x_credits(_payload: Payload) -> Json:
    """X wants money."""
    return told(
        ":warning: The X account is out of credit, so no posts arrive and no replies go out. Top it up in the X"
        " developer console; Dibs goes on by itself. Until then, please look on X itself."
    )


def x_suspended(_payload: Payload) -> Json:
    """X has locked the brand's account."""
    return told(
        ":warning: X says that our account is suspended, so no reply goes out from here. Please sign in on X and see"
        " what it asks for. Replies that were refused stand on their cards with their text."
    )


def x_rate(payload: Payload) -> Json:
    """X lets us ask no more for a while."""
    since = at(payload, "since", otherwise="a while ago")
    return told(
        f":warning: X has been asking Dibs to slow down since {since}, so new posts may be late. It catches up."
    )


def x_unreachable(payload: Payload) -> Json:
    """X can't be reached."""
    since = at(payload, "since", otherwise="a while ago")
    return told(
        f":warning: X hasn't answered since {since}, so new posts may be late. Dibs keeps trying and catches up by"
        " itself."
    )


def x_back(_payload: Payload) -> Json:
    """X is there again."""
    return told("X answers again. Dibs is catching up on what was posted in between.")


def sources_gap(payload: Payload) -> Json:
    """Posts may be missing."""
    span = f"between {at(payload, 'from', otherwise='an earlier moment')} and {at(payload, 'to', otherwise='now')}"
    return told(f":warning: Posts {span} may be missing: X no longer lists them. Please look through that time on X.")


def buried(payload: Payload) -> Json:
    """A delivery that was given up."""
    return told(
        f":warning: Dibs gave up on {_kind(payload)} for {_where(payload)} (Slack says `{_code(payload)}`)."
        " The case and its trail are whole; only Slack wasn't told."
    )


def _where(payload: Payload) -> str:
    return channel(payload.get("channel")) or plainly(payload, "channel", "a channel or person")


def _kind(payload: Payload) -> str:
    return KINDS.get(str(payload.get("what"))) or plainly(payload, "what", "a message")


def _code(payload: Payload) -> str:
    return plainly(payload, "code", "no reason").replace("`", "'")


OPERATIONS: dict[str, Says] = {
    "feed_down": feed_down,
    "feed_back": feed_back,
    "auditor_found": auditor_found,
    "auditor_calm": auditor_calm,
    "channel_unreachable": channel_unreachable,
    "slack_refused": slack_refused,
    "x_auth": x_auth,
    "x_credits": x_credits,
    "x_suspended": x_suspended,
    "x_rate": x_rate,
    "x_unreachable": x_unreachable,
    "x_back": x_back,
    "sources_gap": sources_gap,
    "buried": buried,
}
