"""What tweepy reads from the sandbox's X: who we are, timelines, search, look-ups, and only the fields asked for."""

import pytest
import tweepy

from tests.sandbox.conftest import Running, Start
from tests.sandbox.on_x import OnX, on_x

MOST = (
    "created_at,author_id,conversation_id,in_reply_to_user_id,referenced_tweets,entities,attachments,note_tweet,"
    "reply_settings,edit_controls,display_text_range"
)


@pytest.fixture
def x(sandbox: Running) -> OnX:
    """X, spoken to as the brand."""
    return on_x(sandbox)


def test_the_brand_learns_who_it_is(x: OnX) -> None:
    assert x.client.get_me() == {"data": {"id": x.brand, "name": "Tidewell Gyms", "username": "TidewellGyms"}}
    assert x.sandbox.get("/control/x/brand") == {"username": "TidewellGyms", "id": x.brand}


@pytest.mark.parametrize("wrong", ["consumer_key", "consumer_secret", "access_token", "access_secret"])
def test_a_signature_made_with_a_wrong_secret_is_refused(sandbox: Running, wrong: str) -> None:
    with pytest.raises(tweepy.Unauthorized):
        on_x(sandbox, **{wrong: "something else"}).client.get_me()


def test_a_signature_works_only_once(x: OnX) -> None:
    first = x.raw("/2/users/me")
    again = x.sandbox.http.get("/2/users/me", headers={"authorization": first.request.headers["authorization"]})
    assert (first.status_code, again.status_code) == (200, 401)


def test_a_signature_covers_the_query(x: OnX) -> None:
    signed = x.raw("/2/tweets", ids="1").request.headers["authorization"]
    assert x.sandbox.http.get("/2/tweets", params={"ids": "2"}, headers={"authorization": signed}).status_code == 401


def test_a_revoked_token_is_refused(x: OnX) -> None:
    x.switch(revoked=[x.sandbox.world.x.accounts[0].access_token])
    with pytest.raises(tweepy.Unauthorized):
        x.client.get_me()


def test_the_app_alone_may_read_timelines_but_has_no_me(x: OnX) -> None:
    post = x.post("anna", "@TidewellGyms hello")
    assert x.ids(x.client.get_users_mentions(x.brand)) == [post]
    with pytest.raises(tweepy.Forbidden):
        x.client.get_me(user_auth=False)


def test_a_wrong_bearer_token_is_refused(x: OnX) -> None:
    answer = x.sandbox.http.get(f"/2/users/{x.brand}/mentions", headers={"authorization": "Bearer something-else"})
    assert answer.status_code == 401


def test_a_post_comes_with_nothing_but_its_defaults(x: OnX) -> None:
    post = x.post("anna", "@TidewellGyms hello")
    assert x.mentions()["data"] == [{"id": post, "text": "@TidewellGyms hello", "edit_history_tweet_ids": [post]}]


def test_an_unknown_field_is_refused_by_name(x: OnX) -> None:
    with pytest.raises(tweepy.BadRequest, match="shoe_size"):
        x.mentions(tweet_fields="shoe_size")


def test_text_is_escaped_links_are_short_and_entities_say_where(x: OnX) -> None:
    x.post("anna", "@TidewellGyms <b> & see https://example.com/a?b=1&c=2 #cold", images=2)
    [post] = x.mentions(tweet_fields=MOST, expansions="attachments.media_keys")["data"]
    [link] = post["entities"]["urls"]
    assert post["text"] == f"@TidewellGyms &lt;b&gt; &amp; see {link['url']} #cold"
    assert (len(link["url"]), link["expanded_url"]) == (23, "https://example.com/a?b=1&c=2")
    assert post["entities"]["mentions"] == [{"start": 0, "end": 13, "username": "TidewellGyms", "id": x.brand}]
    assert post["entities"]["hashtags"][0]["tag"] == "cold"
    assert len(post["attachments"]["media_keys"]) == 2


def test_a_long_post_is_cut_and_its_note_is_whole(x: OnX) -> None:
    words = "@TidewellGyms " + "cold showers again " * 60
    x.post("anna", words)
    assert len(x.mentions()["data"][0]["text"]) == 280
    assert x.mentions(tweet_fields="note_tweet")["data"][0]["note_tweet"]["text"] == words


def test_mentions_are_newest_first_and_come_in_pages(x: OnX) -> None:
    ids = [x.post(f"author{n}", f"@TidewellGyms {n}") for n in range(12)]
    first = x.mentions(max_results=5)
    second = x.mentions(max_results=5, pagination_token=first["meta"]["next_token"])
    third = x.mentions(max_results=5, pagination_token=second["meta"]["next_token"])
    assert x.ids(first) + x.ids(second) + x.ids(third) == ids[::-1]
    assert first["meta"]["newest_id"] == ids[-1]
    assert third["meta"] == {"result_count": 2, "newest_id": ids[1], "oldest_id": ids[0]}


