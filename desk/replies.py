"""Writing a reply: the sheet, the draft, the confirmation with its fence, and a person's word on an uncertain one."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from desk import pledges
from desk.acts import Act, acting
from desk.cards import sheet
from desk.desk import Desk
from desk.native import arrived
from domain.audit import digest_of
from domain.errors import Invalid, Repeated, Stale
from domain.outside import blank
from domain.promises import Answer
from domain.replies import CANCELLED, DRAFT, NEEDS_HUMAN, QUEUED, SENT, Reply, last_look
from domain.sheets import CardSheet, ReplySheet
from domain.sides import SUGGESTION, Note
from domain.staff import By
from domain.x import Length, same_to_the_letter, weighted_length


@dataclass(frozen=True)
class Queued:
    """It goes out next."""

    reply: Reply


@dataclass(frozen=True)
class Changed:
    """Something happened since the modal opened: nothing goes out; the sheet shows it and the person decides."""

    sheet: ReplySheet


@dataclass(frozen=True)
class Asked:
    """The words promise something: nothing goes out until their author says by when, and who keeps it."""

    sheet: ReplySheet


def open_reply(desk: Desk, case_id: int, by: By) -> ReplySheet:
    """The sheet for the reply modal, on this person's draft, which begins here if they have none."""
    with acting(desk, by, "reply", case_id) as act:
        card = sheet(desk, act.tx, act.case)
        _answerable(card)
        _nothing_underway(act)
        draft = act.tx.replies.draft_of(case_id, by.staff) or _new_draft(act, card)
        return _reply_sheet(act, card, _look_again(act, draft, card), draft.failure)


def _answerable(card: CardSheet) -> None:
    option = card.target.option
    if option.kind == "intent":
        raise Stale(f"{option.reason} Use “Open in X” on the card; Dibs notices the reply and credits you.")
    if option.kind != "api":
        raise Stale(f"This post can't be answered any more. {option.reason}")


def _nothing_underway(act: Act) -> None:
    if act.tx.replies.underway(act.case.id):
        raise Stale("A reply to this customer is already on its way. Wait until it has arrived, then write the next.")


def _new_draft(act: Act, card: CardSheet) -> Reply:
    draft = Reply(
        id=str(uuid5(NAMESPACE_URL, f"dibs:{act.by.key}")),
        case_id=act.case.id,
        author=act.by.staff,
        epoch=act.case.epoch,
        target=card.target.post_id,
        seen=_newest_arrival(card),
        text="",
        status=DRAFT,
        attempts=0,
        look_ups=0,
        attempted_at=None,
        remote_id=None,
        failure=None,
        created_at=act.by.at,
        sent_at=None,
    )
    act.tx.replies.draft(draft)
    return draft


def _newest_arrival(card: CardSheet) -> int:
    return max(post.id for post in card.posts if not post.ours)


def _look_again(act: Act, draft: Reply, card: CardSheet) -> Reply:
    """The draft with what its author now has in front of them."""
    fresh = replace(draft, epoch=act.case.epoch, target=card.target.post_id, seen=_newest_arrival(card))
    act.tx.replies.show(fresh)
    return fresh


def _reply_sheet(act: Act, card: CardSheet, draft: Reply, changed: str | None) -> ReplySheet:
    told = act.tx.posts.told_before(act.case.network, act.case.author_id, act.case.id)
    suggestions = (*_begun(act), *(note for note in act.tx.sides.notes(act.case.id) if note.kind == SUGGESTION))
    return ReplySheet(card, draft, tuple(told), suggestions, measure(act.desk, draft.text), changed)


def _begun(act: Act) -> list[Note]:
    """What whoever had the case before has left half written: it came back with the case."""
    left = act.tx.replies.begun_by_others(act.case.id, act.by.staff)
    return [Note(one.author, SUGGESTION, one.text, one.created_at) for one in left]


def measure(desk: Desk, text: str) -> Length:
    """The network's own count."""
    return weighted_length(text, desk.policy.networks.x.length_limit)


def save_draft(desk: Desk, reply_id: str, text: str, by: By) -> Length:
    """Keep what has been typed so far, and count it."""
    with desk.store.begin() as tx:
        tx.replies.save(reply_id, by.staff, text)
    return measure(desk, text)


def confirm(desk: Desk, reply_id: str, text: str, by: By, answer: Answer | None = None) -> Queued | Changed | Asked:
    """Queue the reply, unless the lock moved or the customer wrote again since its author last saw the case.

    `answer` is what they say about the promise it makes; without one they are asked.
    """
    with desk.store.look() as tx:
        draft = tx.replies.get(reply_id)
    if draft is None:
        raise Stale("This draft isn't here any more. Press Reply on the card to start again.")
    if draft.status != DRAFT:
        raise Repeated
    _fits(desk, text)
    with acting(desk, by, "reply", draft.case_id) as act:
        return _confirm(act, replace(draft, text=text), answer)


