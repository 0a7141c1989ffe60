"""What can be refused, and in which words.

Refusal                    a wish of a person's that can't be granted; its text is what they read
  NotAllowed               not theirs to do
  Stale                    the case has moved on since the button was drawn
  Invalid                  a field of a modal needs another value (`field` names it)
  NoSuchCase               the case isn't there
Repeated                   the same delivery of Slack's once more; its effect is there already
Busy                       the database could not be reached in time; nothing was changed
"""


class Refusal(Exception):
    """A person's wish that can't be granted; nothing was changed, and `str()` says what happened and the way out."""


class NotAllowed(Refusal):
    """Not theirs to do."""


class Stale(Refusal):
    """The case has moved on since the button was drawn."""


class NoSuchCase(Refusal):
    """No case has that number."""


class Invalid(Refusal):
    """A field of a modal needs another value; `field` is its block id."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Busy(Exception):
    """The database could not be written to in time. Nothing was changed; the same delivery may be tried again."""


class Repeated(Exception):
    """The same delivery of Slack's once more. Its effect is there already, so there is nothing to do or to say."""
