"""What the app is told when something happens in the workspace."""

from tests.sandbox.conftest import ListeningApp, Running

ANN = {"as": "U0ANN"}


def test_a_persons_message_is_told(sandbox: Running, listening_app: ListeningApp) -> None:
    ts = sandbox.post("/control/slack/message", **ANN, channel="care", text="hello")["ts"]
    event = listening_app.event("message")
    told = {"user": "U0ANN", "text": "hello", "channel": "C0CARE", "channel_type": "channel", "ts": ts, "event_ts": ts}
    assert event | told == event
    assert "bot_id" not in event


def test_the_kind_of_channel_is_told(sandbox: Running, listening_app: ListeningApp) -> None:
    sandbox.post("/control/slack/message", **{"as": "U0JOY"}, channel="press", text="hush")
    assert listening_app.event("message")["channel_type"] == "group"
    sandbox.post("/control/slack/message", **ANN, channel="@U0ANN", text="dear bot")
    assert listening_app.event("message")["channel_type"] == "im"


def test_the_apps_own_message_is_echoed_with_its_bot_id(sandbox: Running, listening_app: ListeningApp) -> None:
    sandbox.slack().chat_postMessage(channel="care", text="card")
    event = listening_app.event("message")
    assert (event["bot_id"], event["user"]) == (sandbox.world.app.bot_id, sandbox.world.app.bot_user)


def test_a_change_and_a_deletion_are_told_with_what_was_before(sandbox: Running, listening_app: ListeningApp) -> None:
    slack = sandbox.slack()
    ts = slack.chat_postMessage(channel="C0CARE", text="old")["ts"]
    listening_app.event("message")

    slack.chat_update(channel="C0CARE", ts=ts, text="new")
    changed = listening_app.event("message")
    assert (changed["subtype"], changed["message"]["text"], changed["previous_message"]["text"]) == (
        "message_changed",
        "new",
        "old",
    )

    slack.chat_delete(channel="C0CARE", ts=ts)
    deleted = listening_app.event("message")
    assert (deleted["subtype"], deleted["deleted_ts"], deleted["hidden"]) == ("message_deleted", ts, True)


def test_joining_and_leaving_are_told(sandbox: Running, listening_app: ListeningApp) -> None:
    sandbox.post("/control/slack/users", id="U0BEN", channels=["billing"])
    assert listening_app.event("member_left_channel")["channel"] == "C0CARE"
    joined = listening_app.event("member_joined_channel")
    assert (joined["channel"], joined["user"], joined["channel_type"]) == ("C0BILLING", "U0BEN", "C")


def test_a_changed_person_is_told_whole(sandbox: Running, listening_app: ListeningApp) -> None:
    sandbox.post("/control/slack/users", id="U0BEN", kind="deactivated")
    user = listening_app.event("user_change")["user"]
    assert (user["id"], user["deleted"]) == ("U0BEN", True)


def test_a_newcomer_is_told(sandbox: Running, listening_app: ListeningApp) -> None:
    sandbox.post("/control/slack/users", id="U0ZOE", name="zoe", real_name="Zoë New", channels=["care"])
    assert listening_app.event("team_join")["user"]["real_name"] == "Zoë New"
    assert listening_app.event("member_joined_channel")["user"] == "U0ZOE"


def test_archiving_and_its_undoing_are_told(sandbox: Running, listening_app: ListeningApp) -> None:
    sandbox.post("/control/slack/archive", channel="care")
    assert listening_app.event("channel_archive")["channel"] == "C0CARE"
    sandbox.post("/control/slack/archive", channel="care", archived=False)
    assert listening_app.event("channel_unarchive")["channel"] == "C0CARE"


def test_a_revoked_token_is_told(sandbox: Running, listening_app: ListeningApp) -> None:
    sandbox.post("/control/slack/revoke", token=sandbox.bot_token)
    assert listening_app.event("tokens_revoked")["tokens"] == {"oauth": [], "bot": [sandbox.world.app.bot_user]}
