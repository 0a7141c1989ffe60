"""Our adapter against the sandbox's X: what it reads, in both naming families and in any condition."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.posts import Carried, IncomingPost
from domain.x import snowflake_at
from networks.errors import AuthFailed, NetworkTrouble, OutOfCredits, RateLimited, Unreachable
from networks.network import Identity, Network
from networks.x import X, XAccess
from tests.sandbox.conftest import Running
from tests.sandbox.on_x import OnX, on_x

FAMILIES = ("tweet", "post", "post_only")


def connect(sandbox: Running, **secrets: str) -> X:
    """Our adapter, pointed at the sandbox."""
    x, account = sandbox.world.x, sandbox.world.x.accounts[0]
    access = {
        "consumer_key": x.consumer_key,
        "consumer_secret": x.consumer_secret,
        "access_token": account.access_token,
        "access_secret": account.access_secret,
    }
    return X(XAccess(**access | secrets), api=sandbox.url, page=f"{sandbox.url}/x")


@pytest.fixture
def people(sandbox: Running) -> OnX:
    """Customers on X."""
    return on_x(sandbox)


@pytest.fixture
def network(sandbox: Running) -> Network:
    """What we speak through."""
    return connect(sandbox)


def _only(posts: tuple[IncomingPost, ...]) -> IncomingPost:
    [post] = posts
    return post


def _now(people: OnX) -> datetime:
    return datetime.fromtimestamp(people.sandbox.inside.clock.time(), UTC)


def test_we_learn_who_we_are(network: Network, people: OnX) -> None:
    assert network.identity() == Identity(people.brand, "TidewellGyms")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_mention_is_read_whole_in_every_naming_family(network: Network, people: OnX, family: str) -> None:
    people.switch(naming=family)
    before = _now(people)
    post_id = people.post("Anna_R", "@TidewellGyms ünï <b> & 😡 https://example.com/a?b=1&c=2 @Ben", images=2)
    post = _only(network.mentions(None).posts)
    assert post.text == "@TidewellGyms ünï <b> & 😡 https://example.com/a?b=1&c=2 @Ben"
    assert (post.network, post.post_id, post.conversation_id, post.first_id) == ("x", post_id, post_id, post_id)
    assert (post.author_handle, post.author_name, post.images) == ("anna_r", "Anna R", 2)
    assert post.mentions == ("tidewellgyms", "ben")
    assert (post.in_reply_to, post.quote_of, post.protected, post.reply_settings) == (None, None, False, "everyone")
    assert before - timedelta(seconds=1) < post.created_at < before + timedelta(seconds=10)
    assert people.sandbox.http.get(post.url).status_code == 200


@pytest.mark.parametrize("family", FAMILIES)
def test_language_followers_views_and_shares_are_read_in_every_naming_family(
    network: Network, people: OnX, family: str
) -> None:
    people.switch(naming=family)
    counted = {"impression_count": 1500, "retweet_count": 7, "quote_count": 2, "like_count": 90}
    people.post("anna", "@TidewellGyms hola", lang="es", metrics=counted)
    people.sandbox.post("/control/x/people", username="anna", followers=240_000, verified_type="business")

    post = _only(network.mentions(None).posts)

    assert (post.language, post.carried) == ("es", Carried(240_000, 1500, 9, organisation=True))


@pytest.mark.parametrize(
    ("metrics", "carried"),
    [
        (None, Carried(0)),
        ("many", Carried(0)),
        ({"retweet_count": 3}, Carried(0, None, 3)),
        ({"impression_count": -1, "retweet_count": "x", "quote_count": True}, Carried(0)),
    ],
)
def test_counts_that_are_missing_or_odd_are_unknown(
    network: Network, people: OnX, metrics: object, carried: Carried
) -> None:
    post_id = people.post("anna", "@TidewellGyms hello")
    people.sandbox.post("/control/x/mangle", id=post_id, changes={"public_metrics": metrics, "lang": None})

    post = _only(network.mentions(None).posts)

    assert (post.language, post.carried) == (None, carried)


@pytest.mark.parametrize("kind", ["none", "blue"])
def test_a_badge_anybody_can_buy_makes_no_organisation(network: Network, people: OnX, kind: str) -> None:
    people.post("anna", "@TidewellGyms hello")
    people.sandbox.post("/control/x/people", username="anna", verified_type=kind)

    assert not _only(network.mentions(None).posts).carried.organisation


@pytest.mark.parametrize("family", FAMILIES)
def test_answers_quotes_and_edits_name_what_they_belong_to(network: Network, people: OnX, family: str) -> None:
    people.switch(naming=family)
    ours = people.post("TidewellGyms", "We are open")
    answer = people.post("anna", "@TidewellGyms no", in_reply_to=ours, reply_settings="following")
    people.post("ben", "lol", quote_of=ours)
    edited = str(people.sandbox.post("/control/x/edit", id=answer, text="@TidewellGyms not here")["id"])
    quoting, replying = network.mentions(None).posts
    assert (replying.in_reply_to, replying.in_reply_to_author, replying.conversation_id) == (ours, "tidewellgyms", ours)
    assert (replying.version_ids, replying.first_id, replying.post_id) == ((answer, edited), answer, edited)
    assert replying.reply_settings == "following"
    assert (quoting.quote_of, quoting.quote_of_author) == (ours, "tidewellgyms")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_long_post_comes_whole(network: Network, people: OnX, family: str) -> None:
    people.switch(naming=family)
    words = "@TidewellGyms " + "cold & wet <again> " * 1_000 + "https://example.com @Ben"
    people.post("anna", words)
    post = _only(network.mentions(None).posts)
    assert post.text == words
    assert post.mentions == ("tidewellgyms", "ben")


@pytest.mark.parametrize(
    "words", ["", "مرحبا @TidewellGyms", "a\u202eb\u200b\u2066 @TidewellGyms", "é\u0301\u2028 x", "&amp;"]
)
def test_strange_words_come_as_they_were_written(network: Network, people: OnX, words: str) -> None:
    ours = people.post("TidewellGyms", "hello")
    people.post("anna", words, in_reply_to=ours)
    assert _only(network.mentions(None).posts).text == words


def test_every_page_is_read_oldest_first(network: Network, people: OnX) -> None:
    ids = [people.post(f"author{n}", f"@TidewellGyms {n}") for n in range(230)]
    batch = network.mentions(None)
    assert [post.post_id for post in batch.posts] == ids
    assert (batch.newest_id, batch.complete) == (ids[-1], True)
    assert [post.post_id for post in network.mentions(ids[227]).posts] == ids[228:]


def test_what_x_no_longer_shows_makes_a_batch_incomplete(network: Network, people: OnX) -> None:
    for n in range(801):
        people.post("anna", f"@TidewellGyms {n}")
    batch = network.mentions(None)
    assert (len(batch.posts), batch.complete) == (800, False)


def test_our_own_posts_are_read(network: Network, people: OnX) -> None:
    ours = people.post("TidewellGyms", "hello")
    people.post("anna", "@TidewellGyms hello")
    post = _only(network.own_posts(None).posts)
    assert (post.post_id, post.author_id) == (ours, people.brand)


def test_search_finds_who_does_not_name_us(network: Network, people: OnX) -> None:
    found = people.post("marco", "Tidewell's changing rooms are a disgrace")
    people.sandbox.leap(31)
    batch = network.search("tidewell -from:TidewellGyms", snowflake_at(_now(people) - timedelta(hours=1)))
    assert [post.post_id for post in batch.posts] == [found]


def test_a_search_from_too_long_ago_reads_what_is_left(network: Network, people: OnX) -> None:
    found = people.post("marco", "tidewell is cold")
    people.sandbox.leap(31)
    batch = network.search("tidewell", "17")
    assert ([post.post_id for post in batch.posts], batch.complete) == ([found], False)


def test_a_lookup_says_what_is_there_and_why_the_rest_is_not(network: Network, people: OnX) -> None:
    here = [people.post("anna", f"post {n}") for n in range(120)]
    gone, hidden = people.post("anna", "oops"), people.post("ben", "hush")
    people.sandbox.post("/control/x/delete", id=gone)
    people.sandbox.post("/control/x/people", username="ben", protected=True)
    looked = network.look_up([*here, gone, hidden])
    assert list(looked.found) == here
    assert looked.gone == {
        gone: "Its author deleted it.",
        hidden: "Its author's posts are protected, or the account is suspended.",
    }


def test_a_deleted_post_that_is_quoted_does_not_count_as_gone(network: Network, people: OnX) -> None:
    quoted = people.post("anna", "oops")
    post = people.post("ben", "lol", quote_of=quoted)
    people.sandbox.post("/control/x/delete", id=quoted)
    looked = network.look_up([post])
    assert (list(looked.found), looked.gone) == ([post], {})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": None}, "it has no text"),
        ({"text": 7}, "it has no text"),
        ({"author_id": None}, "it has no author_id"),
        ({"author_id": {"id": 1}}, "its author_id is"),
        ({"id": "12x"}, "its id is '12x'"),
        ({"id": None}, "it has no id"),
    ],
)
def test_what_is_no_post_is_refused_with_a_reason_and_the_rest_is_read(
    network: Network, people: OnX, changes: dict[str, Any], reason: str
) -> None:
    bad, good = people.post("anna", "@TidewellGyms bad"), people.post("ben", "@TidewellGyms good")
    people.sandbox.post("/control/x/mangle", id=bad, changes=changes)
    batch = network.mentions(None)
    assert [post.post_id for post in batch.posts] == [good]
    [refused] = batch.refused
    assert reason in refused.reason
    assert refused.post_id == (None if "id" in changes else bad)


@pytest.mark.parametrize(
    "changes",
    [
        {"created_at": None},
        {"created_at": "last Tuesday"},
        {"created_at": 5},
        {"entities": [], "referenced_tweets": "x", "attachments": 3, "edit_history_tweet_ids": {"a": 1}},
        {"entities": {"urls": [None, {"url": 3}], "mentions": [7, {}]}, "referenced_tweets": [None, {"type": []}]},
        {"conversation_id": 99, "reply_settings": [], "in_reply_to_user_id": {}, "note_tweet": "x", "new_field": {}},
    ],
)
def test_an_odd_field_does_not_cost_us_the_post(network: Network, people: OnX, changes: dict[str, Any]) -> None:
    post_id = people.post("anna", "@TidewellGyms hello")
    people.sandbox.post("/control/x/mangle", id=post_id, changes=changes)
    post = _only(network.mentions(None).posts)
    assert (post.text, post.author_handle, post.conversation_id) == ("@TidewellGyms hello", "anna", post_id)
    assert abs(post.created_at - _now(people)) < timedelta(seconds=10)


@pytest.mark.parametrize(
    ("outcome", "trouble", "kind"),
    [
        ("5xx_before", Unreachable, "unreachable"),
        ("html_502", Unreachable, "unreachable"),
        ("reset_before", Unreachable, "unreachable"),
        ("reset_after", Unreachable, "unreachable"),
        ("refuse:401", AuthFailed, "auth"),
        ("refuse:suspended", AuthFailed, "auth"),
        ("refuse:credits", OutOfCredits, "credits"),
        ("refuse:400", Unreachable, "unreachable"),
        ("refuse:404", Unreachable, "unreachable"),
        ("429:90", RateLimited, "rate"),
    ],
)
def test_every_read_that_fails_says_why(
    network: Network, people: OnX, outcome: str, trouble: type[NetworkTrouble], kind: str
) -> None:
    network.identity()
    for call in (lambda: network.mentions(None), lambda: network.search("x", None), lambda: network.look_up(["17"])):
        people.order("*", outcome)
        with pytest.raises(trouble) as raised:
            call()
        assert raised.value.kind == kind
    assert network.mentions(None).complete


def test_a_rate_limit_names_its_end_in_business_time(network: Network, people: OnX) -> None:
    network.identity()
    people.sandbox.leap(86_400)
    people.order("*", "429:90")
    with pytest.raises(RateLimited) as limited:
        network.mentions(None)
    assert limited.value.until is not None
    assert timedelta(seconds=80) < limited.value.until - _now(people) < timedelta(seconds=95)


@pytest.mark.parametrize("wrong", ["consumer_secret", "access_token"])
def test_wrong_tokens_are_named_as_such(sandbox: Running, wrong: str) -> None:
    with pytest.raises(AuthFailed):
        connect(sandbox, **{wrong: "something else"}).identity()


def test_nobody_there_is_unreachable() -> None:
    network: Network = X(XAccess("a", "b", "c", "d"), api="http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        network.mentions(None)
