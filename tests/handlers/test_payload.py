"""What Slack hands over is read without what nobody could store or publish."""

import pytest

from handlers.payload import Json, field, value

UNHOLDABLE = "so\x00rry \ud83d"


def submitted(element: Json) -> Json:
    return {"view": {"state": {"values": {"text": {"reply.text": element}}}}}


@pytest.mark.parametrize("text", [UNHOLDABLE, "sorry "])
def test_typed_text_arrives_without_nul_and_half_characters(text: str) -> None:
    assert field(submitted({"value": text}), "text") == "sorry "
    assert value({"actions": [{"value": text}]}) == "sorry "


def test_everything_else_arrives_word_for_word() -> None:
    said = " Sorry 👩‍👧 <!channel> &amp; \u202eabc\n\n\n"

    assert field(submitted({"value": said}), "text") == said
