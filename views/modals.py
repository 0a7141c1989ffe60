"""The small modals: take over, hand over, suggest, wrong team, split off, the link of a public reply, a refusal."""

from collections.abc import Sequence

from domain.cases import Case
from domain.posts import StoredPost
from domain.sheets import CardSheet
from views.blocks import section
from views.conversation import body
from views.forms import modal, option, question, select, text_field
from views.kit import Json, mention, plain, sentence
from views.reply_modal import metadata

TAKE_OVER, HAND_OVER = "case.take_over_confirmed", "case.hand_over_confirmed"
SUGGEST, WRONG_TEAM = "note.suggested", "case.wrong_team_confirmed"
SPLIT, PUBLIC_LINK = "case.split_confirmed", "reply.link_given"
CALLBACKS = (TAKE_OVER, HAND_OVER, SUGGEST, WRONG_TEAM, SPLIT, PUBLIC_LINK)
REASON, TO, NOTE, TEAM, POST, LINK = (
    "case.reason",
    "case.to",
    "note.text",
    "case.team",
    "case.post",
    "reply.link",
)
INPUTS = (REASON, TO, NOTE, TEAM, POST, LINK)
"""Action ids of fields: read at submission, they send no click of their own."""
SHORTEST_REASON = 10
LONGEST_NOTE = 3000


def take_over(case: Case) -> Json:
    """Asks for the reason before a case is taken from its holder."""
    told = f"{mention(case.holder)} is told at once, with your reason." if case.holder else "Your reason is kept."
    field = {**text_field(REASON, 500), "min_length": SHORTEST_REASON}
    hint = "Ten characters or more, so that the person you take it from understands."
    blocks = [section(told), question("reason", "Why are you taking it over?", field, hint)]
    return modal("Take over", "Take over", TAKE_OVER, metadata(case=case.id, epoch=case.epoch), blocks)


def hand_over(case: Case) -> Json:
    """Asks who shall have it."""
    field = {"type": "users_select", "action_id": TO, "placeholder": plain("Choose a colleague", 150)}
    hint = "They have ten minutes to accept. Until they do, the case stays with you."
    blocks = [question("to", "Who shall have it?", field, hint)]
    return modal("Hand over", "Offer it", HAND_OVER, metadata(case=case.id, epoch=case.epoch), blocks)


def suggest(case: Case) -> Json:
    """Asks for the words a colleague would say."""
    hint = "It goes to the case's thread and stands in the reply window. Only the holder can send it."
    blocks = [question("text", "What would you say?", text_field(NOTE, LONGEST_NOTE), hint)]
    return modal("Suggest a reply", "Suggest it", SUGGEST, metadata(case=case.id, epoch=case.epoch), blocks)


def wrong_team(case: Case, teams: Sequence[tuple[str, str]]) -> Json:
    """Asks whose it is; `teams` are pairs of key and channel name."""
    if not teams:
        return refused("There is no other team to pass it on to.")
    options = [option(f"#{channel.removeprefix('#')}", key) for key, channel in teams[:100]]
    hint = "The card moves to their channel, and nobody holds it until one of them claims it."
    blocks = [question("team", "Whose case is it?", select(TEAM, "Choose a channel", options), hint)]
    return modal("Wrong team", "Pass it on", WRONG_TEAM, metadata(case=case.id, epoch=case.epoch), blocks)


def split(sheet: CardSheet) -> Json:
    """Asks from which post on another case begins."""
    case = sheet.case
    later = [post for post in sheet.posts if not post.ours][1:]
    if not later:
        return refused("This case has a single post, so there is nothing to split off.")
    options = [option(_label(post), str(post.id)) for post in later[-100:]]
    hint = "That post and the ones after it become a case of their own."
    blocks = [question("post", "From which post on?", select(POST, "Choose a post", options), hint)]
    return modal("Split off", "Split off", SPLIT, metadata(case=case.id, epoch=case.epoch), blocks)


def public_link(reply_id: str, case_id: int, epoch: int) -> Json:
    """Asks where the reply stands that X didn't confirm."""
    field = {"type": "url_text_input", "action_id": LINK, "placeholder": plain("https://x.com/…/status/…", 150)}
    hint = "Open it on X and copy its link. The customer's answer then comes back to this case."
    blocks = [question("link", "Where is the reply?", field, hint)]
    ids = metadata(case=case_id, epoch=epoch, reply=reply_id)
    return modal("It is public", "Record it", PUBLIC_LINK, ids, blocks)


def refused(text: str) -> Json:
    """A refusal, where a modal was about to be."""
    blocks = [section(sentence(text) or "That can't be done right now.")]
    return {"type": "modal", "title": plain("Not this time", 24), "close": plain("Close", 24), "blocks": blocks}


def _label(post: StoredPost) -> str:
    return body(post).replace("\n", " ")
