"""The answers' keys against Slack's own published samples (json-logs of its Java SDK), and what bolt relies on."""

from typing import Any

import pytest

from tests.sandbox.conftest import ListeningApp, Running

Json = dict[str, Any]


def keys(words: str) -> set[str]:
    """A list of keys, written down by hand."""
    return set(words.split())


ALWAYS = {"ok", "error", "needed", "provided", "warning", "response_metadata"}
BOT_PROFILE = {"app_id", "deleted", "icons", "id", "name", "team_id", "updated"}
MESSAGE = keys(
    """
    app_id assistant_app_thread attachments blocks bot_id bot_profile client_msg_id display_as_bot edited files
    icons inviter is_locked latest_reply metadata parent_user_id purpose reactions reply_count reply_users
    reply_users_count root subscribed subtype team text thread_ts topic ts type upload user username x_files
    """
)
POSTED = keys(
    """
    app_id assistant_app_thread attachments blocks bot_id bot_profile icons metadata parent_user_id room root
    subtype team text thread_ts ts type user username
    """
)
UPDATED = keys(
    """
    app_id assistant_app_thread blocks bot_id bot_profile display_as_bot edited files metadata room team text type
    upload user x_files
    """
)
USER = keys(
    """
    color deleted enterprise_id enterprise_name enterprise_user has_2fa id is_admin is_app_user is_bot
    is_connector_bot is_email_confirmed is_invited_user is_owner is_primary_owner is_restricted is_stranger
    is_ultra_restricted is_workflow_bot locale name profile real_name team_id teams tz tz_label tz_offset updated
    who_can_share_contact_card
    """
)
PROFILE = keys(
    """
    always_active api_app_id avatar_hash bot_id display_name display_name_normalized email first_name
    guest_invited_by huddle_state huddle_state_expiration_ts image_1024 image_192 image_24 image_32 image_48
    image_512 image_72 image_original is_custom_image last_name phone pronouns real_name real_name_normalized skype
    start_date status_emoji status_emoji_display_info status_emoji_url status_expiration status_text
    status_text_canonical team title
    """
)
CHANNEL = keys(
    """
    connected_limited_team_ids connected_team_ids context_team_id conversation_host_id created creator id
    internal_team_ids is_archived is_channel is_ext_shared is_general is_global_shared is_group is_im is_member
    is_moved is_mpim is_non_threadable is_org_default is_org_mandatory is_org_shared is_pending_ext_shared
    is_private is_read_only is_shared is_thread_only last_read locale name name_normalized num_members
    pending_connected_team_ids pending_shared previous_names properties purpose shared_team_ids topic unlinked
    updated
    """
)
IM = {"context_team_id", "created", "id", "is_archived", "is_im", "is_open", "is_org_shared", "last_read", "latest"}
IM |= {"priority", "unread_count", "unread_count_display", "updated", "user", "is_user_deleted"}
TEAM = {"avatar_base_url", "discoverable", "domain", "email_domain", "icon", "id", "is_verified", "name", "url"}
DND = {"dnd_enabled", "next_dnd_end_ts", "next_dnd_start_ts", "snooze_enabled", "snooze_endtime", "snooze_remaining"}
HISTORY = {"channel_actions_count", "channel_actions_ts", "has_more", "latest", "messages", "oldest", "pin_count"}
EVENT_MESSAGE = {"attachments", "blocks", "bot_id", "bot_profile", "channel", "channel_type", "client_msg_id", "edited"}
EVENT_MESSAGE |= {"event_ts", "metadata", "parent_user_id", "team", "text", "thread_ts", "ts", "type", "user"}
EVENT_MESSAGE |= {"app_id"}  # left out of the sample, but sent with every message of an app
CHANGED = {"channel", "channel_type", "event_ts", "hidden", "message", "previous_message", "subtype", "ts", "type"}


def _check(found: Json, known: set[str], needed: str) -> None:
    """No key that Slack doesn't have, and every key that an app relies on."""
    assert set(found) <= known
    assert set(needed.split()) <= set(found)


@pytest.fixture
def thread(sandbox: Running) -> str:
    """The ts of a card with blocks, metadata and a reply."""
    slack, metadata = sandbox.slack(), {"event_type": "card", "event_payload": {"id": 1}}
    ts = slack.chat_postMessage(channel="C0CARE", text="t", blocks=[{"type": "divider"}], metadata=metadata)["ts"]
    slack.chat_postMessage(channel="C0CARE", text="note", thread_ts=ts)
    return str(ts)


def test_chat_post_message(sandbox: Running) -> None:
    answer = sandbox.slack().chat_postMessage(channel="C0CARE", text="t", blocks=[{"type": "divider"}]).data
    assert isinstance(answer, dict)
    _check(answer, ALWAYS | {"channel", "ts", "message"}, "ok channel ts message")
    _check(answer["message"], POSTED, "type text user bot_id app_id team ts blocks bot_profile")
    _check(answer["message"]["bot_profile"], BOT_PROFILE, "id app_id name icons deleted updated team_id")


