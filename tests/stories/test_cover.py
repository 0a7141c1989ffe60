"""The wedding: Ann asks for cover in two taps, one colleague takes it, and the nags of her shift find them, not her."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.story.reading import words
from tests.stories.people import ANN, BEN, CLEO, DEV, GUEST, NORA
from tests.stories.world import World

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
TAKE, HOUR, DAY = "I'll take it", 3600, 86_400


def now(world: World) -> float:
    """Business time, in seconds."""
    return float(datetime.now(UTC).timestamp()) + float(world.sandbox.get("/control/clock")["offset_seconds"])


def element(view: dict[str, Any], action: str) -> dict[str, Any]:
    """A field of the open window."""
    blocks = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    return next(one for one in blocks if one["action_id"] == action)


def asks_for_cover(world: World, note: str = "My sister marries") -> tuple[int, int]:
    """Ann asks for cover of her first shift as primary that begins in more than a day; from when till when."""
    world.command(ANN, "/dibs cover")
    view = world.view(ANN)
    keys = [option["value"] for option in element(view, "cover.choose")["options"]]
    shifts = [(key, *map(int, key.split("|")[2:])) for key in keys if "|primary|" in key]
    key, from_at, until_at = next(one for one in shifts if one[1] > now(world) + 26 * HOUR)
    order = {"as": ANN, "view_id": view["id"], "action_id": "cover.choose", "value": key}
    world.sandbox.post("/control/slack/click", **order)
    world.settle()
    chosen = world.view(ANN)
    assert element(chosen, "cover.from")["initial_date_time"] == from_at
    assert element(chosen, "cover.until")["initial_date_time"] == until_at
    world.confirms(ANN, note=note)
    return from_at, until_at


def asked(world: World) -> list[str]:
    """Who of the team can press I'll take it."""
    team = (ANN, BEN, CLEO, DEV, GUEST, NORA)
    return [one for one in team if world.direct_messages(one) and TAKE in world.labels(world.direct_message(one), one)]


def test_of_two_who_take_it_one_wins_and_the_other_reads_who(world: World) -> None:
    asks_for_cover(world)
    taker, late = [one for one in asked(world) if one != NORA][:2]
    messages = {one: world.direct_message(one) for one in (taker, late)}
    assert "My sister marries" in world.words(messages[taker], taker)
    too_late = world.pressable(late, TAKE, messages[late])

    world.does(taker, TAKE, messages[taker])
    world.press(late, too_late, messages[late])
    world.settle()

    assert [world.labels(messages[one], one) for one in (taker, late)] == [[], []]
    assert f"<@{taker}> covers for <@{ANN}>" in world.words(messages[late], late)
    assert f"<@{taker}> was faster" in " ".join(world.told(late, f"@{late}"))
    assert f"<@{taker}> covers for you" in world.direct_messages(ANN)[-1]
    assert "Thank you. You cover for" in world.direct_messages(taker)[-1]


def test_the_nags_of_a_covered_shift_go_to_whoever_took_it(world: World) -> None:
    from_at, _until_at = asks_for_cover(world)
    assert {ANN, GUEST}.isdisjoint(asked(world))
    taker = next(one for one in asked(world) if one != NORA)
    world.does(taker, TAKE, world.direct_message(taker))
    world.leap(from_at + HOUR - now(world))
    assert f"<@{taker}>" in world.command(ANN, "/dibs oncall").split("backup")[0]
    heard = {one: len(world.direct_messages(one)) for one in (ANN, taker)}

    world.customer_posts("@TidewellGyms your app says there is smoke at my gym")
    card = world.card_of("smoke at my gym")
    world.advance(25 * 60)

    nagged = world.direct_messages(taker)[heard[taker] :]
    assert any("You are on call" in said and "smoke" in said for said in nagged), nagged
    assert len(world.direct_messages(ANN)) == heard[ANN]
    world.does(taker, "Claim", card)


