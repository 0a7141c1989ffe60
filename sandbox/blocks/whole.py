"""Rules that only the whole payload can break: ids twice, two tables, too much markdown, two focuses."""

from collections.abc import Iterator

from sandbox.blocks.fault import Fault, Json, broken, duplicate, missing, step

Placed = tuple[dict[str, Json], str]
LONGEST_MARKDOWN = 12_000
LONGEST_TABLES = 10_000
HOLDERS = ("elements", "element", "accessory", "actions")
NESTS = {
    "container": ("child_blocks",),
    "carousel": ("elements",),
    "plan": ("tasks",),
    "auth_provider": ("fallback",),
}


def placed(blocks: Json, at: str) -> Iterator[Placed]:
    """Every block with its pointer, those inside other blocks included."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if not isinstance(block, dict):
            continue
        here = step(at, index)
        yield block, here
        for name in NESTS.get(str(block.get("type")), ()):
            yield from placed(block.get(name), step(here, name))


def repeated_block_ids(blocks: list[Placed]) -> Iterator[Fault]:
    """A block_id names one block of the payload."""
    seen: set[str] = set()
    for block, at in blocks:
        name = block.get("block_id")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield duplicate(step(at, "block_id"), "block_id", name)
        seen.add(name)


def elements_in(value: Json, at: str) -> Iterator[Placed]:
    """Every element inside a block, with its pointer; blocks inside it answer for themselves."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from elements_in(item, step(at, index))
    elif isinstance(value, dict):
        yield value, at
        for name in HOLDERS:
            yield from elements_in(value.get(name), step(at, name))


def repeated_action_ids(blocks: list[Placed]) -> Iterator[Fault]:
    """An action_id names one element of its block; the same id in another block is told apart by block_id."""
    for block, at in blocks:
        seen: set[str] = set()
        for element, pointer in own_elements(block, at):
            name = element.get("action_id")
            if not isinstance(name, str):
                continue
            if name in seen:
                yield duplicate(step(pointer, "action_id"), "action_id", name)
            seen.add(name)


def own_elements(block: dict[str, Json], at: str) -> list[Placed]:
    """The elements of one block without those of blocks nested in it."""
    return [] if str(block.get("type")) in NESTS else [*elements_in(block, at)]


def second_table(blocks: list[Placed]) -> Iterator[Fault]:
    """A message has one table at most."""
    tables = [at for block, at in blocks if block.get("type") == "table"]
    yield from (broken(at, "max_tables", 1, "only one table allowed") for at in tables[1:])


def too_full_tables(blocks: list[Placed]) -> Iterator[Fault]:
    """The cells of all tables of a message share one allowance; the table that crosses it is named."""
    total = 0
    for block, at in blocks:
        if block.get("type") not in ("table", "data_table"):
            continue
        total += written(block.get("rows"))
        if total > LONGEST_TABLES:
            message = f"all table cells together must be less than {LONGEST_TABLES + 1} characters"
            yield broken(step(at, "rows"), "max_length", LONGEST_TABLES, message)
            return


def written(value: Json) -> int:
    """The characters of every text inside a value."""
    if isinstance(value, list):
        return sum(written(item) for item in value)
    if not isinstance(value, dict):
        return 0
    own = len(value["text"]) if isinstance(value.get("text"), str) else 0
    return own + written(value.get("elements"))


def too_much_markdown(blocks: list[Placed]) -> Iterator[Fault]:
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


def second_focus(blocks: list[Placed]) -> Iterator[Fault]:
    """Only one element may draw the focus when a view opens."""
    every = [found for block, at in blocks for found in own_elements(block, at)]
    focused = [step(at, "focus_on_load") for element, at in every if element.get("focus_on_load") is True]
    message = "only one element can be set to focus_on_load"
    yield from (broken(at, "unique", "focus_on_load", message) for at in focused[1:])


def faults_of_all(blocks: Json, at: str) -> Iterator[Fault]:
    """The faults of the blocks taken together."""
    every = [*placed(blocks, at)]
    for rule in (
        repeated_block_ids,
        repeated_action_ids,
        second_table,
        too_full_tables,
        too_much_markdown,
        second_focus,
    ):
        yield from rule(every)


def missing_submit(view: dict[str, Json]) -> Iterator[Fault]:
    """A modal with anything to fill in needs the button that sends it."""
    asks = any(block.get("type") == "input" for block, _ in placed(view.get("blocks"), ""))
    if view.get("type") == "modal" and asks and "submit" not in view:
        yield missing("", "submit")
