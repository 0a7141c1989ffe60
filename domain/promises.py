"""Promises in a reply: which of its words commit us to something, and by when that should be done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.escalation import KEEPER, MANAGER, Plan, Step
from domain.promise_times import Hours, due, names_a_time

LONGEST = 140
"""Characters of our own words that are shown again."""
AHEAD_AT_MOST = timedelta(days=366)
AGAIN_AT_MOST = 5
PLAN = Plan(
    steps=(
        Step(timedelta(minutes=-15), KEEPER),
        Step(timedelta(0), KEEPER),
        Step(timedelta(minutes=30), MANAGER),
    ),
    repeat=timedelta(hours=1),
    together=timedelta(0),
    per_hour=12,
    at_most=AGAIN_AT_MOST,
)
"""Who hears of a promise: its keeper before it is due and when it is, then the manager, a few times and no more."""

_PEOPLE = (
    "manager|managers|team|teams|colleague|colleagues|engineer|engineers|technician|plumber|staff|people|office|crew"
    "|member|accounts|contractor|cleaners?"
)
_WHO = (
    rf"(?:i|we|(?:our|the|a|my|one of (?:our|the)) (?:[\w-]+ ){{0,4}}?(?:{_PEOPLE})"
    r"(?: (?:of staff|here|there|at [\w ]{1,30}?|from [\w ]{1,30}?))?|someone|somebody|they|he|she)"
)
_WILL = r"(?: ?'ll| will| shall|'m going to|'re going to|'s going to| am going to| are going to| is going to)"
_HOW = (
    r"(?: (?:also|then|definitely|certainly|gladly|happily|personally|all|both|be sure to|make sure to|try to|aim to"
    r"|do our best to|promise to|still|now|first|just|be able to|have|get|ask|arrange for|send)"
    r"(?: (?:our|the|a|my|someone|somebody|one of our)(?: [\w-]+){0,3}?(?: to)?)?){0,4}"
)
_WHOM = r"(?: (?:you|u|ya|them|him|her|back|right back|this|that|it|everyone))"
_WHEN = (
    r"(?: (?:on|at|by|within|in|before|after|today|tomorrow|tonight|first|this|next|later|again|as soon|asap|straight"
    r"|once|over|mon|tue|wed|thu|fri|sat|sun|shortly|soon|\d))"
)
_DONE = "fixed|repaired|mended|refunded|cleaned|deep cleaned|replaced|resolved|sorted|credited|paid"
_SPEAKING = (
    r"(?:call|ring|phone|telephone|email|e-mail|mail|message|dm|text|contact|write to|reach out to)"
    rf"(?={_WHOM}|{_WHEN})",
    r"(?:write|reply|respond|answer|report|follow up|reach out|check in|update)\b"
    rf"(?={_WHOM}|{_WHEN}| to| with|[.,!]|$)",
    r"(?:get|come|be|go) back (?:to|in touch|with|on)\b",
    r"(?:be|get|keep|stay) in (?:touch|contact)\b",
    r"(?:let|keep) (?:you|u|everyone|them) (?:know|posted|updated|informed|in the loop)\b",
    r"(?:update|inform|notify|tell|refund|reimburse|compensate|credit|pay|send|give|get) you\b(?! (?:love|a warm))",
)
_DOING = (
    r"(?:look|check|go) into\b",
    r"(?:chase|investigate|sort|fix|repair|mend|replace|clean|resolve|rectify|arrange|escalate|raise|cancel|waive)\b",
    r"(?:issue|process|make|post|have|put) (?:you )?(?:a|an|the|your|this|that|it) [\w ]{0,60}?"
    r"(?:refund|replacement|payment|voucher|fixed|repaired|sorted|cleaned|replaced|right)\b",
    rf"be (?:with you|{_DONE}|contacting you|calling you|ringing you|emailing you|sending|looking into|getting back)\b",
)
_SPEAK = "|".join(_SPEAKING)
_DEED = (
    rf"(?:{'|'.join((*_SPEAKING, *_DOING))}|(?:check|speak|talk|ask|find out|see)\b[^,.;!?]{{0,60}}? and (?:{_SPEAK}))"
)
_A_DAY = "tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WHO}{_WILL}(?! (?:not|never|always)\b){_HOW} {_DEED}",
        rf"^(?:and |then |so |we |thanks[,.]? )?will(?! (?:you|we|i|they|it|the|there|not|never)\b){_HOW} {_DEED}",
        r"\b(?:you'll|you will|you should|you can expect to|expect to) (?:then |also |definitely )?"
        r"(?:hear (?:from|back)|receive|get (?:a|an|the|your)|have (?:a|an|the|your|it)"
        r"|be (?:contacted|refunded|called|paid|credited))\b",
        r"\b(?:you can )?expect (?:a|an|our|the) "
        r"(?:call|reply|answer|e-?mail|message|refund|update|phone call|visit)\b",
        r"\b(?:the|your|a|it|this|that|they) ?(?:[\w'-]+ ){0,5}?(?:'ll|will) (?:then |now |all )?"
        rf"be (?:{_DONE}|back in order|working)\b",
        r"\b(?:i|we) (?:promise|guarantee|commit) (?:to|that|you|a)\b",
        r"\b(?:i|we)(?:'re|'m| are| am) (?:calling|ringing|emailing|sending) (?:you|someone|somebody|a|an)\b"
        rf"(?=.*(?:{_A_DAY}|within|by \d))",
    )
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.](?=\d|\w)[^.!?\n]*)*[.!?]*")
_CLAUSE = re.compile(r"[^,;!?\n]*?(?=[,;!?\n–—]|[.](?:\s|$)|$)")
_REPORTED = re.compile(
    r"\b(?:you|they|he|she|who) (?:said|told \w+|thought|wrote|were told|hoped)\b[^,;]*$", re.IGNORECASE
)
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " "})


@dataclass(frozen=True)
class Commitment:
    """The words that commit us, and the moment suggested for them."""

    said: str
    due_at: datetime


@dataclass(frozen=True)
class Answer:
    """What the person said about their promise: by when and who keeps it, or that it is none."""

    due_at: datetime | None
    keeper: str | None
    is_none: bool = False


@dataclass(frozen=True)
class Pledge:
    """A promise that waits with its reply until that is public; `due_at` is None when its author says it is none."""

    said: str
    due_at: datetime | None
    keeper: str


def commitment(text: str, now: datetime, hours: Hours) -> Commitment | None:
    """The promise the text makes, one with a time before one without; None when it makes none."""
    found = list(_found(text))
    if not found:
        return None
    said, sentence = next((one for one in found if names_a_time(one[1])), found[0])
    return Commitment(said, due(sentence, now, hours))


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Words that commit us, each with its sentence in small letters."""
    for part in _SENTENCE.finditer(text):
        plain = part[0].translate(_SAME).strip()
        match = next((hit for pattern in _PATTERNS if (hit := pattern.search(plain))), None)
        if match is None or _REPORTED.search(plain[: match.start()]):
            continue
        rest = _CLAUSE.match(plain, match.end())
        end = rest.end() if rest else match.end()
        yield plain[match.start() : end].strip(" .")[:LONGEST].rstrip(), plain.lower()
