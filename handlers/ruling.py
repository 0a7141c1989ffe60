"""Rules from Slack: the list's menu, the window they are made in, Try it, and what becomes of a watched one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import back_tests, rule_changes, rules
from desk.back_tests import Looking
from desk.desk import Desk
from desk.rule_changes import Doubtful, Untested
from domain.errors import Invalid, Stale
from handlers.opening import show
from handlers.payload import Json, by, field, meant, value
from views import back_test, rule_windows, rule_words
from views import rules as words

Which = tuple[str, int]


def register(app: App, desk: Desk) -> None:
    """Listen for all of them."""
    app.action(words.NEW)(partial(on_new, desk))
    app.action(words.MENU)(partial(on_menu, desk))
    app.action(words.TRY)(partial(on_try, desk))
    app.view(words.SAVED)(partial(on_saved, desk))
    app.view(rule_windows.SURE)(partial(on_sure, desk))
    app.view(rule_windows.DELETED)(partial(on_deleted, desk))
    app.action(back_test.ARM)(partial(on_arm, desk))
    app.action(rule_words.ARM)(partial(on_arm, desk))
    app.action(rule_words.EDIT)(partial(on_edit, desk))
    app.action(rule_words.DROP)(partial(on_drop, desk))


def on_new(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Open an empty window."""
    show(desk, body, context, words.window(rules.blank(desk, by(body, context).staff)))
    ack()


def on_menu(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The option's value says which choice and which rule."""
    choice, _, rest = value(body).partition(":")
    if choice not in CHOICES:
        raise Stale(rule_changes.GONE)
    CHOICES[choice](desk, body, context, _which(rest))
    ack()


def on_try(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Try what the window says now; a fault in it is shown where the result would have been."""
    try:
        draft = back_tests.draft_of(desk, _fields(body), meant(body).get("rule"))
    except Invalid as fault:
        show(desk, body, context, rule_windows.said("Not yet", rule_windows.faulty(fault.field, str(fault))))
    else:
        _look(desk, body, context, back_tests.ask(desk, draft, by(body, context)))
    ack()


def on_saved(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Make it, or change it."""
    kept = meant(body)
    if "rule" in kept:
        rule_changes.edit(desk, (kept["rule"], kept["version"]), _fields(body), by(body, context))
    else:
        rule_changes.make(desk, _fields(body), by(body, context))
    ack()


def on_sure(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Arm it although it pages often."""
    kept = meant(body)
    rule_changes.arm(desk, (kept["rule"], kept["version"]), by(body, context), sure=True)
    ack(response_action="clear")


def on_deleted(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Delete it, now that they have been asked."""
    kept = meant(body)
    rule_changes.delete(desk, (kept["rule"], kept["version"]), by(body, context))
    ack()


def on_arm(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Arm it from a message or from its back-test."""
    _arm(desk, body, context, _which(value(body)))
    ack()


def on_edit(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Open its window."""
    _open(desk, body, context, _which(value(body)))
    ack()


def on_drop(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Delete it."""
    rule_changes.delete(desk, _which(value(body)), by(body, context))
    ack()


def _open(desk: Desk, body: Json, context: Any, which: Which) -> None:
    who = by(body, context)
    show(desk, body, context, words.window(rules.sheet(desk, which[0], who.staff, who.at)))


def _tried(desk: Desk, body: Json, context: Any, which: Which) -> None:
    who = by(body, context)
    asked = back_tests.ask_of(desk, which, who) if which[1] else back_tests.ask_of_file(desk, which[0], who)
    _look(desk, body, context, asked)


def _arm(desk: Desk, body: Json, context: Any, which: Which) -> None:
    who = by(body, context)
    outcome = rule_changes.arm(desk, which, who)
    if isinstance(outcome, Untested):
        _look(desk, body, context, back_tests.ask_again(desk, which, who))
    elif isinstance(outcome, Doubtful):
        show(desk, body, context, rule_windows.sure(*which, outcome.pages, outcome.most))
    elif not who.response_url:
        show(desk, body, context, rule_windows.said("Armed", "The rule decides from now on."))


def _mode(mode: str) -> "Choice":
    def put(desk: Desk, body: Json, context: Any, which: Which) -> None:
        rule_changes.set_mode(desk, which, mode, by(body, context))

    return put


def _delete(desk: Desk, body: Json, context: Any, which: Which) -> None:
    rule_changes.may_delete(desk, which, by(body, context))
    show(desk, body, context, rule_windows.goodbye(*which))


def _look(desk: Desk, body: Json, context: Any, asked: Looking) -> None:
    show(desk, body, context, back_test.looking(asked.id, asked.of))


def _which(drawn: str) -> Which:
    """ "VERSION:NAME" as drawn."""
    version, _, name = drawn.partition(":")
    if not version.isdecimal() or not name:
        raise Stale(rule_changes.GONE)
    return name, int(version)


def _fields(body: Json) -> dict[str, str]:
    return {one: field(body, one) for one in words.FIELDS}


Choice = Callable[[Desk, Json, Any, Which], None]
CHOICES: dict[str, Choice] = {
    words.OPEN: _open,
    words.TRIED: _tried,
    words.ARM: _arm,
    words.MONITOR: _mode("monitor"),
    words.OFF: _mode("off"),
    words.DELETE: _delete,
}
