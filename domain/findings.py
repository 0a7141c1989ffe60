"""What triage's stages found in a post, and the sentences that tell people of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.amplification import CARRIES, Amplification
from domain.complaint import Score
from domain.emergencies import Emergency
from domain.language import Language
from domain.rules import Ruling
from domain.severity import EMERGENCY, NORMAL, URGENT, Severity
from domain.terms import Found

UNREAD = "nothing could be read"
_GRADES = (NORMAL, URGENT, EMERGENCY)


@dataclass(frozen=True)
class Findings:
    """What each stage found; `ranked` are the teams, the best first; `taught`: it comes first because of colleagues."""

    tongue: Language
    ruling: Ruling
    terms: tuple[Found, ...]
    alarm: Found | None
    emergency: Emergency | None
    score: Score | None
    severity: Severity
    ranked: list[str]
    taught: bool = False


def leading(found: Findings) -> Found | None:
    """The term that leads to the team, if one does."""
    return next((one for one in found.terms if one.term.owner == found.ranked[0]), None)


def led_by(found: Findings, default: str) -> str:
    """What leads to the team where no rule and no emergency term does."""
    best, term = found.ranked[0], leading(found)
    if term is not None:
        return f"“{term.term.text}” leads to {best}"
    if found.terms:
        other = found.terms[0].term
        return f"“{other.text}” points to {other.owner}, but colleagues sort posts like this to {best}"
    if found.taught:
        return f"no term matched, but colleagues sort posts like this to {best}"
    if best != default:
        return f"no term matched; it speaks of what {best} does"
    return f"no term matched, so it goes to {best}"


def graver(found: Findings) -> str:
    """The gravest of what the text, the rule and the emergency terms say."""
    said = [found.severity.level, EMERGENCY if found.alarm else NORMAL]
    if found.ruling.first is not None:
        said.append(found.ruling.first.rule.severity)
    return max(said, key=_GRADES.index)


def alarmed(found: Findings, far: Amplification | None) -> tuple[str, ...]:
    """What makes it an emergency or urgent."""
    named = (f"“{found.alarm.term.text}” is an emergency term",) if found.alarm else ()
    grave = found.severity.reasons if found.emergency or found.severity.level != NORMAL else ()
    carries = CARRIES.get(far.band, "") if far else ""
    more = f"{carries} ({'; '.join(far.reasons)})" if far else ""
    return (*named, *(more if reason == carries else reason for reason in grave))


def weighed(found: Findings) -> tuple[str, ...]:
    """The score with what weighed most, or why there is none."""
    if found.score is None:
        return (f"not scored, because {found.tongue.why or UNREAD}; a person should read it",)
    shares = ", ".join(str(share) for share in found.score.shares)
    return (f"complaint {found.score.probability:.2f}" + (f" ({shares})" if shares else ""),)


def broke(stages: Sequence[str]) -> tuple[str, ...]:
    """That some stages broke down."""
    return (f"triage failed at {', '.join(stages)}, so please read it with care",) if stages else ()
