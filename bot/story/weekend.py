"""Thursday to Saturday: a wedding covered, an ordinary complaint, emergencies, thirteen people at one case."""

from bot.story.hands import Hands
from bot.story.hearing import NAGS, weekday
from bot.story.stage import Spot, Unsettled
from domain.rota import Shift

REACHED, GOT_IT, TAKE = "This reaches me", "I've got it", "I'll take it"
RUDE = "@TidewellGyms the lady at the desk in Harbour St was rude to my son. Not the first time."
FILTHY = "@TidewellGyms the changing rooms at Harbour St are filthy again. Third week running."
SMOKE = "@TidewellGyms your app says open, but there is smoke coming out of the studio and no staff anywhere"
GAS = "@TidewellGyms your app has us in the yoga class, but the whole room smells like a gas leak"


def thursday(hands: Hands, shift: Shift) -> str:
    """Whoever has the weekend asks for cover; the first of two to take it has it. The taker's Slack id."""
    stage, cast, away = hands.stage, hands.cast, hands.cast.away
    hands.narrator.scene("Thursday: the check before the weekend, and a wedding")
    stage.until("Thu 10:05")
    hands.taps(REACHED, 0)
    check = stage.newest("#dibs-ops", "Before the weekend")
    hands.expects(
        "the check is green once everybody has tapped", held="All is well" in stage.reads(cast.manager, check)
    )
    stage.until("Thu 16:00")
    before = len(stage.told)
    _ask_for_cover(hands, shift)
    asked = [one for one in hands.cast.colleagues if hands.told(one, before)]
    hands.expects("both colleagues who are free are asked for cover", held=len(asked) == len(hands.cast.colleagues))
    spots = {one: Spot(heard.channel, heard.ts) for one in asked for heard in hands.told(one, before)[:1]}
    taker, late = _race(hands, spots)
    hands.expects("one colleague covers", held="You took these hours" in stage.reads(taker, spots[taker]))
    hands.expects("the other can rest", held="covers for" in stage.reads(late, spots[late]))
    answer = [heard.whole for heard in hands.told(away, before)]
    hands.expects("who asked knows who covers", held=any("covers for you" in said for said in answer))
    stage.until("Thu 17:00")
    hands.taps(REACHED, before)
    return taker


def _ask_for_cover(hands: Hands, shift: Shift) -> None:
    stage, away = hands.stage, hands.cast.away
    hands.narrator.does(away, "types /dibs cover: my sister gets married on Saturday")
    stage.order("/control/slack/command", **{"as": away, "channel": "care", "text": "/dibs cover"})
    stage.settle()
    begins = int(shift.from_at.timestamp())
    view = stage.view(away)
    keys = [one["value"] for block in view["blocks"] for one in (block.get("element") or {}).get("options", [])]
    key = next((one for one in keys if "|primary|" in one and one.split("|")[2] == str(begins)), None)
    if key is None:
        raise Unsettled(f"the window offers no shift that begins then, only {keys}")
    stage.order(
        "/control/slack/click", **{"as": away, "view_id": view["id"], "action_id": "cover.choose", "value": key}
    )
    stage.settle()
    stage.fills(away, note="My sister gets married on Saturday")
    stage.until("Thu 16:05")


def _race(hands: Hands, spots: dict[str, Spot]) -> tuple[str, str]:
    """Two press at nearly the same moment: who has it, and who was late."""
    first, second = list(spots)[:2]
    late_press = hands.stage.click_order(second, TAKE, spots[second])
    hands.clicks(first, TAKE, spots[first])
    hands.narrator.does(second, "clicks I'll take it, a second later")
    hands.stage.order("/control/slack/click", **late_press)
    hands.stage.settle()
    return first, second


def friday(hands: Hands) -> None:
    """An ordinary complaint on an ordinary day."""
    stage = hands.stage
    hands.narrator.scene("Friday: an ordinary complaint")
    before = len(stage.told)
    stage.until("Fri 09:05")
    hands.taps(GOT_IT, before)
    stage.until("Fri 10:20")
    before = len(stage.told)
    hands.posts("harriet_runs", RUDE)
    card = stage.newest("#care", "card")
    stage.until("Fri 10:34")
    hands.answers(hands.cast.monday, card, "That is not the welcome you should get. Sorry, and thank you.")
    stage.until("Fri 18:05")
    hands.taps(GOT_IT, before)
    stage.until("Fri 19:00")
    hands.expects("nobody is nagged about what was answered in time", held=not _nagged(hands, before))


def saturday(hands: Hands, taker: str) -> None:
    """What can wait waits; an emergency doesn't; thirteen people are one too many for one case."""
    stage, before = hands.stage, len(hands.stage.told)
    hands.narrator.scene("Saturday: what can wait, and what can't")
    stage.until("Sat 09:40")
    hands.posts("swimwithsal", FILTHY)
    stage.until("Sat 10:15")
    hands.expects("dirty changing rooms wake nobody on a Saturday", held=not _nagged(hands, before))
    hands.posts("oldharbourview", SMOKE)
    stage.until("Sat 10:16")
    hands.expects("the person for emergencies is told at once", held=bool(hands.told(hands.cast.emergency, before)))
    card, people = stage.newest("#care", "card"), hands.cast.everybody[:13]
    hands.pile_up(people, "Claim", card)
    holders = [one for one in people if hands.holds(one, card)]
    hands.expects(f"one of {len(people)} holds the case", held=len(holders) == 1)
    quietly = [one for one in people if any("was faster" in said for said in stage.aside(one, "care"))]
    hands.expects("the others are told, each of them quietly", held=len(quietly) == len(people) - 1)
    hands.answers(holders[0], card, "Thank you for telling us. Everybody is out, and the fire brigade is there now.")
    _unseen(hands, taker)


def _unseen(hands: Hands, taker: str) -> None:
    """An emergency nobody sees climbs, past whoever is at the wedding."""
    stage, before, cast = hands.stage, len(hands.stage.told), hands.cast
    hands.narrator.scene("Saturday noon: everybody is at lunch, one is at a wedding")
    stage.until("Sat 12:30")
    hands.posts("marco_spin", GAS)
    stage.until("Sat 13:12")
    hands.expects("whoever covers is told first", held=late_to(hands, taker, before) == ["Sat 12:50"])
    hands.expects("then the backup", held=late_to(hands, cast.backup, before) == ["Sat 13:00"])
    hands.expects("then the manager", held=late_to(hands, cast.manager, before) == ["Sat 13:10"])
    hands.expects("the wedding isn't disturbed", held=not hands.told(cast.away, before))
    hands.answers(cast.backup, stage.newest("#care", "card"), "Thank you. The corridor is closed, and the gas is off.")
    nag = stage.newest(stage.ears.names[cast.manager], "A case is late")
    said = stage.reads(cast.manager, nag)
    hands.expects("the nags say in place who has it", held=f"claimed by @{stage.ears.names[cast.backup]}" in said)


def _nagged(hands: Hands, since: int) -> list[str]:
    """Which places were nagged since then."""
    return [one.where for one in hands.stage.told[since:] if any(nag in one.gist for nag in NAGS)]


def late_to(hands: Hands, person: str, since: int) -> list[str]:
    """At which minutes this person was told that a case is late."""
    return [weekday(one.at) for one in hands.told(person, since, "A case is late")]
