"""People on X through the control API: what is refused, what survives a restart, demo posts, pages."""

from pathlib import Path

import pytest

from tests.sandbox.conftest import Running, Start
from tests.sandbox.on_x import OnX, on_x


@pytest.fixture
def x(sandbox: Running) -> OnX:
    """X, spoken to as the brand."""
    return on_x(sandbox)


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ({"text": "hi"}, "author"),
        ({"author": "anna"}, "text"),
        ({"author": "no spaces", "text": "hi"}, "handle"),
        ({"author": "anna", "text": "x" * 25_001}, "25000"),
        ({"author": "anna", "text": "hi", "id": "abc"}, "digits"),
        ({"author": "anna", "text": "hi", "created_at": "yesterday"}, "created_at"),
        ({"author": "anna", "text": "hi", "images": 5}, "images"),
        ({"author": "anna", "text": "hi", "reply_settings": "friends"}, "reply_settings"),
    ],
)
def test_a_wrong_order_is_told_what_is_wrong(x: OnX, order: dict[str, object], says: str) -> None:
    answer = x.sandbox.http.post("/control/x/posts", json=order)
    assert 400 <= answer.status_code < 500
    assert says in answer.json()["error"]


def test_a_given_id_and_moment_are_kept_and_no_id_is_used_twice(x: OnX) -> None:
    x.post("anna", "@TidewellGyms hi", id="567470479242166273", created_at="2015-02-16T23:48:00Z")
    assert x.sandbox.http.post(
        "/control/x/posts", json={"author": "a", "text": "b", "id": "567470479242166273"}
    ).is_error
    [post] = x.sandbox.get("/control/x/posts", limit=1)
    assert (post["id"], post["at"]) == ("567470479242166273", "2015-02-16T23:48:00.000Z")


def test_a_late_post_with_an_old_id_stands_in_its_place(x: OnX) -> None:
    new = x.post("anna", "@TidewellGyms new")
    old = x.post("ben", "@TidewellGyms old", id=str(int(new) - 5))
    assert x.ids(x.mentions()) == [new, old]


def test_posts_without_words_and_with_25_000_are_taken(x: OnX) -> None:
    x.post("anna", "", images=1)
    x.post("anna", "@TidewellGyms " + "é" * 24_986)
    assert len(x.mentions(tweet_fields="note_tweet")["data"][0]["note_tweet"]["text"]) == 25_000


def test_unknown_things_are_404(x: OnX) -> None:
    for gesture in ("delete", "edit"):
        answer = x.sandbox.http.post(f"/control/x/{gesture}", json={"id": "17", "text": "x"})
        assert (answer.status_code, answer.json()["error"]) == (404, "there is no post 17")


def test_everything_survives_a_restart(start_sandbox: Start, tmp_path: Path) -> None:
    before = on_x(start_sandbox(state=tmp_path))
    first = before.post("anna", "@TidewellGyms cold")
    second = str(before.sandbox.post("/control/x/edit", id=first, text="@TidewellGyms colder")["id"])
    before.sandbox.post("/control/x/delete", id=before.post("ben", "@TidewellGyms oops"))
    before.switch(naming="post")
    after = on_x(start_sandbox(state=tmp_path))
    [post] = after.mentions()["data"]
    assert (post["id"], post["edit_history_post_ids"]) == (second, [first, second])


def test_demo_posts_trickle_in_once_and_go_on_after_a_restart(start_sandbox: Start, tmp_path: Path) -> None:
    running = start_sandbox(state=tmp_path, demo=True)
    running.leap(16)
    before = running.get("/control/x/posts")
    assert [post["author"] for post in before] == ["deskbound_dan", "swimwithsal", "tom_b_1984", "harriet_runs"]
    again = start_sandbox(state=tmp_path, demo=True)
    assert again.get("/control/x/posts") == before
    again.leap(60)
    assert len(again.get("/control/x/posts")) == len(again.world.x.demo)
    assert len(on_x(again).mentions(max_results=100)["data"]) == len(again.world.x.demo) - 1


def test_without_demo_there_are_no_posts(x: OnX) -> None:
    x.sandbox.leap(120)
    assert x.sandbox.get("/control/x/posts") == []


def test_a_reset_empties_x(x: OnX) -> None:
    x.post("anna", "@TidewellGyms cold")
    x.sandbox.post("/control/reset")
    assert x.mentions() == {"meta": {"result_count": 0}}
    assert x.client.get_me()


def test_a_post_has_a_page_with_inert_text(x: OnX) -> None:
    post = x.post("anna", "<script>alert(1)</script> @TidewellGyms")
    page = x.sandbox.http.get(f"/x/anna/status/{post}")
    assert page.status_code == 200
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text
    x.sandbox.post("/control/x/delete", id=post)
    assert x.sandbox.http.get(f"/x/anna/status/{post}").status_code == 404


def test_the_intent_page_lets_staff_answer_by_hand_whom_the_api_may_not(x: OnX) -> None:
    target = x.post("marco", "Tidewell is a disgrace")
    asked = {"text": 'So "sorry"', "in_reply_to": target}
    page = x.sandbox.http.get("/intent/tweet", params=asked)
    assert "So &quot;sorry&quot;" in page.text
    assert "Tidewell is a disgrace" in page.text
    assert x.sandbox.http.post("/intent/tweet", data=asked).status_code == 303
    [reply] = x.replies()
    assert (reply["in_reply_to"], reply["text"], reply["natively"]) == (target, 'So "sorry"', True)


def test_a_post_can_be_mangled_on_the_wire(x: OnX) -> None:
    post = x.post("anna", "@TidewellGyms hi")
    x.sandbox.post("/control/x/mangle", id=post, changes={"text": None, "author_id": 7})
    assert x.mentions()["data"] == [{"id": post, "edit_history_tweet_ids": [post], "author_id": 7}]


def test_settings_are_shown_and_wrong_ones_refused(x: OnX) -> None:
    assert x.sandbox.get("/control/x/settings")["naming"] == "tweet"
    answer = x.sandbox.http.post("/control/x/settings", json={"naming": "latin", "colour": "blue"})
    assert answer.status_code == 409
    assert "naming" in answer.json()["error"]
    assert "colour" in answer.json()["error"]
