"""Rules that only the whole payload can break: ids twice, two tables, too much markdown, two focuses."""

from collections.abc import Iterator

from sandbox.blocks.fault import Fault, Json, broken, duplicate, missing, step

LONGEST_MARKDOWN = 12_000


def placed(blocks: Json, at: str) -> Iterator[tuple[dict[str, Json], str]]:
    """Every block with its pointer, those inside containers and carousels included."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if not isinstance(block, dict):
            continue
        here = step(at, index)
        yield block, here
        yield from placed(block.get("child_blocks"), step(here, "child_blocks"))
        if block.get("type") == "carousel":
            yield from placed(block.get("elements"), step(here, "elements"))


def repeated_block_ids(blocks: list[tuple[dict[str, Json], str]]) -> Iterator[Fault]:
    """A block_id names one block of the payload."""
    seen: set[str] = set()
    for block, at in blocks:
        name = block.get("block_id")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield duplicate(step(at, "block_id"), "block_id", name)
        seen.add(name)


def borne(value: Json, at: str) -> Iterator[tuple[str, str]]:
    """Every action_id inside a block, with its pointer; blocks inside it answer for themselves."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from borne(item, step(at, index))
    elif isinstance(value, dict):
        if isinstance(value.get("action_id"), str):
            yield value["action_id"], step(at, "action_id")
        for name in ("elements", "element", "accessory", "actions"):
            yield from borne(value.get(name), step(at, name))


def repeated_action_ids(blocks: list[tuple[dict[str, Json], str]]) -> Iterator[Fault]:
    """An action_id names one element of its block; the same id in another block is told apart by block_id."""
    for block, at in blocks:
        seen: set[str] = set()
        for name, pointer in [] if block.get("type") == "carousel" else borne(block, at):
            if name in seen:
                yield duplicate(pointer, "action_id", name)
            seen.add(name)


def second_table(blocks: list[tuple[dict[str, Json], str]]) -> Iterator[Fault]:
    """A message has one table at most."""
    tables = [at for block, at in blocks if block.get("type") == "table"]
    yield from (broken(at, "max_tables", 1, "only one table allowed") for at in tables[1:])


def too_much_markdown(blocks: list[tuple[dict[str, Json], str]]) -> Iterator[Fault]:
    """The limit holds for all markdown blocks of a message together; the block that crosses it is named."""
    total = 0
    for block, at in blocks:
        words = block.get("text")
        if block.get("type") != "markdown" or not isinstance(words, str) or len(words) > LONGEST_MARKDOWN:
            continue
        total += len(words)
        if total > LONGEST_MARKDOWN:
            message = f"all markdown blocks together must be less than {LONGEST_MARKDOWN + 1} characters"
            yield broken(step(at, "text"), "max_length", LONGEST_MARKDOWN, message)
            return


def second_focus(blocks: list[tuple[dict[str, Json], str]]) -> Iterator[Fault]:
    """Only one element may draw the focus when a view opens."""
    focused = [at for block, at in blocks for at in focusing(block, at)]
    yield from (
        broken(at, "unique", "focus_on_load", "only one element can be set to focus_on_load") for at in focused[1:]
    )


def focusing(value: Json, at: str) -> Iterator[str]:
    """The pointers of every focus_on_load that is true, inside one block."""
    if isinstance(value, dict) and value.get("focus_on_load") is True:
        yield step(at, "focus_on_load")
    if isinstance(value, dict):
        for name in ("element", "accessory"):
            yield from focusing(value.get(name), step(at, name))
        for index, item in enumerate(value["elements"] if isinstance(value.get("elements"), list) else []):
            yield from focusing(item, step(step(at, "elements"), index))


def faults_of_all(blocks: Json, at: str) -> Iterator[Fault]:
    """The faults of the blocks taken together."""
    every = [*placed(blocks, at)]
    for rule in (repeated_block_ids, repeated_action_ids, second_table, too_much_markdown, second_focus):
        yield from rule(every)


def missing_submit(view: dict[str, Json]) -> Iterator[Fault]:
    """A modal with anything to fill in needs the button that sends it."""
    asks = any(block.get("type") == "input" for block, _ in placed(view.get("blocks"), ""))
    if view.get("type") == "modal" and asks and "submit" not in view:
        yield missing("", "submit")
