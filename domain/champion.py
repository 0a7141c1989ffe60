"""The guard of what was learnt: it counts only if, on posts that didn't teach it, it does no worse than what ships."""

from collections import Counter
from collections.abc import Sequence

from domain.layers import Labelled, layer_of, odds_of
from domain.learning import mean, sigmoid

FOLDS = 4
"""Parts of the judged posts; each is judged by a layer learnt from the others."""
LEAST_AUC = 0.005
CARD_FROM, DIGEST_FROM = 0.5, 0.25
Scored = Sequence[tuple[float, float]]
"""Probabilities, each with its label."""


def does_no_harm(posts: Sequence[Labelled]) -> tuple[bool, dict[str, float]]:
    """Whether a layer learnt from such posts may count, and the figures: it may cost neither recall, F1 nor AUC."""
    before = [(sigmoid(post.odds), post.label) for post in posts]
    after = _crossed(posts)
    figures = {
        "auc_before": auc(before), "auc_after": auc(after), "f1_before": macro_f1(before), "f1_after": macro_f1(after),
        "recall_before": recall(before), "recall_after": recall(after),
    }  # fmt: skip
    ranked = figures["auc_after"] >= figures["auc_before"] - LEAST_AUC
    told_apart = figures["f1_after"] >= figures["f1_before"]
    harmless = ranked and told_apart and figures["recall_after"] >= figures["recall_before"]
    return harmless, {name: round(value, 4) for name, value in figures.items()}


def _crossed(posts: Sequence[Labelled]) -> list[tuple[float, float]]:
    """Each post's probability by a layer that hasn't seen it."""
    found = []
    for fold in range(FOLDS):
        others = [post for at, post in enumerate(posts) if at % FOLDS != fold]
        layer = layer_of(others) if len({post.label for post in others}) > 1 else None
        found += [(sigmoid(odds_of(post, layer)), post.label) for at, post in enumerate(posts) if at % FOLDS == fold]
    return found


def auc(scored: Scored) -> float:
    """How often a complaint is scored above another post; a half when there is only one kind."""
    complaints = [score for score, label in scored if label]
    others = [score for score, label in scored if not label]
    if not complaints or not others:
        return 0.5
    wins = sum((one > two) + 0.5 * (one == two) for one in complaints for two in others)
    return wins / (len(complaints) * len(others))


def macro_f1(scored: Scored) -> float:
    """The mean of the F1 of cards and of the rest."""
    counted = Counter((score >= CARD_FROM, bool(label)) for score, label in scored)
    wrong = counted[True, False] + counted[False, True]
    return mean(2 * right / max(1, 2 * right + wrong) for right in (counted[True, True], counted[False, False]))


def recall(scored: Scored) -> float:
    """Of the complaints, how many somebody would at least read of in the digest."""
    complaints = [score for score, label in scored if label]
    return sum(score >= DIGEST_FROM for score in complaints) / len(complaints) if complaints else 1.0