def _fits(desk: Desk, text: str) -> None:
    length = measure(desk, text)
    if blank(text):
        raise Invalid("text", "Write a few words first.")
    if not length.fits:
        over = length.used - length.limit
        raise Invalid("text", f"This is {over} too long: X counts {length.used} of {length.limit}. Your text is kept.")


def _confirm(act: Act, draft: Reply, answer: Answer | None) -> Queued | Changed | Asked:
    card = sheet(act.desk, act.tx, act.case)
    _unsaid(act, card, draft)
    act.tx.replies.save(draft.id, draft.author, draft.text)
    pledge = pledges.settle(act, draft, answer)
    problem = last_look(draft, act.case, _newest_arrival(card), card.target.post_id)
    if problem is not None:
        act.record("reply_held", reply=draft.id, why=problem)
        shown = _reply_sheet(act, card, _look_again(act, draft, card), problem)
        return Changed(replace(shown, pledge=pledge))
    if pledge is not None:
        return Asked(replace(_reply_sheet(act, card, draft, None), pledge=pledge))
    queued = act.tx.replies.confirm(draft, act.by.at)
    if queued is None:
        raise Repeated
    act.record("reply_confirmed", reply=draft.id, text=digest_of(draft.text), target=draft.target)
    act.repaint()
    return Queued(queued)


def _unsaid(act: Act, card: CardSheet, draft: Reply) -> None:
    _answerable(card)
    told = any(post.ours and post.text and same_to_the_letter(post.text, draft.text) for post in card.posts)
    if told or draft.text in act.tx.replies.said(act.case.id):
        raise Invalid(
            "text", "We have told this customer exactly this already, and X refuses it twice. Please vary it."
        )
    if act.tx.replies.underway(act.case.id):
        raise Invalid("text", "A reply to this customer is already on its way. Your text is kept as a draft.")


def edit_failed(desk: Desk, reply_id: str, by: By) -> ReplySheet:
    """Take a reply that failed back as a draft, and show it to its author."""
    reply = _reply(desk, reply_id)
    with acting(desk, by, "reply", reply.case_id) as act:
        draft = act.tx.replies.back_to_draft(reply_id, "This was not sent. Have another look at it.")
        if draft is None:
            raise Stale("This has been settled meanwhile. Have a look at the card as it is now.")
        card = sheet(desk, act.tx, act.case)
        _answerable(card)
        act.repaint()
        return _reply_sheet(act, card, _look_again(act, draft, card), draft.failure)


def send_again(desk: Desk, reply_id: str, by: By) -> None:
    """A person looked: it is not public, so it goes out once more."""
    _decide(desk, reply_id, by, (QUEUED, by.at))


def drop(desk: Desk, reply_id: str, by: By) -> None:
    """A person decided not to send it."""
    _decide(desk, reply_id, by, (CANCELLED, None))


def _decide(desk: Desk, reply_id: str, by: By, to: tuple[str, datetime | None]) -> None:
    reply = _reply(desk, reply_id)
    with acting(desk, by, "reply", reply.case_id) as act:
        if act.tx.replies.decide(reply_id, *to) is None:
            raise Stale("This has been settled meanwhile. Have a look at the card as it is now.")
        act.record("reply_decided", reply=reply_id, to=to[0])
        act.repaint()


def is_public(desk: Desk, reply_id: str, remote_id: str, by: By) -> None:
    """A person found it on the network and gave its id."""
    reply = _reply(desk, reply_id)
    with acting(desk, by, "reply", reply.case_id) as act:
        if not remote_id.isdigit():
            raise Invalid("link", "Paste the address of the post on X, for example https://x.com/…/status/123.")
        if act.tx.replies.by_remote(remote_id):
            raise Invalid("link", "That is another reply of ours. Paste the address of this one.")
        if reply.status == NEEDS_HUMAN and arrived(act.tx, act.case, reply_id, remote_id, (by.at, by.at)):
            act.record("reply_decided", reply=reply_id, to=SENT)
            act.repaint()
            return
        raise Stale("This has been settled meanwhile. Have a look at the card as it is now.")


def _reply(desk: Desk, reply_id: str) -> Reply:
    with desk.store.look() as tx:
        reply = tx.replies.get(reply_id)
    if reply is None:
        raise Stale("This reply isn't here any more.")
    return reply
