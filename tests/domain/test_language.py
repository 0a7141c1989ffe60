"""The language of a post: the network's word first, then scripts and small words; when in doubt, und."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import language

SPOKEN = [
    ("en", "The changing rooms were dirty again and nobody came"),
    ("es", "Llevo dos semanas esperando mi pedido y nadie me contesta"),
    ("pt", "Estou há duas horas esperando e não consigo falar com vocês"),
    ("fr", "Je suis très déçu de votre service, le colis n'est pas arrivé"),
    ("de", "Ich warte schon seit zwei Wochen und niemand hat mir geantwortet"),
    ("it", "Sono due settimane che aspetto e non ho ancora il mio pacco"),
    ("nl", "Ik wacht al twee weken en niemand kan mij helpen met mijn bestelling"),
    ("ru", "Где моя посылка? Жду уже две недели"),
    ("uk", "Де моя посилка? Чекаю вже два тижні"),
    ("ja", "荷物が届きません。いつ来ますか"),
    ("ko", "배송이 언제 오나요"),
    ("ar", "أين طلبي؟ أنتظر منذ أسبوعين"),
    ("zh", "我的包裹还没到"),
]


@pytest.mark.parametrize(("code", "text"), SPOKEN)
def test_a_language_is_known_by_its_letters_or_small_words(code: str, text: str) -> None:
    assert language(text).code == code


def test_the_network_knows_best() -> None:
    assert language("Gracias!", "es").code == "es"
    assert language("The changing rooms were dirty again and nobody came", "de").scored is False


@pytest.mark.parametrize("said", ["und", "qme", "zxx", "", "!", "x" * 300, None])
def test_a_network_that_does_not_know_says_nothing(said: str | None) -> None:
    assert language("The changing rooms were dirty again and nobody came", said).code == "en"


def test_a_region_does_not_matter() -> None:
    assert language("hello", "en-GB").code == "en"


@pytest.mark.parametrize("text", ["", "ok", "@united flight 435", "😡😡😡", "12345 67890 12345 67890 12345"])
def test_too_little_is_und_and_still_scored(text: str) -> None:
    found = language(text)

    assert (found.code, found.scored) == ("und", True)


@pytest.mark.parametrize("code", ["es", "ru", "ja", "zh", "ar"])
def test_what_the_model_does_not_know_is_not_scored(code: str) -> None:
    text = next(text for one, text in SPOKEN if one == code)

    assert not language(text).scored


def test_english_that_quotes_a_name_is_english() -> None:
    # Its Spanish words weigh a little more than its English ones.
    text = "The waiter at El Rincón de los Abuelos y Las Niñas was rude to us and then we left"

    assert language(text).code == "en"


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=8)))
def test_every_text_has_a_language_or_und(text: str, said: str | None) -> None:
    assert language(text, said).code.isalpha()
