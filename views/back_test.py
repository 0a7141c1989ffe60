"""A back-test in words: how much a draft would have caught, what it would have moved, and whom it would have woken."""

from domain.back_test import BackTest, Past, Week
from domain.rules import TOO_BROAD, holds_for_silence
from views.blocks import actions, button, context, section
from views.kit import Json, fallback, line, link, outside, plain, quote, rich, run, spelled
from views.telling import Payload, Says, number, plainly, told

ARM = "back_test.arm"
ACTIONS = (ARM,)
QUOTED = 250


def looking(number_of: int, of: int) -> Json:
    """The window while the past is being looked through; it is found again by its own id."""
    text = f":mag: Looking through {_posts(of)}… This window shows what the rule would have done in a moment."
    return _window(number_of, [section(text)])


def found(number_of: int, result: BackTest, armable: str | None = None) -> Json:
    """What came of it, with ten posts it would have caught; `armable` is the version and name of a rule to arm."""
    blocks = [_name(result), *(section(fallback(text, 2000)) for text in sentences(result)), context(_by_week(result))]
    if armable is not None and result.caught and not _bar(result):
        blocks.append(actions("back-test-arm", [button("Arm it", ARM, armable, "primary")]))
    return _window(number_of, [*blocks, *_samples(result.samples)])


def failed(number_of: int) -> Json:
    """It couldn't be done."""
    return _window(number_of, [section("The past couldn't be looked through just now. Please try it once more.")])


def sentences(result: BackTest) -> list[str]:
    """The result, a sentence or two for each question; plain text, for Slack and for the command line."""
    caught = f"It would have caught {result.caught:,} of {_posts(result.of)}{_share(result)}."
    return [caught, _changes(result), _people(result), *_pages(result)]


def _share(result: BackTest) -> str:
    if not result.of or not result.caught:
        return ""
    bar = _bar(result)
    return f" ({result.caught / result.of:.1%}{f'; {bar}' if bar else ''})"


def _bar(result: BackTest) -> str:
    """Why it can't be armed; empty if it can."""
    if holds_for_silence(result.rule.query):
        return "it can't be armed, because it says only what a post must not have"
    return "that is too broad to be armed" if result.caught > TOO_BROAD * result.of else ""


def _changes(result: BackTest) -> str:
    team, moved = result.rule.team, dict(result.moved)
    if not result.of:
        return "No post is stored yet that it could be tried on."
    if not result.caught:
        return "So it would have moved nothing. Look at how the posts you have in mind are worded, and try it again."
    behind = result.cases - result.decides
    rest = f" In {_cases(behind)} another rule comes first." if behind else ""
    if not moved:
        anyway = f": what it decides came to {team} anyway" if result.found else ""
        return f"It would have moved no case{anyway}.{rest}"
    parts = ", ".join(f"{count:,} from {name}" for name, count in moved.items())
    return f"It would have moved {_cases(sum(moved.values()))} to {team}: {parts}.{rest}"


def _people(result: BackTest) -> str:
    team = result.rule.team
    parts = [f"Of {_cases(result.theirs)} that ended with {team} it catches {result.found:,}."]
    if result.missed:
        parts.append(f"It misses {result.missed:,} that colleagues passed on to {team}.")
    astray = [f"{count:,} with {name}" for name, count in result.elsewhere]
    astray += [f"{result.dismissed:,} put aside as no complaint"] if result.dismissed else []
    if astray:
        parts.append(f"Of those it catches, people left {', '.join(astray)}.")
    return " ".join(parts)


def _pages(result: BackTest) -> list[str]:
    if result.rule.severity == "normal":
        return ["It would have woken nobody: its cases are normal."]
    names = ", ".join(f"{name or 'nobody on call'} {count:,}" for name, count in result.woken)
    away = (
        f"; {result.away:,} of them at weekends or out of hours: {names}" if result.away else ", all of them in hours"
    )
    if not result.pages:
        return ["It would have woken nobody."]
    return [f"It would have paged for {_cases(result.pages)}, about {result.pages_a_week:,} in an ordinary week{away}."]


def _by_week(result: BackTest) -> str:
    return "By week: " + " · ".join(f"{_week(week)}" for week in result.weeks[-26:])


def _week(week: Week) -> str:
    return f"{week.begins_at:%d %b} {week.caught:,}"


def _samples(samples: tuple[Past, ...]) -> list[Json]:
    if not samples:
        return []
    parts: list[Json] = []
    for post in samples:
        put = [run(" · it is with "), outside(post.team, 60, 1)] if post.team else []
        parts += [line(link(post.url, spelled(post.at)), *put), quote(outside(post.text, QUOTED, 4))]
    return [section("*Some of the posts*, the newest first"), rich(*parts)]


def _name(result: BackTest) -> Json:
    rule = result.rule
    leads = (run(" → "), outside(rule.team, 60, 1), run(f", {rule.severity}"))
    return rich(line(outside(rule.name, 60, 1, bold=True), *leads))


def _window(number_of: int, blocks: list[Json]) -> Json:
    return {
        "type": "modal",
        "external_id": external_id(number_of),
        "title": plain("Try it on the past", 24),
        "close": plain("Close", 24),
        "blocks": blocks,
    }


def external_id(number_of: int) -> str:
    """The name under which the window of a back-test can be found again."""
    return f"back-test-{number_of}"


def direct(payload: Payload) -> Json:
    """The result for somebody who has closed the window."""
    name = plainly(payload, "name", "your draft")
    if payload.get("failed"):
        return told(f"“{name}” couldn't be tried on the past just now. Please try it once more.")
    text = (
        f"You tried “{name}” on the past: it would have caught {number(payload, 'caught')} of"
        f" {number(payload, 'of')} posts in {number(payload, 'weeks')} weeks. Of {number(payload, 'theirs')} cases that"
        f" ended with {number(payload, 'team')} it catches {number(payload, 'found')} and misses"
        f" {number(payload, 'missed')} that colleagues passed on; it would have paged for {number(payload, 'pages')}."
    )
    return told(text, *links(payload))


def links(payload: Payload) -> list[Json]:
    """Links to some of the posts; nothing of what they say."""
    given = payload.get("links")
    urls = [url for url in given if isinstance(url, str)] if isinstance(given, list) else []
    return [rich(*(line(run("• "), link(url, "see the post")) for url in urls[:10]))] if urls else []


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count:,} posts"


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count:,} cases"


BACK_TEST: dict[str, Says] = {"back_test": direct}
