"""The guard of what was learnt: it counts only if, on posts that didn't teach it, it does no harm."""

from collections import Counter
from collections.abc import Sequence

from domain.layers import Labelled, crossed
from domain.learning import mean, sigmoid
from domain.triage_policy import AddressedPolicy, FoundPolicy

LOSS_OF_AUC, LOSS_OF_F1, LOSS_OF_RECALL = 0.005, 0.01, 0.01
"""What a layer may lose on posts that didn't teach it. A few hundred posts can't tell less from chance."""
CARD_FROM, DIGEST_FROM = AddressedPolicy().card, FoundPolicy().digest
Scored = Sequence[tuple[float, float]]
"""Probabilities, each with its label."""


def does_no_harm(posts: Sequence[Labelled]) -> tuple[bool, dict[str, float]]:
    """Whether a layer learnt from such posts may count, and the figures: it may hardly cost recall, F1 or AUC."""
    before = [(sigmoid(post.odds), post.label) for post in posts]
    after = [(sigmoid(odds), label) for odds, label in crossed(posts)]
    figures = {
        "auc_before": auc(before), "auc_after": auc(after), "f1_before": macro_f1(before), "f1_after": macro_f1(after),
        "recall_before": recall(before), "recall_after": recall(after),
    }  # fmt: skip
    bounds = {"auc": LOSS_OF_AUC, "f1": LOSS_OF_F1, "recall": LOSS_OF_RECALL}
    harmless = all(figures[f"{name}_after"] >= figures[f"{name}_before"] - loss for name, loss in bounds.items())
    return harmless, {name: round(value, 4) for name, value in figures.items()}


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
