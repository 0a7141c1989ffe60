"""What X takes from the brand and what it refuses, over tweepy."""

from typing import Any

import pytest
import requests
import tweepy

from tests.sandbox.conftest import Running
from tests.sandbox.on_x import OnX, on_x

DUPLICATE = {
    "title": "Forbidden",
    "detail": "You are not allowed to create a Tweet with duplicate content.",
    "type": "about:blank",
    "status": 403,
}


@pytest.fixture
def x(sandbox: Running) -> OnX:
    """X, spoken to as the brand."""
    return on_x(sandbox)


def _refused(x: OnX, text: str, **more: Any) -> str:
    with pytest.raises(tweepy.Forbidden) as refused:
        x.client.create_tweet(text=text, **more)
    return str(refused.value.response.json()["detail"])


def test_a_reply_is_public_under_what_it_answers(x: OnX) -> None:
    target = x.post("anna", "@TidewellGyms cold")
    answer = x.client.create_tweet(text="Sorry & thanks", in_reply_to_tweet_id=target)
    post_id = answer["data"]["id"]
    assert answer["data"] == {"id": post_id, "text": "Sorry & thanks", "edit_history_tweet_ids": [post_id]}
    [reply] = x.replies()
    assert (reply["id"], reply["in_reply_to"], reply["text"]) == (post_id, target, "Sorry & thanks")
    assert x.ids(x.client.get_users_tweets(x.brand, user_auth=True)) == [post_id]


def test_ids_come_from_business_time(x: OnX) -> None:
    before = int(x.post("anna", "one"))
    x.sandbox.leap(3600)
    after = int(x.post("anna", "two"))
    assert 3600 <= ((after >> 22) - (before >> 22)) / 1000 < 3660


@pytest.mark.parametrize("text", ["a" * 280, "漢" * 140, "👍🏽" * 140, "a" * 256 + " https://example.com/" + "b" * 200])
def test_280_weighted_characters_fit(x: OnX, text: str) -> None:
    assert x.client.create_tweet(text=text)["data"]["id"]


@pytest.mark.parametrize("text", ["a" * 281, "漢" * 141, "👍🏽" * 141, "a." * 300 + "b", "a" * 5000])
def test_more_is_too_long(x: OnX, text: str) -> None:
    assert "too long" in _refused(x, text)


def test_the_handle_a_reply_begins_with_does_not_count(x: OnX) -> None:
    target = x.post("anna", "@TidewellGyms cold")
    assert x.client.create_tweet(text="@anna " + "a" * 280, in_reply_to_tweet_id=target)


def test_the_same_words_to_the_same_person_are_refused_for_twelve_hours(x: OnX) -> None:
    target = x.post("anna", "@TidewellGyms cold")
    x.client.create_tweet(text="Sorry", in_reply_to_tweet_id=target)
    with pytest.raises(tweepy.Forbidden) as refused:
        x.client.create_tweet(text="Sorry", in_reply_to_tweet_id=target)
    assert refused.value.response.json() == DUPLICATE
    x.sandbox.leap(12 * 3600 + 1)
    assert x.client.create_tweet(text="Sorry", in_reply_to_tweet_id=target)


def test_the_same_words_to_somebody_else_pass_unless_switched(x: OnX) -> None:
    first, second, third = (x.post(name, "@TidewellGyms cold") for name in ("anna", "ben", "cleo"))
    x.client.create_tweet(text="Sorry", in_reply_to_tweet_id=first)
    assert x.client.create_tweet(text="Sorry", in_reply_to_tweet_id=second)
    x.switch(duplicates="text")
    assert _refused(x, "Sorry", in_reply_to_tweet_id=third) == DUPLICATE["detail"]


def test_only_who_summoned_the_brand_is_answered_by_api(x: OnX) -> None:
    ours = x.post("TidewellGyms", "We are open")
    unnamed = x.post("anna", "Tidewell is cold")
    answering = x.post("anna", "since when", in_reply_to=ours)
    quoting = x.post("ben", "lol", quote_of=ours)
    assert "mentioned" in _refused(x, "Sorry", in_reply_to_tweet_id=unnamed)
    assert "mentioned" in _refused(x, "Sorry", in_reply_to_tweet_id=answering)
    assert x.client.create_tweet(text="Sorry", in_reply_to_tweet_id=quoting)
    x.switch(summoned="replies")
    assert x.client.create_tweet(text="Sorry", in_reply_to_tweet_id=answering)


