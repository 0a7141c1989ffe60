"""The policy file on disk."""

from pathlib import Path

from domain.policy import BadPolicy, Fault, Policy, parse


def load_policy(path: Path) -> Policy:
    """Read dibs.toml; BadPolicy names every fault, a missing file included."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPolicy([Fault("", f"{path} can't be read: {error}")]) from error
    return parse(text)