def test_since_and_until_are_exclusive(x: OnX) -> None:
    ids = [x.post("anna", f"@TidewellGyms {n}") for n in range(4)]
    assert x.ids(x.mentions(since_id=ids[0], until_id=ids[3])) == [ids[2], ids[1]]
    assert x.mentions(since_id=ids[3]) == {"meta": {"result_count": 0}}


def test_start_and_end_bound_the_moments(x: OnX) -> None:
    x.post("anna", "@TidewellGyms early", created_at="2020-01-01T00:00:00Z", id="1212092628029698048")
    late = x.post("anna", "@TidewellGyms late")
    assert x.ids(x.mentions(start_time="2021-01-01T00:00:00Z")) == [late]
    assert x.ids(x.mentions(end_time="2021-01-01T00:00:00Z")) == ["1212092628029698048"]


@pytest.mark.parametrize("size", [4, 101])
def test_a_page_has_between_5_and_100_posts(x: OnX, size: int) -> None:
    with pytest.raises(tweepy.BadRequest):
        x.mentions(max_results=size)


def test_only_the_newest_800_mentions_are_shown(start_sandbox: Start) -> None:
    x = on_x(start_sandbox())
    ids = [x.post("anna", f"@TidewellGyms {n}") for n in range(803)]
    pages = tweepy.Paginator(x.client.get_users_mentions, x.brand, user_auth=True, max_results=100)
    shown = [post_id for page in pages for post_id in x.ids(page)]
    assert shown == ids[:2:-1]


def test_answers_and_quotes_are_mentions_but_own_posts_are_not(x: OnX) -> None:
    ours = x.post("TidewellGyms", "We are open, says @TidewellGyms")
    answer = x.post("anna", "since when", in_reply_to=ours)
    quote = x.post("ben", "lol", quote_of=ours)
    x.post("ben", "nothing to do with anybody")
    assert x.ids(x.mentions()) == [quote, answer]


def test_a_reply_joins_its_conversation_and_brings_what_it_answers(x: OnX) -> None:
    root = x.post("anna", "@TidewellGyms cold")
    ours = x.post("TidewellGyms", "Sorry", in_reply_to=root)
    x.post("anna", "@TidewellGyms still cold", in_reply_to=ours)
    body = x.mentions(max_results=5, tweet_fields=MOST, expansions="author_id,referenced_tweets.id,in_reply_to_user_id")
    newest = body["data"][0]
    assert newest["conversation_id"] == root
    assert newest["referenced_tweets"] == [{"type": "replied_to", "id": ours}]
    assert newest["in_reply_to_user_id"] == x.brand
    assert [post["id"] for post in body["includes"]["tweets"]] == [ours]
    assert {user["username"] for user in body["includes"]["users"]} == {"anna", "TidewellGyms"}


def test_the_new_naming_family_renames_fields_parameters_and_includes(x: OnX) -> None:
    root = x.post("TidewellGyms", "hello")
    x.post("anna", "@TidewellGyms " + "x" * 300, in_reply_to=root)
    x.switch(naming="post_only")
    asked = {"post.fields": "referenced_posts,note_post", "expansions": "referenced_posts.id"}
    body = x.raw(f"/2/users/{x.brand}/mentions", **asked).json()
    assert set(body["data"][0]) == {"id", "text", "edit_history_post_ids", "referenced_posts", "note_post"}
    assert body["includes"]["posts"][0]["id"] == root
    refused = x.raw(f"/2/users/{x.brand}/mentions", **{"tweet.fields": "author_id"})
    assert refused.status_code == 400
    assert "tweet.fields" in refused.text


def test_an_edit_is_a_new_version_with_the_history(x: OnX) -> None:
    first = x.post("anna", "@TidewellGyms cold")
    second = str(x.sandbox.post("/control/x/edit", id=first, text="@TidewellGyms colder")["id"])
    assert second != first
    assert x.mentions()["data"] == [
        {"id": second, "text": "@TidewellGyms colder", "edit_history_tweet_ids": [first, second]}
    ]
    old = x.client.get_tweet(first, user_auth=True)["data"]
    assert (old["text"], old["edit_history_tweet_ids"]) == ("@TidewellGyms cold", [first])


