"""Rules from Slack, over the wire: made, tried on the past, watched for a week, armed; and who is told what."""

from typing import Any

from tests.stories.people import BEN, ELI, FAY, GUEST
from tests.stories.world import Spot, World

WEEK = 7 * 24 * 3600.0
QUERY = "(dirty OR filthy) NEAR/5 room*"
PAST = ("dirty changing rooms again", "a filthy room, awful", "my booking is gone and nobody answers")


def posts(world: World) -> None:
    """A little past: two about rooms, one about something else."""
    for text in PAST:
        world.customer_posts(f"@TidewellGyms {text}")


def seen(world: World, person: str) -> str:
    """Everything this person's window says."""
    return str(world.view(person).get("blocks"))


def press(world: World, person: str, action: str) -> None:
    """Press a button of the window this person looks at."""
    order = {"as": person, "view_id": world.view(person)["id"], "action_id": action}
    world.sandbox.post("/control/slack/click", **order)
    world.settle()


def listed(world: World, person: str) -> Spot:
    """The list of rules, asked for anew."""
    place = "care" if person in (BEN, GUEST) else "facilities"
    world.command(person, "/dibs rules", place)
    return world.notice(person, place)


def make(world: World, **fields: str) -> dict[str, Any]:
    """Eli makes a rule; the answer to the submission."""
    world.does(ELI, "New rule", listed(world, ELI))
    filled = {"name": "dirty rooms", "query": QUERY, "team": "facilities", "severity": "normal", **fields}
    answer = world.submit(ELI, **filled)
    world.settle()
    return answer


def close(world: World, person: str) -> None:
    """Close every window."""
    order = {"as": person, "view_id": world.view(person)["id"], "all": True}
    world.sandbox.post("/control/slack/close", **order)


def test_a_rule_is_made_tried_and_armed(world: World) -> None:
    posts(world)

    made = make(world)
    world.does(ELI, "Try it", listed(world, ELI))

    assert made["closed"], made
    assert any("dirty rooms is watched from now on" in one.replace("*", "") for one in world.everything("facilities"))
    assert "It would have caught 2 of 3 posts" in seen(world, ELI)
    assert "a filthy room, awful" in seen(world, ELI)
    close(world, ELI)
    world.customer_posts("@TidewellGyms the man at the desk was rude", author="tom_b")
    world.customer_posts("@TidewellGyms I was charged twice", author="priya_k")
    world.does(ELI, "Try it", listed(world, ELI))
    press(world, ELI, "back_test.arm")

    assert any("dirty rooms decides from now on" in one.replace("*", "") for one in world.everything("facilities"))
    assert "armed" in world.words(listed(world, ELI), ELI)


def test_the_languages_of_a_rule_are_asked_for_checked_and_kept(world: World) -> None:
    refused = make(world, languages="en, klingon")
    assert "“klingon” is no language code" in str(refused)
    close(world, ELI)

    make(world, languages="English, de")
    assert "only en, de" in world.words(listed(world, ELI), ELI)

    world.does(ELI, "Show and edit", listed(world, ELI))
    assert "'initial_value': 'en, de'" in seen(world, ELI)
    world.submit(ELI, languages="")
    world.settle()
    assert "only en" not in world.words(listed(world, ELI), ELI)


def test_a_query_that_cant_be_read_is_shown_at_its_field_with_its_column(world: World) -> None:
    answer = make(world, query='dirty "rooms')

    assert "column 7: This quotation mark is never closed." in str(answer)
    assert not answer["closed"]
    assert not any("dirty rooms" in one for one in world.everything("facilities"))


def test_a_draft_is_tried_from_its_window_before_it_is_made(world: World) -> None:
    posts(world)
    world.does(ELI, "New rule", listed(world, ELI))
    view = world.view(ELI)
    for gesture, action, value in (("type", "rule.query", QUERY), ("click", "rule.team", "facilities")):
        order = {"as": ELI, "view_id": view["id"], "action_id": action, "value": value}
        world.sandbox.post(f"/control/slack/{gesture}", **order)

    press(world, ELI, "rule.try")

    assert "It would have caught 2 of 3 posts" in seen(world, ELI)


def test_without_a_window_the_result_comes_by_direct_message(world: World) -> None:
    posts(world)
    make(world)
    spot = listed(world, ELI)
    world.fault("slack", "views.open", "refuse:expired_trigger_id")

    world.does(ELI, "Try it", spot)

    (told,) = [one for one in world.direct_messages(ELI) if "You tried" in one]
    assert "2 of 3 posts" in told


