"""Views as the Web API keeps them: triggers, stack, hashes, ids, App Home, and what survives a restart."""

from pathlib import Path

import pytest

from sandbox.shelf import Shelf
from sandbox.slack import triggers
from tests.sandbox.bolt import Office, connected, office
from tests.sandbox.views.desk import (
    BLOCK_ACTIONS_IN_VIEW,
    VIEW,
    Desk,
    client_of,
    field,
    home,
    modal,
    plain,
    press,
    refusal,
    words,
)


def test_the_click_answers_the_view_its_listener_opened(desk: Desk) -> None:
    view_id = desk.open()
    shown = desk.shown()
    assert shown["id"] == view_id == shown["root_view_id"]
    assert set(shown) == VIEW
    assert shown["state"] == {"values": {"reply": {"text": {"type": "plain_text_input", "value": None}}}}


def test_a_click_that_opens_nothing_names_no_view_that_lay_there_before(desk: Desk) -> None:
    desk.open()
    ts = desk.place.post_card([press("act")])
    answer = desk.place.act("click", by="U0ANN", channel="care", ts=ts, action_id="act")
    assert (answer["error"], answer["view_id"]) == (None, None)


def test_nobody_else_sees_the_view(desk: Desk) -> None:
    view_id = desk.open()
    assert desk.place.look("view", "U0BEN").status_code == 404
    assert desk.place.try_to("submit", by="U0BEN", view_id=view_id, values={}).status_code == 404


def test_a_trigger_opens_one_view(desk: Desk) -> None:
    trigger = desk.place.run(lambda: desk.place.side.views.triggers.issue(desk.place.side, "U0ANN"))
    client = client_of(desk.place)
    client.views_open(trigger_id=trigger, view=modal())
    assert refusal(client.views_open, trigger_id=trigger, view=modal()) == "exchanged_trigger_id"
    assert refusal(client.views_open, trigger_id="1.2.abc", view=modal()) == "invalid_trigger_id"


def test_a_trigger_is_good_for_three_seconds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    trigger = desk.place.run(lambda: desk.place.side.views.triggers.issue(desk.place.side, "U0ANN"))
    monkeypatch.setattr(triggers, "GOOD_FOR", -1.0)
    assert refusal(client_of(desk.place).views_open, trigger_id=trigger, view=modal()) == "expired_trigger_id"


def test_a_view_that_breaks_block_kit_is_refused_and_leaves_the_trigger(desk: Desk) -> None:
    trigger = desk.place.run(lambda: desk.place.side.views.triggers.issue(desk.place.side, "U0ANN"))
    client = client_of(desk.place)
    assert refusal(client.views_open, trigger_id=trigger, view=modal(title=plain("x" * 25))) == "invalid_arguments"
    client.views_open(trigger_id=trigger, view=modal())


def test_a_view_of_more_than_250_kilobytes_is_too_large(desk: Desk) -> None:
    blocks = [{"type": "section", "text": plain("x" * 2900)} for _ in range(95)]
    assert refusal(client_of(desk.place).views_open, trigger_id="1.2.a", view=modal(*blocks)) == "view_too_large"


def test_no_more_than_three_views_lie_over_each_other(desk: Desk) -> None:
    desk.act = lambda client, body: client.views_push(trigger_id=body["trigger_id"], view=modal(press("act")))
    first = desk.open(modal(press("act")))
    top, tops = first, [first]
    for _ in range(3):
        top = desk.place.act("click", by="U0ANN", view_id=top, action_id="act")["view_id"]
        tops.append(top)
    assert len(set(tops)) == 3
    assert desk.refusals == ["push_limit_reached"]
    assert desk.shown()["previous_view_id"] == tops[1]
    assert desk.shown()["root_view_id"] == first


def test_a_covered_view_cannot_be_clicked(desk: Desk) -> None:
    desk.act = lambda client, body: client.views_push(trigger_id=body["trigger_id"], view=modal(press("act")))
    first = desk.open(modal(press("act")))
    desk.place.act("click", by="U0ANN", view_id=first, action_id="act")
    assert desk.place.try_to("click", by="U0ANN", view_id=first, action_id="act").status_code == 409