def test_a_post_is_edited_five_times_at_most_and_only_for_an_hour(x: OnX) -> None:
    post = x.post("anna", "@TidewellGyms 0")
    for n in range(5):
        post = str(x.sandbox.post("/control/x/edit", id=post, text=f"@TidewellGyms {n + 1}")["id"])
    assert x.sandbox.http.post("/control/x/edit", json={"id": post, "text": "6"}).status_code == 409
    other = x.post("anna", "@TidewellGyms other")
    x.sandbox.leap(3601)
    assert "can't be edited" in x.sandbox.http.post("/control/x/edit", json={"id": other, "text": "6"}).json()["error"]


def test_deleting_one_version_deletes_them_all(x: OnX) -> None:
    first = x.post("anna", "@TidewellGyms cold")
    second = str(x.sandbox.post("/control/x/edit", id=first, text="@TidewellGyms colder")["id"])
    x.sandbox.post("/control/x/delete", id=first)
    assert x.mentions() == {"meta": {"result_count": 0}}
    body = x.client.get_tweets([first, second], user_auth=True)
    assert [error["type"].rsplit("/", 1)[-1] for error in body["errors"]] == ["resource-not-found"] * 2


def test_a_lookup_answers_what_is_there_and_names_what_is_not(x: OnX) -> None:
    here, protected = x.post("anna", "hello"), x.post("ben", "hush")
    x.sandbox.post("/control/x/people", username="ben", protected=True)
    body = x.client.get_tweets([here, protected, "17"], user_auth=True)
    assert x.ids(body) == [here]
    kinds = {error["resource_id"]: error["type"].rsplit("/", 1)[-1] for error in body["errors"]}
    assert kinds == {protected: "not-authorized-for-resource", "17": "resource-not-found"}


def test_people_are_found_by_name_and_id(x: OnX) -> None:
    x.post("Anna_Runs", "hello")
    found = x.client.get_user(username="anna_runs", user_fields="protected", user_auth=True)["data"]
    assert (found["username"], found["protected"]) == ("Anna_Runs", False)
    assert x.client.get_user(id=found["id"], user_auth=True)["data"]["username"] == "Anna_Runs"
    assert "errors" in x.client.get_user(username="nobody", user_auth=True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tidewell", "ab"),
        ("CHANGING", "a"),
        ('"changing rooms"', "a"),
        ('"rooms changing"', ""),
        ("cafe", "b"),
        ("@TidewellGyms", "c"),
        ("from:anna", "ac"),
        ("to:anna", "d"),
        ("tidewell -changing", "b"),
        ("changing OR cafe", "ab"),
        ("(changing OR cafe) -from:anna", "b"),
        ("from:ben is:reply", "d"),
        ("tidewell -is:retweet lang:en", "ab"),
        ("tidewell -(changing OR closed)", "b"),
    ],
)
def test_search_understands(x: OnX, query: str, found: str) -> None:
    letters = {
        x.post("anna", "Tidewell's changing rooms are dirty"): "a",
        x.post("ben", "tidewell Café is lovely"): "b",
    }
    named = x.post("anna", "@TidewellGyms hi")
    letters |= {named: "c", x.post("ben", "agreed", in_reply_to=named): "d"}
    x.sandbox.leap(31)
    body = x.client.search_recent_tweets(query, user_auth=True)
    assert sorted(letters[post_id] for post_id in x.ids(body)) == list(found)


@pytest.mark.parametrize("query", ["x" * 513, "is:reply", "(open", "shoe:42 tidewell", "-tidewell"])
def test_search_refuses(x: OnX, query: str) -> None:
    with pytest.raises(tweepy.BadRequest):
        x.client.search_recent_tweets(query, user_auth=True)


def test_search_lags_half_a_minute_and_forgets_after_a_week(x: OnX) -> None:
    post = x.post("anna", "tidewell is cold")
    assert x.ids(x.client.search_recent_tweets("tidewell", user_auth=True)) == []
    x.sandbox.leap(31)
    assert x.ids(x.client.search_recent_tweets("tidewell", user_auth=True)) == [post]
    x.sandbox.leap(7 * 86_400)
    assert x.ids(x.client.search_recent_tweets("tidewell", user_auth=True)) == []
    with pytest.raises(tweepy.BadRequest, match="since_id"):
        x.client.search_recent_tweets("tidewell", since_id=post, user_auth=True)


def test_reads_are_limited_per_quarter_of_business_time(x: OnX) -> None:
    first = x.raw("/2/users/me")
    assert (first.headers["x-rate-limit-limit"], first.headers["x-rate-limit-remaining"]) == ("75", "74")
    for _ in range(74):
        x.raw("/2/users/me")
    with pytest.raises(tweepy.TooManyRequests) as refused:
        x.client.get_me()
    assert refused.value.reset_time > x.sandbox.inside.clock.time()
    x.sandbox.leap(901)
    assert x.client.get_me()
