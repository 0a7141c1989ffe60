"""Triage from post to people: praise stays out of the way, complaints never do, and everybody can say otherwise."""

import json
import re

from sqlalchemy import insert

from bot.story.reading import Json, words
from storage.schema_triage import layers
from storage.scope import Scope
from storage.store import open_store
from storage.types import EPOCH
from tests.stories.people import ANN, BEN
from tests.stories.world import NORA, Spot, World

PRAISE = "@TidewellGyms thank you so much, wonderful staff, they made my day"
HIDDEN = "@TidewellGyms lovely staff, thank you, but somebody collapsed and isn't breathing"
RUDE = "@TidewellGyms the man at the desk was rude to my son"
DAY = 86_400
CHANNELS = ("care", "facilities", "billing", "press")


def all_cards(world: World) -> list[Spot]:
    return [card for channel in CHANNELS for card in world.cards(channel)]


def digest_in(world: World, channel: str = "care") -> Spot:
    (found,) = [one for one in world.messages(channel) if "put away" in one["text"]]
    return Spot(channel, found["ts"])


def due(world: World, card: Spot) -> int:
    """When the first response is due, as the card says."""
    found = re.search(r"First response (?:due|was due) <!date\^(\d+)", world.words(card))
    assert found, world.words(card)
    return int(found[1])


def bold(part: object) -> list[str]:
    """Everything a modal shows in bold."""
    if isinstance(part, list):
        return [text for one in part for text in bold(one)]
    if not isinstance(part, dict):
        return []
    own = [str(part["text"])] if (part.get("style") or {}) == {"bold": True} else []
    return own + [text for one in part.values() for text in bold(one)]


def in_window(world: World, person: str, action: str) -> None:
    """Press a button of the window this person looks at, and let the bot finish."""
    order = {"as": person, "view_id": world.view(person)["id"], "action_id": action}
    answer = world.sandbox.post("/control/slack/click", **order)
    assert answer["error"] is None, answer
    world.settle()


def shown(world: World, person: str) -> str:
    """What this person's window says."""
    return words(world.view(person))


def test_praise_waits_for_the_digest_and_one_tap_brings_it_back_with_its_old_deadline(world: World) -> None:
    world.customer_posts(RUDE, "marco_spin")
    usual = due(world, world.card_of("rude"))
    world.customer_posts(PRAISE)
    assert len(all_cards(world)) == 1

    world.leap(4 * DAY)
    digest = digest_in(world)
    assert "wonderful staff" in world.words(digest)
    assert "surely no complaint" in world.words(digest)
    world.does(ANN, "It is one", digest)

    card = world.card_of("wonderful staff")
    assert "late by triage" in world.words(card)
    assert abs(due(world, card) - usual) < 60
    assert f"Rescued by <@{ANN}>" in world.words(digest)
    assert "It is one" not in world.labels(digest)


def test_a_find_about_nothing_is_kept_and_shown_to_nobody(world: World) -> None:
    world.customer_posts("Tidewell is such a pretty village, what a lovely sunset")

    assert all_cards(world) == []
    assert "pretty village" in world.command(NORA, "/dibs find pretty village")


def test_an_emergency_in_the_middle_of_praise_is_a_card_and_calls_its_person(world: World) -> None:
    world.customer_posts(HIDDEN)
    world.advance(5)

    (card,) = all_cards(world)
    assert "*Emergency*" in world.words(card)
    assert "collapsed" in world.direct_messages("U0KIT")[0]


def test_a_model_that_broke_makes_cards_of_everything(world: World) -> None:
    scope = Scope("tidewell", "tidewellgyms")
    store = open_store(world.database_url, scope)
    with store.begin() as tx:
        body = json.dumps({"weights": {"7": float("nan")}})
        row = {"basis": "broken", "live": True, "body": body, "figures": {}, "at": EPOCH, **scope.columns}
        tx.connection.execute(insert(layers), row)
    store.close()

    world.customer_posts(PRAISE)

    assert "please read it with care" in world.words(world.card_of("wonderful staff"))


def test_a_card_put_away_by_mistake_is_back_with_one_tap(world: World) -> None:
    world.customer_posts(RUDE)
    world.does(ANN, "Not a complaint", world.card_of("rude"))
    assert "Not a complaint" in world.words(world.card_of("rude"))

    world.does(ANN, "Undo", world.notice(ANN))

    card = world.card_of("rude")
    assert "Claim" in world.labels(card)
    assert any("Nothing is learnt from it" in said for said in world.told(ANN))


def test_why_here_shows_what_was_seen_and_how_to_say_otherwise(world: World) -> None:
    world.customer_posts(RUDE)

    world.does(BEN, "Why here?", world.card_of("rude"))

    window: Json = world.view(BEN)
    assert "rude" in bold(window["blocks"])
    assert "“rude” leads to care" in words(window)
    assert "the author named us" in words(window)
    in_window(world, BEN, "case.worse")
    assert "urgent" in world.words(world.card_of("rude"))


