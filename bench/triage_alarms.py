"""Emergencies: how many are caught, and how often an ordinary post fires."""

import json
from collections import Counter
from pathlib import Path

from bench.triage_posts import MENTIONS, Post, say
from domain.emergencies import emergency
from domain.reading import read


def tell(folder: Path, train: list[Post]) -> None:
    """Print how many emergencies are caught, and how many ordinary posts fire."""
    file = folder / "emergency_dev.jsonl"
    if not file.exists():
        return
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    caught = [(row["emergency"], emergency(read(row["text"])) is not None) for row in rows]
    grave = [hit for wanted, hit in caught if wanted]
    decoys = [hit for wanted, hit in caught if not wanted]
    named = Counter(_named(row["text"]) == row["category"] for row in rows if row["emergency"])
    say(f"\nEmergencies: {sum(grave)} of {len(grave)} caught, {named[True]} with the kind as labelled")
    say(f"  {sum(decoys)} of {len(decoys)} sayings fired")
    ordinary = [("all ordinary posts", train), ("mentions only", [p for p in train if p.source == MENTIONS])]
    for name, posts in ordinary:
        fired = sum(emergency(post.reading) is not None for post in posts)
        say(f"  {name}: {1000 * fired / len(posts):.1f} of 1,000 fire ({len(posts):,} posts)")


def _named(text: str) -> str | None:
    found = emergency(read(text))
    kind = found.kind if found else None
    return "food_health" if kind == "food_safety" else kind
