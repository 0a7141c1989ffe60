"""The language of a post: the network's word first, then scripts and small words; when in doubt, und."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language import language

CORPUS = Path(__file__).parents[2] / "corpus"
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


SHORT = [
    ("es", "pésimo servicio"), ("es", "no funciona nada"), ("es", "Gracias!"), ("fr", "quelle honte"), ("fr", "merci"),
    ("de", "scheiß App"), ("de", "App kaputt"), ("it", "che schifo"), ("it", "grazie mille"), ("pt", "não funciona"),
    ("nl", "waardeloos"), ("pl", "nie działa"), ("pl", "dramat"), ("tr", "rezalet"), ("sv", "fungerar inte"),
    ("da", "elendig service"), ("no", "takk"), ("fi", "ei toimi"), ("cs", "nefunguje"), ("ro", "mulțumesc"),
    ("hu", "nem működik"), ("id", "parah banget"), ("vi", "dịch vụ tệ"), ("tl", "ang bagal"), ("sw", "huduma mbaya"),
    ("hi", "bahut kharab service"),
]  # fmt: skip
"""A few words each, of the kind people write in anger or thanks."""
LONGER = [
    ("hi", "mera order abhi tak nahi aaya, customer care koi jawab nahi deta"),
    ("id", "paket saya belum sampai udah 2 minggu gimana nih"),
    ("tl", "grabe ang tagal, walang sumasagot sa customer service niyo"),
    ("sw", "nimesubiri saa tatu na hakuna mtu anajibu, huduma mbaya"),
    ("vi", "don hang cua toi bi tre 2 tuan khong ai tra loi"),
    ("tr", "siparişim 2 haftadır gelmedi kimse cevap vermiyor"),
]


@pytest.mark.parametrize(("code", "text"), [*SHORT, *LONGER])
def test_a_word_of_another_language_is_enough_where_nothing_is_english(code: str, text: str) -> None:
    found = language(text)

    assert (found.code, found.scored) == (code, False)


@pytest.mark.parametrize("text", ["app broken", "rude", "lost hat", "die", "no wifi", "so bad", "Zürich app broken"])
def test_a_few_words_without_another_language_are_scored(text: str) -> None:
    assert language(text).scored


def test_hardly_any_english_post_of_the_corpus_is_taken_for_another_language() -> None:
    lines = [line for file in sorted(CORPUS.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    posts = [post["text"] for post in map(json.loads, lines) if post["lang"] == "en"]

    taken = sum(not language(text).scored for text in posts)

    assert taken / len(posts) < 0.003


@pytest.mark.parametrize("text", ["bahut kharab service hai", "No funciona nada y nadie me contesta", "где заказ"])
def test_a_network_that_calls_it_english_does_not_get_it_scored(text: str) -> None:
    assert not language(text, "en").scored


def test_few_words_that_are_all_english_are_english_whatever_the_network_says() -> None:
    assert language("@TidewellGyms so bad", "et").scored
    assert not language("@TidewellGyms so malo", "es").scored
    assert not language("@TidewellGyms 😡", "es").scored


@pytest.mark.parametrize(("said", "code"), [("iw", "he"), ("in", "id"), ("hi-Latn", "hi"), ("fil", "tl")])
def test_old_and_long_codes_are_todays(said: str, code: str) -> None:
    assert language("abc", said).code == code


def test_the_network_knows_best() -> None:
    assert language("Gracias!", "es").code == "es"
    assert language("The changing rooms were dirty again and nobody came", "en").code == "en"
    assert language("The changing rooms were dirty again and nobody came", "de").scored is False


@pytest.mark.parametrize("said", ["und", "qme", "zxx", "qam", "qct", "qht", "qst", "art", "", "!", "x" * 300, None])
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
