"""Logs: one line each on standard error, without secrets, customers' words or anybody's DEBUG."""

import logging
import re

_SECRETS = re.compile(
    r"(xox[a-z]-[\w-]+|xapp-[\w-]+|Bearer \S+|oauth_\w+=\"[^\"]*\"|https?://\S*/respond/\S+|https://hooks\.slack\.com/\S+)"
)
QUIET = (
    "slack_sdk",
    "slack_bolt",
    "tweepy",
    "urllib3",
    "apscheduler",
    "requests_oauthlib",
    "oauthlib",
    "websocket",
    "alembic",
)


class _Redacted(logging.Formatter):
    """Replaces whatever looks like a secret, in tracebacks as well."""

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets."""
        return _SECRETS.sub("[secret]", super().format(record))


def set_up() -> None:
    """Log to standard error."""
    line = logging.StreamHandler()
    line.setFormatter(_Redacted("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[line], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
