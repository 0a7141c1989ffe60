"""Which case a post joins: properties over every mixture of cases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.cases import AWAITING, CLAIMED, LIVE, OPEN, RESOLVED, Candidate, after_post, joining
from domain.policy import CasePolicy
from domain.posts import IncomingPost
from tests.domain.test_who_may import ANN, OPEN_CASE

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
POLICY = CasePolicy()
POST = IncomingPost("x", "9", "77", "harriet_runs", "Harriet", "again", AT, "9")
spans = st.timedeltas(timedelta(), timedelta(days=14))
edges = st.sampled_from([POLICY.join_window, POLICY.reopen_window, timedelta(hours=24, microseconds=1), timedelta()])


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    """A case of the author's in any state, some time ago, of the same conversation or not."""
    ago = draw(st.one_of(spans, edges))
    status = draw(st.sampled_from([OPEN, CLAIMED, AWAITING, RESOLVED]))
    ended = AT - draw(st.one_of(st.just(ago), edges)) if status == RESOLVED else None
    number = draw(st.integers(1, 1000))
    case = replace(OPEN_CASE, id=number, status=status, last_post_at=AT - ago, ended_at=ended)
    return Candidate(case, draw(st.booleans()))


mixtures = st.lists(candidates(), max_size=6, unique_by=lambda one: one.case.id)


@given(mixtures)
def test_the_same_conversation_goes_to_a_live_case_of_it_when_there_is_one(mixture: list[Candidate]) -> None:
    kin = [one.case for one in mixture if one.same_conversation and one.case.status in LIVE]

    found = joining(POST, mixture, POLICY)

    if kin:
        assert found.case in kin
        assert not found.reopens


@given(mixtures)
def test_a_post_joins_only_what_is_near_or_kin(mixture: list[Candidate]) -> None:
    found = joining(POST, mixture, POLICY)

    if found.case is not None:
        (one,) = [one for one in mixture if one.case == found.case]
        near = one.case.status in LIVE and AT - one.case.last_post_at <= POLICY.join_window
        assert one.same_conversation or near


@given(mixtures)
def test_only_a_resolved_case_within_its_window_is_reopened(mixture: list[Candidate]) -> None:
    found = joining(POST, mixture, POLICY)

    if found.reopens:
        assert found.case is not None
        assert found.case.ended_at is not None
        assert AT - found.case.ended_at <= POLICY.reopen_window
    elif found.case is not None:
        assert found.case.status in LIVE


@given(mixtures, st.randoms())
def test_the_order_of_the_cases_does_not_matter(mixture: list[Candidate], chance: object) -> None:
    shuffled = sorted(mixture, key=lambda one: hash((one.case.id, id(chance))))
    distinct = len({one.case.last_post_at for one in mixture}) == len(mixture)

    if distinct:
        assert joining(POST, mixture, POLICY) == joining(POST, shuffled, POLICY)


def test_a_post_alone_opens_a_case() -> None:
    assert joining(POST, [], POLICY).case is None


@given(st.sampled_from([OPEN, CLAIMED, AWAITING, RESOLVED]), st.booleans(), st.booleans())
def test_after_a_post_a_case_waits_for_us_never_for_the_customer(status: str, held: bool, eligible: bool) -> None:  # noqa: FBT001 - hypothesis gives them by position
    case = replace(OPEN_CASE, status=status, holder=ANN if held else None)

    after = after_post(case, reopens=status == RESOLVED, holder_eligible=eligible)

    assert after in (OPEN, CLAIMED)
    if status in (AWAITING, RESOLVED):
        assert (after == CLAIMED) == (held and eligible)
