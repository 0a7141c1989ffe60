"""`python -m bot check`: settings, policy, manifest and the sandbox's world, judged together."""

import ast
from pathlib import Path

import pytest

from bot.check import all_faults
from bot.manifest import NEEDED, SCOPES_OF, faults_of, read_manifest

ROOT = Path(__file__).parents[2]
POLICY, MANIFEST, WORLD = ROOT / "dibs.toml", ROOT / "manifest.yml", ROOT / "workspace.toml"
FAMILIES = (
    "auth_test",
    "chat_",
    "conversations_",
    "users_",
    "views_",
    "usergroups_",
    "dnd_",
    "team_",
    "bots_",
    "files_",
)
CLIENTS = ("web", "self._web", "client", "context.client")


def edited(path: Path, folder: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    copy = folder / path.name
    copy.write_text(text.replace(old, new), encoding="utf-8")
    return copy


def test_the_files_that_ship_agree() -> None:
    assert all_faults(POLICY, MANIFEST, WORLD) == []


def test_every_fault_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    policy = edited(POLICY, tmp_path, 'person = "kit"', 'person = "nobody"')
    world = edited(WORLD, tmp_path, 'name = "billing"', 'name = "money"')
    manifest = edited(MANIFEST, tmp_path, "      - users:read", "      - users:write")

    told = "\n".join(all_faults(policy, manifest, world))

    assert "emergency.person = 'nobody'" in told
    assert "team.billing.channel = 'billing'" in told
    assert "lacks users:read" in told
    assert "has users:write, which no code uses" in told


def test_a_fault_of_shape_hides_no_fault_of_agreement(tmp_path: Path) -> None:
    policy = edited(POLICY, tmp_path, 'channel = "billing"', 'channel = "nowhere"\ncolour = 1')

    told = "\n".join(all_faults(policy, MANIFEST, WORLD))

    assert "team.billing.colour: is not a key Dibs knows" in told
    assert "team.billing.channel = 'nowhere'" in told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('ops_channel = "dibs-ops"', "", "brand.ops_channel: is missing"),
        ("default = true ", "", "exactly one team needs default = true"),
        ('join_window = "24h"', 'join_window = "a day"', "cases.join_window"),
        ("[brand]", "[brand]\ncolour = 1", "brand.colour: is not a key Dibs knows"),
        ('account = "TidewellGyms"', 'account = "Somebody"', "has only TidewellGyms"),
    ],
)
def test_a_fault_of_the_policy_names_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in "\n".join(all_faults(edited(POLICY, tmp_path, old, new), MANIFEST, WORLD))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nobody", "has nobody of that name"),
        ("gil", "has them as a guest"),
        ("pete", "has them as somebody who left"),
        ("olga", "has them in another company's workspace"),
    ],
)
@pytest.mark.parametrize(
    ("old", "key"),
    [
        ('manager = "nora"', "brand.manager"),
        ('person = "kit"', "emergency.person"),
        ('people = ["eli", "fay", "gus"]', "rota.facilities.weekends.people.1"),
        ('# overrides = [{ from = "2026-12-05T12:00"', "rota.care.overrides.0.primary"),
    ],
)
def test_everybody_who_is_named_works_here(*, tmp_path: Path, old: str, key: str, name: str, said: str) -> None:
    text = POLICY.read_text(encoding="utf-8")
    new = old.removeprefix("# ").replace("fay", name).replace("nora", name).replace("kit", name)
    policy = tmp_path / "dibs.toml"
    policy.write_text(text.replace(old, new).replace('primary = "ben"', f'primary = "{name}"'), encoding="utf-8")

    told = [fault for fault in all_faults(policy, MANIFEST, WORLD) if key in fault]

    assert told == [f"dibs.toml {key} = {name!r}: workspace.toml {said}"]


def test_a_rota_of_the_wrong_shape_hides_nobody(tmp_path: Path) -> None:
    policy = edited(POLICY, tmp_path, 'people = ["hana", "ian"]', 'colour = 1\npeople = ["zoe", 7]')
    more = '[[escalation.std.steps]]\ntell = "person:yan"\n'
    policy.write_text(policy.read_text(encoding="utf-8") + more, encoding="utf-8")

    told = "\n".join(all_faults(policy, MANIFEST, WORLD))

    assert "rota.billing.weekdays.people.0 = 'zoe'" in told
    assert "escalation.std.steps.0.tell = 'yan'" in told


@pytest.mark.parametrize("poll", ["0s", "99999999999999d"])
def test_a_length_nobody_can_live_by_is_a_fault(tmp_path: Path, poll: str) -> None:
    broken = edited(POLICY, tmp_path, 'poll = "15s"', f'poll = "{poll}"')

    assert ["networks.x.poll" in fault for fault in all_faults(broken, MANIFEST, WORLD)] == [True]


def test_files_that_are_not_there_are_faults_and_no_crash(tmp_path: Path) -> None:
    told = "\n".join(all_faults(tmp_path / "dibs.toml", tmp_path / "manifest.yml", WORLD))

    assert "dibs.toml can't be read" in told
    assert "manifest.yml can't be read" in told


def called_methods() -> set[str]:
    """Every method of the Web API that bot/ and handlers/ call, read from the code."""
    found = set()
    for path in [*(ROOT / "bot").glob("*.py"), *(ROOT / "handlers").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) in CLIENTS:
                found.add(node.attr)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_pages":
                found.add(ast.literal_eval(node.args[1]).replace(".", "_"))
    return {name for name in found if name.startswith(FAMILIES)}


def test_the_list_of_called_methods_is_what_the_code_calls() -> None:
    listed = {name.replace(".", "_") for name in SCOPES_OF}

    snake = {"".join(f"_{c.lower()}" if c.isupper() else c for c in name) for name in listed}
    called = {"".join(f"_{c.lower()}" if c.isupper() else c for c in name) for name in called_methods()}
    assert called == snake


def test_the_manifest_is_judged_both_ways() -> None:
    manifest = read_manifest(MANIFEST)
    assert isinstance(manifest, dict)
    manifest["oauth_config"]["scopes"]["bot"] = sorted(NEEDED | {"admin"})
    manifest["settings"]["event_subscriptions"]["bot_events"].remove("user_change")
    manifest["features"]["slash_commands"] = []

    told = faults_of(manifest)

    assert len(told) == 3