def test_a_click_in_a_view_carries_every_key_slack_sends(desk: Desk) -> None:
    view_id = desk.open(modal(press("act")))
    desk.place.act("click", by="U0ANN", view_id=view_id, action_id="act")
    assert set(desk.told[-1]) == BLOCK_ACTIONS_IN_VIEW
    assert desk.told[-1]["container"] == {"type": "view", "view_id": view_id}


def test_an_update_keeps_what_was_typed_where_ids_stay(desk: Desk) -> None:
    typing = words(dispatch_action_config={"trigger_actions_on": ["on_character_entered"]})
    view = modal(field("reply", typing, dispatch_action=True), field("other", words("more")))
    view_id = desk.open(view)
    desk.place.act("type", by="U0ANN", view_id=view_id, action_id="more", value="lost")
    desk.act = lambda client, body: client.views_update(
        view_id=view_id, hash=body["view"]["hash"], view=modal(view["blocks"][0], field("new", words("more")))
    )
    answer = desk.place.act("type", by="U0ANN", view_id=view_id, action_id="text", value="Sorry about")
    assert answer["acked_ms"] is not None
    assert desk.told[-1]["actions"][0]["value"] == "Sorry about"
    values = desk.shown()["state"]["values"]
    assert values["reply"]["text"]["value"] == "Sorry about"
    assert values["new"]["more"]["value"] is None


def test_typing_tells_nobody_unless_the_input_asks(desk: Desk) -> None:
    view_id = desk.open()
    answer = desk.place.act("type", by="U0ANN", view_id=view_id, action_id="text", value="Sorry")
    assert answer == {"acked_ms": None, "error": None, "view_id": view_id}
    assert desk.told == []


def test_an_update_of_an_older_state_is_a_conflict(desk: Desk) -> None:
    view_id, client = desk.open(), client_of(desk.place)
    old = desk.shown()["hash"]
    client.views_update(view_id=view_id, hash=old, view=modal())
    assert refusal(client.views_update, view_id=view_id, hash=old, view=modal()) == "hash_conflict"
    assert refusal(client.views_update, view_id="V0", view=modal()) == "not_found"


def test_an_external_id_names_one_open_view(desk: Desk) -> None:
    desk.open(modal(external_id="draft-7"))
    client = client_of(desk.place)
    client.views_update(external_id="draft-7", view=modal(title=plain("Changed")))
    assert desk.shown()["title"]["text"] == "Changed"
    trigger = desk.place.run(lambda: desk.place.side.views.triggers.issue(desk.place.side, "U0BEN"))
    assert refusal(client.views_open, trigger_id=trigger, view=modal(external_id="draft-7")) == "duplicate_external_id"


def test_opening_home_answers_what_the_app_publishes(desk: Desk) -> None:
    view = desk.place.act("home", by="U0HANA")
    assert view["type"] == "home"
    assert view["blocks"][0]["text"]["text"] == "Hello <@U0HANA>"
    assert desk.place.look("home", "U0HANA").json() == view
    assert desk.place.look("home", "U0IAN").status_code == 404


def test_a_published_home_has_a_hash_and_keeps_its_id(place: Office) -> None:
    client = client_of(place)
    first = client.views_publish(user_id="U0KIT", view=home())["view"]
    second = client.views_publish(user_id="U0KIT", view=home(), hash=first["hash"])["view"]
    assert set(first) == VIEW
    assert first["id"] == second["id"]
    assert refusal(client.views_publish, user_id="U0KIT", view=home(), hash=first["hash"]) == "hash_conflict"
    assert refusal(client.views_publish, user_id="U0NOBODY", view=home()) == "user_not_found"


def test_a_home_survives_a_restart_and_an_open_modal_does_no_harm(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with office(shelf) as before:
        desk = Desk(before)
        with connected(before, desk.app()):
            desk.open()
        client_of(before).views_publish(user_id="U0ANN", view=home("Still here"))
    shelf.close()
    with office(Shelf(tmp_path)) as after:
        assert after.look("home", "U0ANN").json()["blocks"][0]["text"]["text"] == "Still here"
        assert after.look("view", "U0ANN").status_code == 404
