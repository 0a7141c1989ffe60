"""Payloads that Slack takes: every block on a surface that allows it, every element in a block that takes it."""

from sandbox.blocks import Surface
from tests.sandbox.blocks.pieces import (
    PICTURE,
    Json,
    actions,
    button,
    card,
    cell,
    chart,
    confirm,
    container,
    data_table,
    field,
    home,
    modal,
    mrkdwn,
    option,
    options,
    picture,
    pie,
    plain,
    provider,
    rich,
    run,
    section,
    series,
    table,
    task,
    typed,
    video,
)

FILTER = {"include": ["im", "private"], "exclude_bot_users": True}
ON_ENTER = {"trigger_actions_on": ["on_enter_pressed"]}
WORKFLOW = {"trigger": {"url": "https://slack.com/shortcuts/Ft1/abc", "customizable_input_parameters": []}}
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "answer.rate",
    "positive_button": {"text": plain("Good"), "value": "+", "accessibility_label": "Good answer"},
    "negative_button": {"text": plain("Bad"), "value": "-"},
}
BIN = {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "visible_to_user_ids": ["U1"], "value": "7"}

EVERY_RUN: list[Json] = [
    run("Where is my parcel?\n", style={"bold": True, "italic": True, "strike": False, "code": False}),
    {"type": "link", "url": "https://x.example.com/a/status/1", "text": "the post", "style": {"underline": True}},
    {"type": "emoji", "name": "package", "unicode": "1f4e6"},
    {"type": "user", "user_id": "U1", "style": {"highlight": True}},
    {"type": "channel", "channel_id": "C1"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "team", "team_id": "T1"},
    {"type": "broadcast", "range": "here"},
    {"type": "color", "value": "#1D9BF0"},
    {"type": "date", "timestamp": 1764000000, "format": "{date_num} at {time}", "fallback": "today"},
]
LIST = {
    "type": "rich_text_list",
    "style": "bullet",
    "indent": 1,
    "border": 0,
    "elements": [{"type": "rich_text_section", "elements": [run()]}],
}
QUOTE = {"type": "rich_text_quote", "elements": EVERY_RUN}
VERBATIM = {"type": "rich_text_preformatted", "elements": [run(), {"type": "link", "url": "https://example.com"}]}

MESSAGES: dict[str, Json] = {
    "actions with every button": [
        actions(
            button(style="primary", value="7", confirm=confirm(style="danger"), accessibility_label="Claim the case"),
            button("card.view", url="https://x.example.com/a/status/1", style="danger"),
            {"type": "workflow_button", "action_id": "w", "text": plain("Run"), "workflow": WORKFLOW},
            {"type": "overflow", "action_id": "card.more", "options": [option(url="https://example.com")]},
        )
    ],
    "actions with every picker": [
        actions(
            {"type": "datepicker", "action_id": "a", "initial_date": "2026-02-28", "placeholder": plain("Day")},
            {"type": "timepicker", "action_id": "b", "initial_time": "23:59", "timezone": "Europe/Berlin"},
            {"type": "datetimepicker", "action_id": "c", "initial_date_time": 1764000000},
            {"type": "checkboxes", "action_id": "d", "options": options(10), "initial_options": options(2)},
            {"type": "radio_buttons", "action_id": "e", "options": options(2), "initial_option": options(1)[0]},
            {"type": "rich_text_input", "action_id": "f", "initial_value": rich(run())},
        )
    ],
    "actions with every select": [
        actions(
            {"type": "static_select", "action_id": "a", "options": options(100), "initial_option": options(1)[0]},
            {"type": "external_select", "action_id": "b", "min_query_length": 0, "initial_option": option()},
            {"type": "users_select", "action_id": "c", "initial_user": "U1"},
            {"type": "conversations_select", "action_id": "d", "filter": FILTER},
            {"type": "channels_select", "action_id": "e", "initial_channel": "C1"},
        )
    ],
    "a select with groups": [
        section(
            accessory={
                "type": "static_select",
                "option_groups": [{"label": plain("Teams"), "options": options(3)}],
                "initial_option": options(3)[2],
            }
        )
    ],
    "the same action_id in two blocks": [actions(button(value="1")), actions(button(value="2"))],
    "call": [{"type": "call", "call_id": "R1", "api_decoration_available": False}],
    "card": [card(subtitle=mrkdwn("@ada"), body=mrkdwn("Late"), actions=[button()], hero_image=picture())],
    "carousel": [{"type": "carousel", "elements": [card(), card(icon=picture(), actions=[button()])]}],
    "container": [
        container(
            section(),
            {"type": "divider"},
            actions(button()),
            subtitle=plain("today"),
            width="wide",
            is_collapsible=True,
            default_collapsed=True,
        )
    ],
    "context": [
        {"type": "context", "elements": [picture(), mrkdwn("by @ada", verbatim=True), plain("now", emoji=True)]}
    ],
    "context_actions": [{"type": "context_actions", "elements": [FEEDBACK, BIN]}],
    "data_table": [
        data_table(
            [cell("team"), cell("cases")],
            [rich(run("billing")), {"type": "raw_number", "value": 4.5, "text": "4.5"}],
            page_size=100,
            row_header_column_index=1,
        )
    ],
    "data_visualization": [chart(series("Mentions"), series("Replies", "Tue", "Mon"), type="bar"), pie(1, 2.5)],
    "divider": [{"type": "divider", "block_id": "line"}],
    "file": [{"type": "file", "external_id": "F1", "source": "remote"}],
    "header": [{"type": "header", "text": plain("x" * 150, emoji=True)}],
    "image": [
        picture(title=plain("Proof"), block_id="proof"),
        {"type": "image", "alt_text": "proof", "slack_file": {"id": "F1"}},
        {"type": "image", "alt_text": "proof", "slack_file": {"url": PICTURE}},
    ],
    "input in a message": [field(typed())],
    "markdown": [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * 6000}],
    "plan": [{"type": "plan", "title": "Answering", "tasks": [task(), task(task_id="t2", status="complete")]}],
    "rich_text": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": EVERY_RUN}]}],
    "rich_text of every part": [{"type": "rich_text", "elements": [LIST, QUOTE, VERBATIM]}],
    "rich_text with a bordered quote": [{"type": "rich_text", "elements": [QUOTE | {"border": 1}]}],
    "section": [section(expand=True, accessory=picture())],
    "section with fields only": [{"type": "section", "fields": [mrkdwn("x" * 2000), plain()] * 5}],
    "the longest section": [{"type": "section", "text": plain("x" * 3000)}],
    "table": [table(100, 20, column_settings=[{"align": "right", "is_wrapped": True}, {}])],
    "task_card": [task(details=rich(run()), sources=[{"type": "url", "url": "https://example.com", "text": "order"}])],
    "video": [video(author_name="Dibs", title_url="https://example.com", description=plain("a minute"))],
    "fifty blocks": [{"type": "divider"}] * 50,
    "no blocks at all": [],
}

