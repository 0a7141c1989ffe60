"""What X says of a post's language and counts: only when asked, as somebody has set it, else a simple guess or 0."""

import pytest

from tests.sandbox.conftest import Running
from tests.sandbox.on_x import OnX, on_x


@pytest.fixture
def x(sandbox: Running) -> OnX:
    """X, spoken to as the brand."""
    return on_x(sandbox)


def test_language_and_counts_come_when_asked_for_and_as_they_were_set(x: OnX) -> None:
    post = x.post("anna", "@TidewellGyms hola", lang="es", metrics={"impression_count": 1500, "retweet_count": 7})
    x.sandbox.post("/control/x/people", username="anna", followers=240_000, verified_type="business")
    x.sandbox.post("/control/x/metrics", id=post, metrics={"retweet_count": 9, "quote_count": 2})

    asked = {"tweet_fields": "lang,public_metrics", "user_fields": "public_metrics,verified,verified_type"}
    body = dict(x.client.get_tweets([post], expansions="author_id", user_auth=True, **asked))

    [shown], [anna] = body["data"], body["includes"]["users"]
    assert shown["lang"] == "es"
    assert shown["public_metrics"] == {
        "retweet_count": 9, "reply_count": 0, "like_count": 0, "quote_count": 2, "bookmark_count": 0,
        "impression_count": 1500,
    }  # fmt: skip
    assert anna["public_metrics"]["followers_count"] == 240_000
    assert (anna["verified"], anna["verified_type"]) == (True, "business")
    bare = dict(x.client.get_tweets([post], expansions="author_id", user_auth=True))
    assert set(bare["data"][0]) == {"id", "text", "edit_history_tweet_ids"}
    assert set(bare["includes"]["users"][0]) == {"id", "name", "username"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("@TidewellGyms it is cold", "en"),
        ("@TidewellGyms App kaputt", "und"),
        ("@TidewellGyms где заказ", "ru"),
        ("@TidewellGyms 荷物が届きません", "ja"),
        ("@TidewellGyms", "qam"),
        ("#cold", "qht"),
        ("https://example.com", "qme"),
        ("", "zxx"),
        ("😡", "und"),
    ],
)
def test_a_post_without_a_language_gets_a_simple_guess(x: OnX, text: str, code: str) -> None:
    post = x.post("anna", text, images=1)

    body = dict(x.client.get_tweets([post], tweet_fields="lang", user_auth=True))

    assert body["data"][0]["lang"] == code


@pytest.mark.parametrize(
    ("path", "order"),
    [
        ("posts", {"author": "anna", "text": "hi", "lang": "not a code"}),
        ("posts", {"author": "anna", "text": "hi", "metrics": {"followers": 1}}),
        ("posts", {"author": "anna", "text": "hi", "metrics": {"like_count": -1}}),
        ("people", {"username": "anna", "followers": "many"}),
        ("people", {"username": "anna", "verified_type": "press"}),
    ],
)
def test_counts_that_x_does_not_have_are_refused(x: OnX, path: str, order: dict[str, object]) -> None:
    assert x.sandbox.http.post(f"/control/x/{path}", json=order).status_code == 400
