"""The policy file on disk."""

from pathlib import Path

from domain.policy import BadPolicy, Fault, PartialPolicy, Policy, parse, parse_part


def load_policy(path: Path) -> Policy:
    """Read dibs.toml; BadPolicy names every fault, a missing file included."""
    return parse(_text(path))


def load_part(path: Path) -> PartialPolicy:
    """Read a file that need not have everything; BadPolicy names every fault of what it has."""
    return parse_part(_text(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPolicy([Fault("", f"{path} can't be read: {error}")]) from error