def test_a_restricted_conversation_is_refused(x: OnX) -> None:
    target = x.post("anna", "@TidewellGyms cold", reply_settings="following")
    assert "this conversation" in _refused(x, "Sorry", in_reply_to_tweet_id=target)


def test_a_deleted_post_cannot_be_answered(x: OnX) -> None:
    target = x.post("anna", "@TidewellGyms cold")
    x.sandbox.post("/control/x/delete", id=target)
    assert "deleted or not visible" in _refused(x, "Sorry", in_reply_to_tweet_id=target)


def test_a_suspended_account_may_not_post(x: OnX) -> None:
    x.switch(suspended=True)
    assert "suspended" in _refused(x, "Sorry")


def test_without_credits_every_call_is_402_and_the_limits_show(x: OnX) -> None:
    x.switch(credits=False)
    with pytest.raises(tweepy.HTTPException) as refused:
        x.client.create_tweet(text="Sorry")
    assert refused.value.response.status_code == 402
    assert refused.value.response.json()["detail"] == "credits depleted"
    assert refused.value.response.headers["x-rate-limit-remaining"] == "99"


def test_a_hundred_posts_in_a_quarter_are_enough(x: OnX) -> None:
    for n in range(100):
        x.client.create_tweet(text=f"post {n}")
    with pytest.raises(tweepy.TooManyRequests) as refused:
        x.client.create_tweet(text="one more")
    assert refused.value.response.headers["x-rate-limit-remaining"] == "0"
    assert len(x.replies()) == 100
    x.sandbox.leap(901)
    assert x.client.create_tweet(text="one more")


def test_the_app_alone_may_not_post_and_unknown_words_are_refused(x: OnX) -> None:
    with pytest.raises(tweepy.Forbidden):
        x.client.create_tweet(text="hi", user_auth=False)
    with pytest.raises(tweepy.BadRequest, match="idempotency_key"):
        x.client.request("POST", "/2/tweets", json={"text": "hi", "idempotency_key": "1"}, user_auth=True)


def test_the_brand_deletes_its_own_posts_only(x: OnX) -> None:
    ours = x.client.create_tweet(text="oops")["data"]["id"]
    assert x.client.delete_tweet(ours) == {"data": {"deleted": True}}
    assert x.replies() == []
    with pytest.raises(tweepy.Forbidden):
        x.client.delete_tweet(x.post("anna", "mine"))


def test_implied_mentions_stand_before_a_reply_when_switched_on(x: OnX) -> None:
    x.switch(implied_mentions=True)
    target = x.post("anna", "@TidewellGyms cold")
    x.client.create_tweet(text="Sorry", in_reply_to_tweet_id=target)
    [post] = x.client.get_users_tweets(x.brand, user_auth=True, tweet_fields="display_text_range")["data"]
    assert (post["text"], post["display_text_range"]) == ("@anna Sorry", [6, 11])
    assert x.replies()[0]["text"] == "Sorry"


@pytest.mark.parametrize(
    ("outcome", "error", "published"),
    [
        ("5xx_before", tweepy.TwitterServerError, 0),
        ("5xx_after", tweepy.TwitterServerError, 1),
        ("html_502", tweepy.TwitterServerError, 0),
        ("reset_before", requests.ConnectionError, 0),
        ("reset_after", requests.ConnectionError, 1),
        ("refuse:not_summoned", tweepy.Forbidden, 0),
        ("refuse:401", tweepy.Unauthorized, 0),
        ("429:30", tweepy.TooManyRequests, 0),
    ],
)
def test_ordered_faults_strike_before_or_after_the_effect(
    x: OnX, outcome: str, error: type[Exception], published: int
) -> None:
    x.order("POST /2/tweets", outcome)
    with pytest.raises(error):
        x.client.create_tweet(text="hello")
    assert len(x.replies()) == published
    assert x.client.get_me()


def test_a_fault_may_name_an_endpoint_or_an_address(x: OnX) -> None:
    for method in ("GET /2/users/:id/mentions", f"GET /2/users/{x.brand}/mentions", "*"):
        x.order(method, "5xx_before")
        with pytest.raises(tweepy.TwitterServerError):
            x.mentions()
    assert x.mentions()