def test_chat_update(sandbox: Running, thread: str) -> None:
    answer = sandbox.slack().chat_update(channel="C0CARE", ts=thread, text="new").data
    assert isinstance(answer, dict)
    _check(answer, ALWAYS | {"channel", "ts", "text", "message"}, "ok channel ts text message")
    _check(answer["message"], UPDATED, "type text user bot_id app_id team edited")


def test_conversations_history(sandbox: Running, thread: str) -> None:
    answer = sandbox.slack().conversations_history(channel="C0CARE", include_all_metadata=True).data
    assert isinstance(answer, dict)
    _check(answer, ALWAYS | HISTORY, "ok messages has_more pin_count")
    _check(
        answer["messages"][0], MESSAGE, "ts thread_ts reply_count reply_users reply_users_count latest_reply metadata"
    )
    assert answer["messages"][0]["ts"] == thread


def test_conversations_replies(sandbox: Running, thread: str) -> None:
    answer = sandbox.slack().conversations_replies(channel="C0CARE", ts=thread).data
    assert isinstance(answer, dict)
    _check(answer, ALWAYS | {"messages", "has_more"}, "ok messages has_more")
    for message in answer["messages"]:
        _check(message, MESSAGE, "type user text ts thread_ts")
    assert answer["messages"][1]["parent_user_id"] == sandbox.world.app.bot_user


def test_users(sandbox: Running) -> None:
    slack = sandbox.slack()
    for member in slack.users_list()["members"]:
        _check(
            member, USER, "id team_id name deleted real_name tz tz_label tz_offset profile is_bot is_restricted updated"
        )
        _check(member["profile"], PROFILE, "title real_name display_name team avatar_hash")
    guest, outsider = slack.users_info(user="U0GUEST")["user"], slack.users_info(user="U0OUT")["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"]) == (True, False)
    assert (outsider["is_stranger"], outsider["team_id"] != sandbox.world.workspace.id) == (True, True)
    assert slack.users_info(user="U0GONE")["user"]["deleted"] is True


def test_conversations(sandbox: Running) -> None:
    slack = sandbox.slack()
    shape = slack.conversations_info(channel="C0CARE", include_num_members=True)["channel"]
    _check(
        shape, CHANNEL, "id name is_channel is_private is_archived is_member is_ext_shared topic purpose num_members"
    )
    assert (shape["is_ext_shared"], shape["is_member"]) == (True, True)
    listed = slack.conversations_list(types="public_channel,private_channel")["channels"]
    assert {channel["name"] for channel in listed} == {channel.name for channel in sandbox.world.channels}
    for channel in listed:
        _check(channel, CHANNEL, "id name num_members is_private")


def test_conversations_open(sandbox: Running) -> None:
    opened = sandbox.slack().conversations_open(users="U0ANN", return_im=True)
    _check(opened["channel"], IM, "id created is_im user")
    again = sandbox.slack().conversations_open(users="U0ANN")
    assert (opened["already_open"], again["already_open"], list(again["channel"])) == (False, True, ["id"])


def test_members_come_in_pages(sandbox: Running) -> None:
    first = sandbox.slack().conversations_members(channel="C0CARE", limit=10)
    cursor = first["response_metadata"]["next_cursor"]
    rest = sandbox.slack().conversations_members(channel="C0CARE", limit=10, cursor=cursor)
    assert first["members"] + rest["members"] == sandbox.world.channels[0].members
    assert rest["response_metadata"]["next_cursor"] == ""


def test_auth_test(sandbox: Running) -> None:
    answer = sandbox.slack().auth_test().data
    assert isinstance(answer, dict)
    known = ALWAYS | {"url", "team", "user", "team_id", "user_id", "bot_id", "is_enterprise_install"}
    _check(answer, known, "url team user team_id user_id bot_id is_enterprise_install")


def test_message_events(sandbox: Running, listening_app: ListeningApp, thread: str) -> None:
    _check(listening_app.event("message"), EVENT_MESSAGE, "type channel channel_type user text ts event_ts bot_id")
    listening_app.event("message")
    sandbox.slack().chat_update(channel="C0CARE", ts=thread, text="new")
    changed = listening_app.event("message")
    _check(changed, CHANGED, " ".join(CHANGED))
    sandbox.slack().chat_delete(channel="C0CARE", ts=sandbox.slack().chat_postMessage(channel="C0CARE", text="x")["ts"])
    listening_app.event("message")
    deleted = CHANGED - {"message"} | {"deleted_ts"}
    _check(listening_app.event("message"), deleted, " ".join(deleted))


def test_directory_events(sandbox: Running, listening_app: ListeningApp) -> None:
    sandbox.post("/control/slack/users", id="U0BEN", real_name="Benjamin Okafor", channels=["care", "billing"])
    _check(listening_app.event("user_change"), {"type", "user", "cache_ts", "event_ts"}, "user cache_ts")
    keys = "type user channel channel_type team event_ts"
    _check(listening_app.event("member_joined_channel"), {*keys.split(), "inviter", "enterprise"}, keys)
