"""What is kept of a verdict: a sentence that says where a post went, and why, in words of ours."""

from dataclasses import replace

from domain.triage import judged
from domain.verdicts import Facts, Triage
from tests.desk.conftest import POLICY, a_post

HOW = ("mention", "model", "rules")


def test_a_rule_of_a_team_that_is_gone_says_so_and_where_the_post_went_instead() -> None:
    post = a_post(1, "@TidewellGyms the towels have run out in the pool area")
    verdict = replace(Triage(POLICY).judge(Facts(post.text)), team="pool", led="the rule pool-care leads to pool")

    placed = judged(post, verdict, POLICY, HOW).placement

    assert placed.team == POLICY.default_team
    assert placed.why == "the rule pool-care leads to pool, which is no team any more, so it goes to care"
