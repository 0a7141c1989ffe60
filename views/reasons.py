"""Reasons: why triage said what it said, in words; the post's own words are taken from its text as it is now."""

from collections.abc import Iterable, Sequence

from domain.amplification import CARRIES, NOT_KNOWN, Amplification
from domain.cases import Case
from domain.triage import ARCHIVE, FOUND, MENTION, QUOTE, REPLY, Kept, Span, spans_of
from views.kit import Json, escape, run, shown

SURE = ((0.9, "surely a complaint"), (0.7, "very likely a complaint"), (0.5, "likely a complaint"), (
    0.25, "perhaps a complaint"), (0.1, "hardly a complaint"), (0.0, "surely no complaint"))  # fmt: skip
SOURCES = {
    MENTION: "the author named us",
    REPLY: "the author answered us",
    QUOTE: "the author quoted us",
    FOUND: "a search found it; the author didn't name us",
}
LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "ms": "Malay", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "sw": "Swahili", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
WORDS_SHOWN = 5
LONGEST_WORDS = 60


def likely(probability: float) -> str:
    """The score in words, with its number."""
    said = next(words for least, words in SURE if probability >= least)
    return f"{said} ({probability:.2f})"


def scored(kept: Kept) -> str:
    """How sure triage is; or that it didn't score it, and so a person reads it."""
    if kept.reasons.get("failed"):
        return "triage failed, so please read it with care"
    return "not scored; a person should read it" if kept.reasons.get("unscored") else likely(kept.complaint)


def tongue(kept: Kept) -> str:
    """The language, if it is another than English."""
    if kept.language in ("en", "und"):
        return ""
    return f"in {LANGUAGES.get(kept.language) or 'another language: ' + escape(kept.language)}"


def on_card(case: Case, kept: Kept | None) -> str:
    """The one line of a card: what led here, the score, what made it worse, the language."""
    told = [f"Why here: {escape(case.why)}"]
    if kept is not None:
        told += [scored(kept), _worse(case, kept), tongue(kept)]
        told += ["late by triage: it was put away at first"] if kept.put_away and case.live else []
    return " · ".join(part for part in told if part)


def _worse(case: Case, kept: Kept) -> str:
    if case.severity == "normal":
        return ""
    why = ", ".join(escape(str(one)) for one in kept.reasons.get("severity", ())[:2])
    return f"{case.severity}: {why}" if why and kept.severity == case.severity else case.severity


def reach(far: Amplification | None) -> str:
    """How far the post may carry, and by what numbers."""
    if far is None or far.reasons == (NOT_KNOWN,):
        return NOT_KNOWN if far else ""
    numbers = f" ({'; '.join(far.reasons)})" if far.reasons else ""
    return CARRIES.get(far.band, "carries no further than most") + numbers


def tier(kept: Kept) -> str:
    """What became of it at first."""
    if not kept.put_away:
        return "It became a card at once."
    return "It was put away as chatter." if kept.tier == ARCHIVE else "It was put away, for the day's digest."


def highlighted(text: str, spans: Sequence[Span], limit: int = 1500) -> list[Json]:
    """The text as pieces of rich text, the places in bold; cut at the limit, inert whatever it says."""
    pieces, at = [], 0
    for start, end in merged(spans):
        pieces += [(text[at:start], False), (text[max(at, start) : end], True)]
        at = max(at, end)
    pieces.append((text[at:], False))
    runs, left = [], limit
    for piece, bold in pieces:
        said = piece[: max(0, left)]
        left -= len(said)
        runs += _run(said, bold=bold)
    return [*runs, run("…")] if left <= 0 else runs


def _run(said: str, *, bold: bool) -> list[Json]:
    """A piece as it is seen, with the space around it that a text's own ends may lose and its pieces must not."""
    seen = shown(said)
    before, after = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
    text = f"{_space(before)}{seen}{_space(after) if seen else ''}"
    return [run(text, bold=True) if bold else run(text)] if text else []


def _space(gap: str) -> str:
    return "\n" if "\n" in gap else " " if gap else ""


def merged(spans: Iterable[Span]) -> list[Span]:
    """The places in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted((max(0, start), end) for start, end in spans if end > max(0, start)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def led(kept: Kept, text: str | None) -> list[str]:
    """The words that led here, as the text has them now; from outside."""
    return _words(text, spans_of(kept))


def weighed(kept: Kept, text: str | None) -> list[tuple[str, str, float]]:
    """What weighed most: the words as the text has them (from outside), the sign's name, the log-odds."""
    rows = [row for row in kept.reasons.get("weighed", ()) if isinstance(row, dict)]
    return [(" … ".join(_words(text, _spans(row))), str(row.get("cue", "")), float(row.get("odds", 0))) for row in rows]


def alarming(kept: Kept, text: str | None) -> list[str]:
    """The words that read like an emergency, or like something that can't wait; from outside."""
    return _words(text, _spans(kept.reasons.get("emergency") or {}))


def every_span(kept: Kept) -> list[Span]:
    """All places that led here or weighed for it."""
    rows = [row for row in kept.reasons.get("weighed", ()) if isinstance(row, dict)]
    return [*spans_of(kept), *(span for row in rows for span in _spans(row))]


def _spans(row: dict[str, object]) -> list[Span]:
    at = row.get("at")
    return [(int(start), int(end)) for start, end in at] if isinstance(at, list) else []


def _words(text: str | None, spans: Sequence[Span]) -> list[str]:
    said = [shown((text or "")[start:end][:LONGEST_WORDS]) for start, end in spans[:WORDS_SHOWN]]
    return [words for words in dict.fromkeys(said) if words]