def test_a_request_taken_back_asks_nobody_any_more(world: World) -> None:
    asks_for_cover(world)
    colleague = asked(world)[0]
    own, message = world.direct_message(ANN), world.direct_message(colleague)
    too_late = world.pressable(colleague, TAKE, message)

    world.does(ANN, "Take it back", own)
    world.press(colleague, too_late, message)
    world.settle()

    assert world.labels(message, colleague) == []
    assert world.labels(own, ANN) == []
    assert "took the request back" in " ".join(world.told(colleague, f"@{colleague}"))


def test_nobody_takes_it_so_the_manager_hears_a_day_ahead_and_ann_when_it_begins(world: World) -> None:
    from_at, _until_at = asks_for_cover(world)

    world.leap(from_at - DAY - 40 - now(world))
    world.advance(60)
    told = next(one for one in world.messages(f"@{NORA}", NORA) if "nobody has taken it yet" in words(one))
    world.leap(from_at - now(world) + 60)

    assert f"<@{ANN}> needs cover" in words(told)
    assert 0 <= float(told["ts"]) - (from_at - DAY) < 2
    assert "Nobody could cover for you" in " ".join(world.direct_messages(ANN))
    assert asked(world) == []


def test_a_swap_is_offered_and_accepted(world: World) -> None:
    asks_for_cover(world)
    colleague = next(one for one in asked(world) if one in (BEN, CLEO, DEV))
    world.does(colleague, "Swap with one of mine", world.direct_message(colleague))
    mine = element(world.view(colleague), "swap.mine")["options"][0]["value"]

    world.confirms(colleague, mine=mine)
    world.does(ANN, "Accept the swap", world.direct_message(ANN))

    assert f"<@{colleague}> covers for you" in world.direct_messages(ANN)[-1]
    assert "In return you are" in world.direct_messages(ANN)[-1]
    assert f"<@{ANN}> is" in world.direct_messages(colleague)[-1]


def test_the_rota_and_home_show_who_is_on_call_and_ones_own_shifts(world: World) -> None:
    said = world.command(ANN, "/dibs rota")
    home = words(world.home(ANN))

    assert "Who is on call" in said
    assert "Your shifts" in said
    assert "On call" in home
    assert "Ask for cover" in home
    assert "You have no quiet hours" in home


def test_cover_is_asked_for_from_home_and_taken_back_there(world: World) -> None:
    view = world.home(ANN)
    shift = next(block for block in view["blocks"] if block.get("accessory", {}).get("action_id") == "cover.open")
    order = {"as": ANN, "view_id": view["id"], "action_id": "cover.open", "block_id": shift["block_id"]}
    world.sandbox.post("/control/slack/click", **order)
    world.settle()
    assert element(world.view(ANN), "cover.choose")["initial_option"]["value"] == shift["accessory"]["value"]
    world.confirms(ANN)
    assert "You asked for cover" in words(world.home(ANN))

    order = {"as": ANN, "view_id": view["id"], "action_id": "cover.withdraw"}
    world.sandbox.post("/control/slack/click", **order)
    world.settle()

    assert "You asked for cover" not in words(world.sandbox.get("/control/slack/home", **{"as": ANN}))
    assert asked(world) == []


def test_who_has_no_shift_is_told_so(world: World) -> None:
    assert "no shift in the next 30 days" in world.command(NORA, "/dibs cover")
    assert "They type" in world.command(ANN, "/dibs cover @ben")


def test_quiet_hours_are_kept_and_said_back(world: World) -> None:
    world.home(ANN)
    world.command(ANN, "/dibs quiet")
    answer = world.submit(ANN, **{"from": "22:00", "until": "", "awake": "yes"})
    assert "Quiet hours need an end too" in str(answer)

    world.submit(ANN, **{"from": "22:00", "until": "07:00", "awake": "yes"})

    assert "You rest from 22:00 to 07:00 (Europe/London)" in words(world.view(ANN))
    assert "You rest from 22:00 to 07:00" in words(world.sandbox.get("/control/slack/home", **{"as": ANN}))
    assert "you are asked first" in words(world.home(ANN))
