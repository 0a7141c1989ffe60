"""Forms: their values by type, what the client refuses, what the acknowledgement makes of them, and closing."""

from typing import Any

import pytest

from tests.sandbox.views.desk import VIEW, VIEW_CLOSED, VIEW_SUBMISSION, Desk, field, modal, plain, press, words

Json = dict[str, Any]


def test_a_submission_carries_the_form_in_the_types_of_its_inputs(desk: Desk) -> None:
    options = [{"text": plain(value), "value": value} for value in ("low", "high")]
    blocks = [
        field("a", words(initial_value="Dear Sir")),
        field("b", {"type": "radio_buttons", "action_id": "radio", "options": options}),
        field("c", {"type": "checkboxes", "action_id": "checks", "options": options}, optional=True),
        field("d", {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-23"}),
        field("e", {"type": "users_select", "action_id": "who"}),
        field("f", {"type": "number_input", "action_id": "number", "is_decimal_allowed": False}),
        field("g", {"type": "multi_static_select", "action_id": "many", "options": options}),
    ]
    view_id = desk.open(modal(*blocks, private_metadata="case-7"))
    done = desk.submit(view_id, radio="low", who="U0BEN", number="7", many=["high"])
    assert done == {"closed": True, "errors": {}, "view_id": None}
    told = desk.told[-1]
    assert set(told) == VIEW_SUBMISSION
    assert set(told["view"]) == VIEW
    values = {action: typed for block in told["view"]["state"]["values"].values() for action, typed in block.items()}
    assert values["text"] == {"type": "plain_text_input", "value": "Dear Sir"}
    assert values["radio"]["selected_option"]["value"] == "low"
    assert values["checks"] == {"type": "checkboxes", "selected_options": []}
    assert values["day"] == {"type": "datepicker", "selected_date": "2026-11-23"}
    assert values["who"] == {"type": "users_select", "selected_user": "U0BEN"}
    assert values["number"] == {"type": "number_input", "value": "7"}
    assert [option["value"] for option in values["many"]["selected_options"]] == ["high"]
    assert told["view"]["private_metadata"] == "case-7"


@pytest.mark.parametrize(
    ("element", "value"),
    [
        (words(), ""),
        (words(), None),
        (words(min_length=5), "abc"),
        (words(max_length=5), "abcdef"),
        ({"type": "number_input", "action_id": "text", "is_decimal_allowed": False}, "1.5"),
        ({"type": "number_input", "action_id": "text", "is_decimal_allowed": True, "max_value": "2"}, "2.5"),
        ({"type": "number_input", "action_id": "text", "is_decimal_allowed": True, "min_value": "2"}, "1.5"),
        ({"type": "email_text_input", "action_id": "text"}, "ann at home"),
        ({"type": "url_text_input", "action_id": "text"}, "example"),
    ],
    ids=str,
)
def test_the_client_refuses_a_wrong_form_without_asking_the_app(desk: Desk, element: Json, value: Any) -> None:
    view_id = desk.open(modal(field("reply", element)))
    answer = desk.submit(view_id, text=value)
    assert answer == {"closed": False, "errors": {"text": answer["errors"]["text"]}, "view_id": view_id}
    assert desk.told == []


def test_the_apps_errors_stand_under_their_inputs_and_the_text_stays(desk: Desk) -> None:
    view_id = desk.open()
    desk.answer = {"response_action": "errors", "errors": {"reply": "17 characters too long."}}
    answer = desk.submit(view_id, text="much too long")
    assert answer == {"closed": False, "errors": {"text": "17 characters too long."}, "view_id": view_id}
    assert desk.shown()["state"]["values"]["reply"]["text"]["value"] == "much too long"


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"no such block": "Wrong."}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
    ids=str,
)
def test_an_answer_slack_cannot_follow_leaves_the_modal_with_an_error(desk: Desk, answer: Json) -> None:
    view_id = desk.open()
    desk.answer = answer
    shown = desk.submit(view_id, text="Sorry")
    assert (shown["closed"], shown["view_id"]) == (False, view_id)
    assert shown["error"]


def test_a_submission_may_change_push_or_clear(desk: Desk) -> None:
    view_id = desk.open()
    desk.answer = {"response_action": "update", "view": modal(title=plain("Sure?"))}
    assert desk.submit(view_id, text="a") == {"closed": False, "errors": {}, "view_id": view_id}
    assert desk.shown()["title"]["text"] == "Sure?"
    desk.answer = {"response_action": "push", "view": modal(title=plain("Really?"))}
    pushed = desk.submit(view_id, text="a")
    assert pushed["view_id"] != view_id
    desk.answer = {}
    assert desk.submit(pushed["view_id"], text="a") == {"closed": True, "errors": {}, "view_id": view_id}
    desk.answer = {"response_action": "clear"}
    assert desk.submit(view_id, text="a") == {"closed": True, "errors": {}, "view_id": None}


def test_a_late_answer_leaves_the_modal_open_with_an_error(desk: Desk) -> None:
    view_id = desk.open(modal(callback_id="nobody listens"))
    desk.place.run(lambda: setattr(desk.place.side.links, "patience", 0.2))
    answer = desk.submit(view_id, text="Sorry")
    desk.place.run(lambda: setattr(desk.place.side.links, "patience", 3.0))
    assert (answer["closed"], answer["errors"], answer["view_id"]) == (False, {}, view_id)
    assert answer["error"]


def test_closing_is_told_only_where_the_view_asks(desk: Desk) -> None:
    desk.place.act("close", by="U0ANN", view_id=desk.open())
    assert desk.told == []
    view_id = desk.open(modal(notify_on_close=True))
    assert desk.place.act("close", by="U0ANN", view_id=view_id) == {"closed": True, "view_id": None}
    assert set(desk.told[-1]) == VIEW_CLOSED
    assert desk.told[-1]["is_cleared"] is False


def test_values_for_what_is_no_input_are_refused(desk: Desk) -> None:
    view_id = desk.open(modal(press("act")))
    assert desk.place.try_to("submit", by="U0ANN", view_id=view_id, values={"act": "x"}).status_code == 400
    assert desk.place.try_to("submit", by="U0ANN", view_id=view_id, values={"none": "x"}).status_code == 404
    assert desk.place.try_to("submit", by="U0ANN", view_id=view_id, values=[]).status_code in (200, 400)


@pytest.mark.parametrize("value", [["a list"], {"an": "object"}], ids=str)
def test_a_text_field_takes_text_only(desk: Desk, value: Any) -> None:
    view_id = desk.open()
    assert desk.place.try_to("submit", by="U0ANN", view_id=view_id, values={"text": value}).status_code == 400
    assert desk.told == []
