"""Every action id and callback id that is drawn anywhere; a house test compares them with the listeners."""

from views import (
    back_test,
    card,
    corrections,
    cover_words,
    covers,
    digest,
    home,
    modals,
    nags,
    notices,
    nudging,
    occasions,
    offers,
    promises,
    reply_modal,
    rota,
    rule_words,
    rules,
    wishes,
)

ACTIONS = (
    *back_test.ACTIONS,
    *card.ACTIONS,
    *corrections.ACTIONS,
    *cover_words.ACTIONS,
    *covers.ACTIONS,
    *digest.ACTIONS,
    *home.ACTIONS,
    *nags.ACTIONS,
    *notices.ACTIONS,
    *nudging.ACTIONS,
    *occasions.ACTIONS,
    *offers.ACTIONS,
    *promises.ACTIONS,
    *reply_modal.ACTIONS,
    *rota.ACTIONS,
    *rule_words.ACTIONS,
    *rules.ACTIONS,
    *wishes.ACTIONS,
)
"""Ids that send a click. Fields of modals are in `modals.INPUTS`: they are read when the modal is submitted."""
CALLBACKS = (
    *covers.CALLBACKS,
    *modals.CALLBACKS,
    *nudging.CALLBACKS,
    *promises.CALLBACKS,
    *reply_modal.CALLBACKS,
    *rules.CALLBACKS,
    *wishes.CALLBACKS,
)
"""Modals that can be submitted."""
