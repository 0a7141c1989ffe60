"""Words to one person about who has a case: offers, answers to them, and a case taken over."""

from views.blocks import actions, button
from views.home import accept_or_decline
from views.kit import Json, mention
from views.telling import Payload, Says, aside, at, number, of_case, quoting, told

GIVE = "offer.give"
ACTIONS = (GIVE,)


def ask_hand_over(payload: Payload) -> Json:
    """To the holder: a colleague would like to have it."""
    asker = payload.get("asker")
    text = f"{mention(asker)} would like to have case {number(payload)}{aside(payload)}. It stays yours if you don't."
    value = f"{of_case(payload)}:{asker}"
    # A button's label is plain text and can't name a person; the sentence above it does.
    return told(text, actions(f"give-{value}", [button("Hand it over", GIVE, value, "primary")]))


def offered(payload: Payload) -> Json:
    """To the one it is offered to."""
    until = at(payload, "lapses_at", otherwise="ten minutes from now")
    text = (
        f"{mention(payload.get('giver'))} would like you to take case {number(payload)}{aside(payload)}."
        f" The offer stands until {until}."
    )
    return quoting(text, payload.get("summary"), accept_or_decline(payload.get("offer") or 0))


def offer_over(payload: Payload) -> Json:
    """What the offer's message becomes once it no longer stands."""
    how, case = str(payload.get("how", "")), number(payload)
    texts = {
        "accepted": f"You took case {case} from {mention(payload.get('giver'))}. It is yours{aside(payload)}.",
        "declined": f"You declined case {case}, so it stays with {mention(payload.get('giver'))}.",
        "lapsed": f"Nobody answered in time, so case {case} stays with {mention(payload.get('giver'))}.",
    }
    return told(texts.get(how, f"This offer of case {case} no longer stands; it has moved on{aside(payload)}."))


def offer_accepted(payload: Payload) -> Json:
    """To the giver: it worked."""
    return told(f"{mention(payload.get('taker'))} took case {number(payload)}. It is off your desk{aside(payload)}.")


def offer_declined(payload: Payload) -> Json:
    """To the giver: it stays."""
    return _stays(payload, "can't take")


def offer_lapsed(payload: Payload) -> Json:
    """To the giver: nobody answered."""
    return _stays(payload, "didn't answer in time about")


def taken_over(payload: Payload) -> Json:
    """To the old holder, with the reason."""
    text = f"{mention(payload.get('by'))} took over case {number(payload)} from you{aside(payload)}. The reason:"
    return quoting(text, payload.get("reason"))


def _stays(payload: Payload, why: str) -> Json:
    who, case = mention(payload.get("taker")), number(payload)
    return told(f"{who} {why} case {case}, so it stays yours{aside(payload)}. You can offer it to somebody else.")


OFFERS: dict[str, Says] = {
    "ask_hand_over": ask_hand_over,
    "offered": offered,
    "offer_over": offer_over,
    "offer_accepted": offer_accepted,
    "offer_declined": offer_declined,
    "offer_lapsed": offer_lapsed,
    "taken_over": taken_over,
}
