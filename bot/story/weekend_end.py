"""Saturday to Monday: keys that expire, a night with an hour twice, and what the weekend leaves behind."""

from bot.story.hands import Hands
from bot.story.stage import Spot
from bot.story.weekend import GOT_IT, late_to

SHOCK = "@TidewellGyms my daughter got an electric shock from a treadmill, and the man at the desk was rude about it"
COLLAPSED = "@TidewellGyms a man has collapsed outside Harbour St, and your app only offers us a chat"
LEAVING = "@TidewellGyms your app has lost my booking again and I can't book another class"


def token(hands: Hands, taker: str, access_token: str) -> None:
    """X lets nobody in any more for twenty minutes, and nothing that was posted meanwhile is lost."""
    stage, before = hands.stage, len(hands.stage.told)
    hands.narrator.scene("Saturday afternoon: the keys to X expire")
    stage.until("Sat 14:00")
    hands.narrator.happens("somebody changes the brand's password on X; its keys no longer count")
    stage.order("/control/x/settings", revoked=[access_token])
    stage.until("Sat 14:05")
    ops = [one for one in stage.told[before:] if one.where == "#dibs-ops"]
    hands.expects("the people who run Dibs are told that it is deaf", held=len(ops) == 1)
    hands.narrator.says("lucy_n_the_bump", SHOCK)
    stage.order("/control/x/posts", author="lucy_n_the_bump", text=SHOCK)
    stage.until("Sat 14:20")
    hands.narrator.happens("somebody brings new keys")
    stage.order("/control/x/settings", revoked=[])
    stage.until("Sat 14:26")
    hands.expects("its deadline counts from the post", held=late_to(hands, taker, before) == ["Sat 14:25"])
    hands.clicks(taker, "On it", stage.newest(stage.ears.names[taker], "A case is late"))
    stage.until("Sat 14:35")
    hands.answers(taker, stage.newest("#care", "card"), "We are so sorry. It is off, and a colleague is with you.")


def night(hands: Hands, taker: str) -> None:
    """The clocks go back at two, and somebody collapses ten minutes before."""
    stage, before = hands.stage, len(hands.stage.told)
    hands.narrator.scene("The night to Sunday: the hour that comes twice")
    stage.until("Sat 22:00")
    hands.narrator.does(taker, "wants quiet from 22:00 to 08:00 and goes to bed")
    stage.person(taker, dnd_schedule="22:00-08:00")
    stage.until("Sun 01:50")
    hands.posts("citydesk_erin", COLLAPSED)
    stage.until("Sun 01:12 again")
    rung = late_to(hands, taker, before)
    hands.expects("an emergency wakes whoever covers, twenty true minutes later", held=rung == ["Sun 01:10 again"])
    hands.expects("and not whoever is at the wedding", held=not hands.told(hands.cast.away, before))
    hands.answers(taker, stage.newest("#care", "card"), "An ambulance is on its way, and our night guard is with him.")
    stage.person(taker, dnd_schedule=None)


def sunday(hands: Hands, taker: str) -> Spot:
    """A case is claimed and its answer begun on Sunday; then the weekend is over for whoever holds it."""
    stage = hands.stage
    hands.narrator.scene("Sunday: begun, and not sent")
    stage.until("Sun 14:00")
    hands.posts("tom_b_1984", LEAVING)
    card = stage.newest("#care", "card")
    stage.until("Sun 15:00")
    hands.clicks(taker, "Claim", card)
    hands.clicks(taker, "Reply", card)
    hands.narrator.does(taker, "types half an answer and closes the window")
    stage.types(taker, "text", "Sorry about the booking.")
    return card


def monday(hands: Hands, taker: str) -> None:
    """The doors open, what waited is due, and what the weekend left behind comes back with its draft."""
    stage, before = hands.stage, len(hands.stage.told)
    hands.narrator.scene("Monday: what the weekend left behind")
    stage.until("Mon 09:05")
    hands.taps(GOT_IT, before)
    stage.until("Mon 09:50")
    asked = hands.told(taker, before, "Are you still") or hands.told(taker, before, "Your shift is over")
    hands.expects("whoever still holds a case is asked whether they do", held=len(asked) == 1)
    cards = [one for one in stage.told[before:] if one.gist.startswith("card") and one.where == "#care"]
    hands.expects("without an answer it comes back to the queue", held=len(cards) == 1)
    briefs = [one for one in stage.told[before:] if one.gist.startswith("You are on call for facilities")]
    said = [stage.reads(one.channel.removeprefix("@"), Spot(one.channel, one.ts)) for one in briefs]
    hands.expects("the brief of Monday's shift names what waited", held=any("filthy" in one for one in said))
    nagged = [one for one in stage.told[before:] if one.where == "#facilities"]
    hands.expects("what waited for Monday is nagged about on Monday", held=bool(nagged))
    if cards:
        hands.answers(hands.cast.monday, Spot(cards[0].channel, cards[0].ts), "Sorry. Your booking is back, seat 14.")