def test_more_urgent_twice_is_an_emergency_that_calls_its_person(world: World) -> None:
    world.customer_posts(RUDE)

    world.does(ANN, "More urgent", world.card_of("rude"))
    world.does(ANN, "More urgent", world.card_of("rude"))
    world.advance(5)

    assert "*Emergency*" in world.words(world.card_of("rude"))
    assert "rude" in world.direct_messages("U0KIT")[0]


def test_a_step_up_from_the_window_is_seen_in_it_and_taken_back_in_it(world: World) -> None:
    world.customer_posts(RUDE)
    world.does(BEN, "Why here?", world.card_of("rude"))

    in_window(world, BEN, "case.worse")
    assert "counts as urgent now" in shown(world, BEN)
    assert "Severity:* urgent" in shown(world, BEN)
    in_window(world, BEN, "lesson.undo")

    assert "counts as urgent now" not in shown(world, BEN)
    assert "Severity:* normal" in shown(world, BEN)
    assert "urgent" not in world.words(world.card_of("rude"))


def test_not_a_complaint_from_the_window_is_seen_in_it_and_taken_back_in_it(world: World) -> None:
    world.customer_posts(RUDE)
    world.does(BEN, "Why here?", world.card_of("rude"))

    in_window(world, BEN, "case.dismiss")
    assert "is put away as no complaint" in shown(world, BEN)
    assert "Claim" not in world.labels(world.card_of("rude"))
    in_window(world, BEN, "lesson.undo")

    assert "Claim" in world.labels(world.card_of("rude"))


def test_the_same_step_pressed_by_two_is_one_step_and_calls_nobody(world: World) -> None:
    world.customer_posts(RUDE)
    card = world.card_of("rude")

    world.all_at_once([ANN, BEN], "More urgent", card)
    world.settle()

    assert "urgent" in world.words(card)
    assert world.direct_messages("U0KIT") == []
    assert any("counts as urgent already" in said for one in (ANN, BEN) for said in world.told(one))


def test_wrong_team_says_where_it_went_and_its_undo_brings_it_back(world: World) -> None:
    world.customer_posts(RUDE)
    world.does(ANN, "Wrong team", world.card_of("rude"))
    world.confirms(ANN, team="billing")
    card = world.card_of("rude", "billing")
    world.advance(4)

    told = world.direct_message(ANN)
    assert "is with billing now" in world.words(told, ANN)
    assert f"p{card.ts.replace('.', '')}|open its card" in world.words(told, ANN)
    world.does(ANN, "Undo", told)

    assert "Claim" in world.labels(world.card_of("rude"))
    assert "passed back to care" in world.words(world.card_of("rude"))


def test_what_a_colleague_did_meanwhile_is_named_with_the_way_out(world: World) -> None:
    world.customer_posts(RUDE)
    card = world.card_of("rude")
    world.does(ANN, "Wrong team", card)
    world.does(BEN, "Not a complaint", card)

    answer = world.submit(ANN, team="billing")

    (told,) = answer["errors"].values()
    assert told == "Ben Okafor has put this case away as no complaint already. Reopen on its card brings it back."


def test_two_who_put_the_same_card_away_put_it_away_once(world: World) -> None:
    world.customer_posts(RUDE)
    card = world.card_of("rude")

    world.all_at_once([ANN, BEN], "Not a complaint", card)
    world.settle()

    told = [said for one in (ANN, BEN) for said in world.told(one)]
    assert len([said for said in told if "It can be taken back" in said]) == 1
    assert len([said for said in told if "put this case away as no complaint already" in said]) == 1


def test_an_undo_that_comes_too_late_or_twice_says_which_and_what_is_left(world: World) -> None:
    world.customer_posts(RUDE)
    world.does(ANN, "Not a complaint", world.card_of("rude"))
    notice = world.notice(ANN)
    world.does(ANN, "Undo", notice)
    world.does(ANN, "Undo", notice)
    assert any("taken back already" in said for said in world.told(ANN))

    world.does(ANN, "Not a complaint", world.card_of("rude"))
    late = world.notice(ANN)
    world.advance(601)
    world.does(ANN, "Undo", late)

    assert any("ten minutes in which" in said and "Reopen on its card" in said for said in world.told(ANN))


def test_a_rescue_is_taken_back_and_the_digest_offers_it_again(world: World) -> None:
    world.customer_posts(PRAISE)
    world.leap(4 * DAY)
    digest = digest_in(world)
    world.does(ANN, "It is one", digest)

    world.does(ANN, "Undo", world.notice(ANN))

    (card,) = all_cards(world)
    assert "Claim" not in world.labels(card)
    assert "It is one" in world.labels(digest)
    assert "Rescued" not in world.words(digest)


def test_two_who_rescue_the_same_post_get_one_card(world: World) -> None:
    world.customer_posts(PRAISE)
    world.leap(4 * DAY)

    world.all_at_once([ANN, BEN], "It is one", digest_in(world))
    world.settle()

    assert len(all_cards(world)) == 1
    assert any("isn't put away any more" in said for one in (ANN, BEN) for said in world.told(one))
