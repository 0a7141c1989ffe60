"""The verdict: rules before terms before likeness, tiers by how a post reached us, and every stage fails open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.policy import BadPolicy, parse_part
from domain.rules import Rule, RuleSet, Ruling
from domain.tokens import Tokens
from domain.triage_policy import ARCHIVE, CARD, DIGEST
from domain.verdicts import Facts, Triage, Verdict

POLICY = parse_part("""
[team.care]
default = true
terms = ["rude"]
[team.facilities]
terms = ["dirty changing rooms", "shower", "locker"]
[team.billing]
terms = ["refund", "charged twice", "direct debit"]
[emergency]
person = "kit"
terms = ["code blue"]
[rule.lost]
query = '"lost property" OR umbrella'
team = "facilities"
severity = "urgent"
""")
TRIAGE = Triage(POLICY)


def _verdict(text: str, *, addressed: bool = True, language: str | None = None) -> Verdict:
    return TRIAGE.judge(Facts(text, addressed=addressed, language=language))


def test_the_longest_term_leads_to_its_team_and_says_so() -> None:
    verdict = _verdict("dirty changing rooms again, I want a refund")

    assert verdict.team == "facilities"
    assert "“dirty changing rooms” leads to facilities" in verdict.why
    assert verdict.term is not None
    assert verdict.term.where == (0, 20)


def test_several_terms_of_one_team_outweigh_a_longer_one_of_another() -> None:
    triage = Triage(
        parse_part("""
        [team.care]
        default = true
        [team.yard]
        terms = ["wheelbarrow"]
        [team.shed]
        terms = ["rake", "hoe"]
    """)
    )

    verdict = triage.judge(Facts("the wheelbarrow came without its rake and its hoe"))

    assert verdict.teams == ("shed", "yard")
    assert verdict.led == "“rake” leads to shed"


def test_a_team_with_a_term_in_the_post_comes_before_one_that_speaks_of_the_same_things() -> None:
    triage = Triage(
        parse_part("""
        [team.care]
        default = true
        [team.yard]
        terms = ["wheelbarrow"]
        [team.billing]
        terms = ["refund", "charged twice", "direct debit"]
    """)
    )

    verdict = triage.judge(Facts("wheelbarrow bill paid, invoice paid, fee paid, payment made, money owed"))

    assert verdict.teams == ("yard", "billing")


def test_a_rule_comes_before_a_term() -> None:
    verdict = _verdict("my umbrella is gone and I want a refund")

    assert (verdict.team, verdict.severity, verdict.tier) == ("facilities", "urgent", CARD)
    assert "the rule lost leads to facilities" in verdict.why


def test_without_a_term_the_team_that_speaks_of_the_same_things_is_asked() -> None:
    assert _verdict("you took my money again this month").team == "billing"


def test_two_different_teams_are_always_named() -> None:
    for text in ("", "refund", "rude", "hello", "Где моя посылка?"):
        verdict = _verdict(text)
        assert verdict.teams[0] == verdict.team
        assert len(set(verdict.teams)) == 2


def test_what_was_addressed_to_us_is_never_archived() -> None:
    chatter = "RT to win a free hoodie! Link in bio"

    assert _verdict(chatter).tier == DIGEST
    assert _verdict(chatter, addressed=False).tier == ARCHIVE


def test_an_emergency_is_a_card_whatever_its_score() -> None:
    verdict = _verdict("journalist with the Herald here, who do I speak to?", addressed=False)

    assert (verdict.tier, verdict.severity) == (CARD, "urgent")


def test_an_emergency_term_of_the_policy_is_never_talked_away() -> None:
    verdict = _verdict("lovely day, thanks, code blue in the pool lol", addressed=False)

    assert (verdict.tier, verdict.severity) == (CARD, "emergency")
    assert verdict.why[0] == "“code blue” is an emergency term"


def test_a_language_the_model_does_not_know_is_not_scored_but_read_by_a_person() -> None:
    verdict = _verdict("¿Dónde está mi pedido? Llevo dos semanas esperando", addressed=False)

    assert (verdict.tier, verdict.complaint, verdict.language) == (CARD, 0.5, "es")
    assert any("not scored" in why for why in verdict.why)


def test_terms_lead_in_every_language() -> None:
    assert _verdict("Wo ist mein refund? Ich warte schon seit zwei Wochen").team == "billing"


class _Broken(RuleSet):
    def judge(self, tokens: Tokens, language: str | None = None) -> Ruling:
        raise LookupError(f"no rule for {len(tokens.words)} words in {language}")


def test_a_stage_that_breaks_makes_a_card_and_says_so() -> None:
    verdict = Triage(POLICY, _Broken([Rule("r", "x", "care")])).judge(Facts("thank you so much", addressed=False))

    assert verdict.tier == CARD
    assert "triage failed at rules" in verdict.why[-1]


def test_thresholds_are_the_workspaces_own() -> None:
    strict = Triage(parse_part("[team.care]\ndefault = true\n[triage.addressed]\ncard = 0.999"))

    assert strict.judge(Facts("the showers are dirty again")).tier == DIGEST


@pytest.mark.parametrize("table", ["[triage.found]\ncard = 0.2\ndigest = 0.3", "[triage.addressed]\ncard = 2"])
def test_thresholds_that_make_no_sense_are_refused_with_their_path(table: str) -> None:
    with pytest.raises(BadPolicy) as refused:
        parse_part(table)

    assert refused.value.faults[0].path.startswith("triage.")


def test_no_team_at_all_is_care() -> None:
    assert Triage(parse_part("")).judge(Facts("refund")).team == "care"


@settings(max_examples=60)
@given(st.text(st.one_of(st.characters(), st.sampled_from("\ud800\u200b\u202e\x00é@#")), max_size=200), st.booleans())
def test_every_text_has_a_verdict(text: str, addressed: bool) -> None:  # noqa: FBT001 - hypothesis gives it by place
    verdict = _verdict(text, addressed=addressed)

    assert 0.0 <= verdict.complaint <= 1.0
    assert verdict.tier in ({CARD, DIGEST} if addressed else {CARD, DIGEST, ARCHIVE})
    assert verdict == _verdict(text, addressed=addressed)


def test_with_a_word_of_the_policy_a_doubt_is_enough_for_a_card_but_praise_stays_praise() -> None:
    doubtful = "the shower upstairs is at the back"

    assert _verdict(doubtful).complaint < 0.4
    assert _verdict(doubtful).tier == CARD
    assert _verdict("the chair upstairs is at the back").tier == DIGEST
    assert _verdict("thank you so much, I love the shower, wonderful").tier == DIGEST


HIDDEN = str.maketrans({"o": "\u043e", "i": "\u0456", "e": "\u0435", "a": "\u0430", "c": "\u0441"})
"""Letters of the Cyrillic alphabet that look like those of the Latin one."""


@pytest.mark.parametrize(
    "text",
    [
        "dirty showers, refund me",
        "my daughter collapsed by the pool and she isn't breathing, send an ambulance",
        "somebody used my card, it is fraud and I want the police",
    ],
)
def test_look_alike_letters_hide_nothing(text: str) -> None:
    plain, hidden = _verdict(text, language="en"), _verdict(text.translate(HIDDEN), language="en")

    assert (hidden.team, hidden.severity, hidden.tier) == (plain.team, plain.severity, plain.tier)
    assert hidden.complaint == plain.complaint
