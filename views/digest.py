"""The digest: what triage put away since the last one, each with its reason and a button for when it was wrong."""

from domain.digests import DigestLine, DigestSheet
from domain.triage import FOUND
from views.blocks import button, section
from views.kit import Json, anchor, mention, plain
from views.reasons import likely, scored, weighed

RESCUE = "digest.rescue"
ACTIONS = (RESCUE,)
SAID = 240
NONE = "Nothing is put away right now that you could bring back."


def digest(sheet: DigestSheet) -> Json:
    """The message of a day."""
    count = "1 post was" if sheet.total == 1 else f"{sheet.total:,} posts were"
    title = f"{count} put away, because they didn't look like complaints"
    ask = "If one of these is a complaint, press *It is one*. Its deadlines count from when it was posted."
    more = f" {sheet.more:,} more are behind `/dibs dismissed`." if sheet.more else ""
    return _drawn(f"*{title}.* {ask}{more}", title, sheet)


def dismissed(sheet: DigestSheet) -> Json:
    """What `/dibs dismissed` answers."""
    if not sheet.lines:
        return {"response_type": "ephemeral", "text": NONE, "blocks": [section(NONE)]}
    title = "The newest posts that were put away" if sheet.more else "Posts that were put away"
    ask = "Press *It is one* on what is a complaint after all."
    return {"response_type": "ephemeral", **_drawn(f"*{title}.* {ask}", title, sheet)}


def _drawn(opening: str, title: str, sheet: DigestSheet) -> Json:
    blocks = [section(opening)]
    for line in sheet.lines:
        blocks += _line(line)
    return {"text": title, "blocks": blocks}


def _line(line: DigestLine) -> list[Json]:
    words = line.text if line.text is not None else "[the author removed this post]"
    pictures = f" [{line.images} {'image' if line.images == 1 else 'images'}]" if line.images else ""
    said = plain(f"@{line.handle or '?'}: {words}"[:2000] + pictures, SAID)
    drawn: Json = {"type": "section", "block_id": f"away-{line.case_id}-{line.epoch}", "text": said}
    if not line.put_away:
        return [drawn, _became(line)]
    rescue = button("It is one", RESCUE, f"{line.case_id}:{line.epoch}")
    return [{**drawn, "accessory": rescue}, {"type": "context", "elements": [plain(_why(line), 300)]}]


def _why(line: DigestLine) -> str:
    """The score and what weighed most, in words: some of them the post's, so this is drawn as plain text only."""
    told = [scored(line.kept) if line.kept.reasons.get("failed") else likely(line.kept.complaint)]
    told += ["found by a search"] if line.kept.source == FOUND else []
    for words, cue, _ in weighed(line.kept, line.text):
        told.append(f"{cue}: “{words}”" if words and cue else cue or f"“{words}”")
    return " · ".join(told)


def _became(line: DigestLine) -> Json:
    who = "by an edit" if line.rescued_by is None else f"by {mention(line.rescued_by)}"
    card = f" ({anchor(line.link, 'its card')})" if line.link else ""
    text = f":white_check_mark: Rescued {who}{card}"
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}
