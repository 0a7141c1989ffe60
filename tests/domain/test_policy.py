"""The policy file: every fault is named at once, with its key's path."""

from pathlib import Path

import pytest

from domain.policy import BadPolicy, parse

SHIPPED = (Path(__file__).parents[2] / "dibs.toml").read_text(encoding="utf-8")


def faults_of(text: str) -> str:
    with pytest.raises(BadPolicy) as bad:
        parse(text)
    return "\n".join(map(str, bad.value.faults))


def test_the_shipped_policy_has_no_fault() -> None:
    assert parse(SHIPPED).default_team == "care"


def test_every_fault_is_named_at_once() -> None:
    text = SHIPPED.replace('key = "tidewell"\n', "").replace('poll = "15s"', 'poll = "soon"')
    text = text.replace('join_window = "24h"', 'join_windw = "24h"').replace('person = "kit"', "person = 7")

    told = faults_of(text)

    for path in ("brand.key: is missing", "networks.x.poll", "cases.join_windw: is not a key", "emergency.person"):
        assert path in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("default = true", "default = false", "exactly one team needs default = true, not 0"),
        ('[team.press]\nchannel = "press"', '[team.press]\nchannel = "press"\ndefault = true', "not 2 (care, press)"),
        ('"journalist"', '" "', "team.press.terms has an empty term"),
        ('person = "kit"', 'person = "kit"\nteam = "fire"', "emergency.team names 'fire'"),
        ('account = "TidewellGyms"', 'account = "@TidewellGyms"', "networks.x.account"),
        ("[brand]", "[brand", "not valid TOML"),
        ('reopen_window = "7d"', "reopen_window = 7", "cases.reopen_window"),
    ],
)
def test_a_fault_says_where_and_what(old: str, new: str, told: str) -> None:
    assert old in SHIPPED

    assert told in faults_of(SHIPPED.replace(old, new, 1))


def test_an_empty_file_names_what_is_missing() -> None:
    told = faults_of("")

    for part in ("brand", "networks", "team", "emergency"):
        assert f"{part}: is missing" in told