MODALS: dict[str, Json] = {
    "alert": modal({"type": "alert", "text": plain("x" * 200), "level": "warning"}, submit=plain("Fine")),
    "a modal without inputs": {
        "type": "modal",
        "title": plain("Trail"),
        "blocks": [section()],
        "close": plain("Close"),
    },
    "every text input": modal(
        field(typed(multiline=True, min_length=0, max_length=3000, initial_value="", focus_on_load=True)),
        field(typed(dispatch_action_config=ON_ENTER, placeholder=plain("x" * 150)), dispatch_action=True),
        field({"type": "email_text_input", "action_id": "a"}, optional=True),
        field({"type": "url_text_input", "action_id": "a"}, hint=plain("the post's address")),
        field({"type": "number_input", "is_decimal_allowed": True, "min_value": "-1.5", "initial_value": "0.5"}),
        field({"type": "rich_text_input", "action_id": "a", "min_lines": 2, "max_lines": 5}),
        field({"type": "file_input", "filetypes": ["png"], "max_files": 10}),
    ),
    "every choice as an input": modal(
        field({"type": "checkboxes", "options": [{"text": mrkdwn(), "value": "a", "description": plain()}]}),
        field({"type": "radio_buttons", "options": options(1)}),
        field({"type": "datepicker"}),
        field({"type": "timepicker"}),
        field({"type": "datetimepicker"}),
        field({"type": "conversations_select", "default_to_current_conversation": True, "response_url_enabled": True}),
    ),
    "every multi select": modal(
        field({"type": "multi_static_select", "options": options(3), "initial_options": options(2)}),
        field({"type": "multi_external_select", "initial_options": options(1), "max_selected_items": 1}),
        field({"type": "multi_users_select", "initial_users": ["U1"]}),
        field({"type": "multi_conversations_select", "initial_conversations": ["C1"], "filter": FILTER}),
        field({"type": "multi_channels_select", "initial_channels": ["C1"]}),
    ),
    "the fullest modal": modal(
        *[{"type": "divider"}] * 100,
        title=plain("x" * 24),
        close=plain("x" * 24),
        private_metadata="x" * 3000,
        callback_id="x" * 255,
        external_id="x" * 255,
        notify_on_close=True,
        clear_on_close=False,
        submit_disabled=False,
    ),
    "auth_provider": modal(
        provider(
            is_connected=True,
            description=plain("Customer records"),
            auth_url="https://crm.example.com/oauth",
            connected_identity=plain("ada"),
            accessory={"type": "overflow", "options": options(1)},
            fallback=[section()],
        )
    ),
}

HOMES: dict[str, Json] = {
    "a home": home({"type": "header", "text": plain("Mine")}, section(accessory=button()), callback_id="home"),
    "a home with an input": home(field(typed())),
    "a home with cards": home({"type": "carousel", "elements": [card()]}, card(), picture(), video(), rich(run())),
}

ACCEPTED: dict[str, tuple[Surface, Json]] = {
    **{name: ("message", payload) for name, payload in MESSAGES.items()},
    **{name: ("modal", payload) for name, payload in MODALS.items()},
    **{name: ("home", payload) for name, payload in HOMES.items()},
}
