"""Rules: the first by priority decides, the others are told, and a faulty one is named instead of used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.query import Query
from domain.rules import Rule, RulePolicy, RuleSet, breadth, why_not_armed
from domain.tokens import read

WORDS = ("dirty", "rooms", "refund", "pool", "e-mail", "x")


def names(rules: list[Rule], text: str, language: str | None = None) -> list[str]:
    ruling = RuleSet(rules).judge(read(text), language)
    return [hit.rule.name for hit in (*([ruling.first] if ruling.first else []), *ruling.also)]


def test_the_highest_priority_decides_then_the_order_of_the_file() -> None:
    rules = [
        Rule("late", "pool", "a"),
        Rule("second", "pool", "b", priority=5),
        Rule("third", "poo* OR x", "c", priority=5),
    ]

    assert names(rules, "the pool") == ["second", "third", "late"]


def test_a_match_says_where() -> None:
    ruling = RuleSet([Rule("a", "dirty NEAR/3 rooms", "care")]).judge(read("the rooms are dirty"))

    assert ruling.first is not None
    assert ruling.first.where == ((4, 9), (14, 19))


def test_a_monitored_rule_is_noted_and_decides_nothing() -> None:
    ruling = RuleSet([Rule("a", "pool", "care", mode="monitor")]).judge(read("pool"))

    assert ruling.first is None
    assert [hit.rule.name for hit in ruling.monitored] == ["a"]


def test_a_rule_that_is_off_is_not_looked_at() -> None:
    assert RuleSet([Rule("a", "pool", "care", mode="off")]).judge(read("pool")).first is None


@pytest.mark.parametrize(("language", "found"), [("de", ["a"]), (None, ["a"]), ("en", [])])
def test_a_rule_for_a_language_judges_posts_of_it_and_of_none_known(language: str | None, found: list[str]) -> None:
    assert names([Rule("a", "kaputt", "care", languages=("de",))], "kaputt", language) == found


def test_faulty_rules_are_named_with_their_column_and_the_rest_go_on() -> None:
    rules = RuleSet([Rule("good", "pool", "a"), Rule("bad", "pool (dirty", "a"), Rule("good", "lift", "b")])

    assert [str(fault) for fault in rules.faults] == [
        "rule good, column 1: there is another rule of this name; only the first counts",
        "rule bad, column 6: This parenthesis is never closed.",
    ]
    assert rules.judge(read("pool")).first is not None
    assert rules.judge(read("lift")).first is None


def test_a_table_with_a_faulty_query_says_the_column() -> None:
    with pytest.raises(ValidationError, match="column 3: “XOR” is no operator here"):
        RulePolicy(query="a XOR b", team="care")


def test_an_armed_rule_that_matches_everything_is_a_fault_and_a_monitored_one_is_not() -> None:
    says = "matches every post that doesn't say certain words"

    with pytest.raises(ValidationError, match=says):
        RulePolicy(query="NOT pool", team="care")
    rules = RuleSet([Rule("a", "NOT pool", "care"), Rule("b", "NOT pool", "care", mode="monitor")])

    assert [(fault.name, says in fault.message) for fault in rules.faults] == [("a", True)]
    assert RulePolicy(query="NOT pool", team="care", mode="monitor").mode == "monitor"


def test_a_table_becomes_a_rule() -> None:
    rule = RulePolicy(query="pool", team="care", priority=3, languages=("de",)).rule("cold")

    assert rule == Rule("cold", "pool", "care", priority=3, languages=("de",))


def test_breadth_is_the_share_of_posts_that_match() -> None:
    past = [read(text) for text in ("pool", "the pool", "lift", "class")]

    measured = breadth(Query.of("pool"), past)

    assert (measured.matched, measured.of, measured.share, measured.too_broad) == ((0, 1), 4, 0.5, False)


def test_a_rule_that_matches_most_of_the_past_must_not_be_armed() -> None:
    query = Query.of("the OR pool OR lift")

    assert why_not_armed(query, breadth(query, [read("the"), read("pool"), read("class")])) == (
        "this rule matches 2 of the last 3 posts (67%); narrow it down"
    )


@pytest.mark.parametrize("query", ["NOT pool", "pool OR NOT lift", "NOT pool NOT lift"])
def test_a_rule_that_says_only_what_must_not_be_there_must_not_be_armed(query: str) -> None:
    assert why_not_armed(Query.of(query)) is not None


LEAVES = st.sampled_from((*WORDS, '"dirty rooms"', "dir*", '"dirty rooms"~3', "refund~", "=rooms", "#pool", "email"))
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
        st.builds("(NOT {})".format, inner),
    ),
    max_leaves=6,
)


@given(
    st.lists(QUERIES, max_size=8),
    st.lists(st.sampled_from((*WORDS, "#pool", "#dirtyrooms", "refunnd", "dirtyyyy")), max_size=8),
)
def test_looking_at_the_rarest_words_first_loses_no_match(queries: list[str], text: list[str]) -> None:
    tokens = read(" ".join(text))
    rules = [Rule(str(number), query, "care", mode="monitor") for number, query in enumerate(queries)]

    expected = [rule.name for rule in rules if Query.of(rule.query).match(tokens) is not None]

    found = RuleSet(rules)
    assert [hit.rule.name for hit in found.judge(tokens).monitored] == expected
    assert found.matches(tokens) == bool(expected)