def test_after_a_week_its_maker_is_asked_what_shall_become_of_it(world: World) -> None:
    make(world)
    world.leap(WEEK - 60)
    world.customer_posts("@TidewellGyms dirty changing rooms again")
    before = [one for one in world.direct_messages(ELI) if "watched for a week" in one]

    world.leap(120)
    world.settle()

    told = [one for one in world.direct_messages(ELI) if "watched for a week" in one]
    assert before == []
    assert len(told) == 1
    assert "caught 1 post," in told[0]
    world.does(ELI, "Drop", world.direct_message(ELI))
    assert world.labels(world.direct_message(ELI), ELI) == []
    assert "There are no rules yet" in world.words(listed(world, ELI), ELI)


def test_guests_and_other_teams_change_nothing(world: World) -> None:
    make(world)

    theirs = world.labels(listed(world, BEN), BEN)
    refused = world.words(listed(world, GUEST), GUEST)

    assert "New rule" in theirs
    assert "Try it" not in theirs
    assert "Rules are for colleagues of this workspace." in refused


def type_in(world: World, person: str, action: str, value: str) -> None:
    """Type into a field of the window this person looks at."""
    order = {"as": person, "view_id": world.view(person)["id"], "action_id": action, "value": value}
    world.sandbox.post("/control/slack/type", **order)


def test_a_rule_is_deleted_only_by_somebody_who_was_asked(world: World) -> None:
    make(world)

    world.does(ELI, "Delete", listed(world, ELI))
    assert "Nothing brings it back" in seen(world, ELI)
    assert "dirty rooms" in world.words(listed(world, ELI), ELI)
    world.confirms(ELI)

    assert "There are no rules yet" in world.words(listed(world, ELI), ELI)
    assert any("dirty rooms is deleted" in one.replace("*", "") for one in world.everything("facilities"))


def test_a_window_that_a_colleague_overtook_says_so_and_changes_nothing(world: World) -> None:
    make(world)
    world.does(ELI, "Show and edit", listed(world, ELI))
    world.command(FAY, "/dibs rules", "facilities")
    world.does(FAY, "Switch off", world.notice(FAY, "facilities"))

    answer = world.submit(ELI, query="dirty")

    assert "/dibs rules shows it as it is now" in str(answer["errors"])
    assert "off" in world.words(listed(world, ELI), ELI)


def test_changed_words_are_watched_again_and_the_team_reads_both(world: World) -> None:
    posts(world)
    make(world)
    world.does(ELI, "Arm", listed(world, ELI))
    assert "too broad to be armed" in seen(world, ELI)
    assert "back_test.arm" not in seen(world, ELI)
    close(world, ELI)
    for number, text in enumerate(("the man was rude", "charged twice", "the pool was shut", "no towels")):
        world.customer_posts(f"@TidewellGyms {text} and nobody answers", author=f"other_{number}")
    world.does(ELI, "Try it", listed(world, ELI))
    press(world, ELI, "back_test.arm")
    close(world, ELI)

    world.does(ELI, "Show and edit", listed(world, ELI))
    world.confirms(ELI, query="filthy NEAR/5 room*")

    assert "watched" in world.words(listed(world, ELI), ELI)
    said = " ".join(world.everything("facilities"))
    assert "filthy NEAR/5 room*" in said
    assert QUERY in said


def test_a_rule_that_only_says_what_must_not_be_there_is_refused_with_its_back_test(world: World) -> None:
    posts(world)
    make(world, query="NOT charged")

    world.does(ELI, "Arm", listed(world, ELI))

    assert "It would have caught" in seen(world, ELI)
    assert "can't be armed, because it says only what a post must not have" in seen(world, ELI)
    assert "back_test.arm" not in seen(world, ELI)
    close(world, ELI)
    world.does(ELI, "Arm", listed(world, ELI))
    assert any("say what a post must have" in said for said in world.told(ELI, "facilities"))
    assert "watched" in world.words(listed(world, ELI), ELI)


def test_a_fault_is_shown_in_the_trial_with_a_caret_under_its_place(world: World) -> None:
    world.does(ELI, "New rule", listed(world, ELI))
    type_in(world, ELI, "rule.query", "dirty NEAR rooms")
    order = {"as": ELI, "view_id": world.view(ELI)["id"], "action_id": "rule.team", "value": "facilities"}
    world.sandbox.post("/control/slack/click", **order)

    press(world, ELI, "rule.try")

    assert "column 7" in seen(world, ELI)
    assert "```dirty NEAR rooms\\n      ^```" in seen(world, ELI)
