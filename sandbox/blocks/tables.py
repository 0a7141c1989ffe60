"""Tables and charts: the blocks that carry figures."""

from collections.abc import Iterator

from sandbox.blocks.fault import Fault, Json, broken, duplicate, step
from sandbox.blocks.parts import ID
from sandbox.blocks.richtext import RICH_TEXT
from sandbox.blocks.shapes import Flag, Kinds, Many, Number, Shape, String

CELLS: dict[str, Shape] = {
    "raw_text": Shape({"text": String(shortest=1)}),
    "raw_number": Shape({"value": Number(fractions=True)}, {"text": String(shortest=1)}),
    "rich_text": RICH_TEXT,
}
ROW = Many(Kinds(CELLS, tuple(CELLS)), 20)
COLUMN = Shape(allowed={"align": String(among=("left", "center", "right")), "is_wrapped": Flag()})


def even_rows(value: dict[str, Json], at: str) -> Iterator[Fault]:
    """Every row has as many cells as the first."""
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            pointer = step(step(at, "rows"), index)
            yield broken(pointer, "row_width", width, f"all rows must have {width} cells")


def plain_header(value: dict[str, Json], at: str) -> Iterator[Fault]:
    """The cells of a data table's first row are not rich."""
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            pointer = step(step(step(step(at, "rows"), 0), index), "type")
            yield broken(pointer, "enum", ["raw_text", "raw_number"], "rich_text cannot be used for header cells")


def header_column(value: dict[str, Json], at: str) -> Iterator[Fault]:
    """The column that names the rows is one of the table's."""
    last = len(value["rows"][0]) - 1
    if value.get("row_header_column_index", 0) > last:
        yield broken(step(at, "row_header_column_index"), "maximum", last, f"must be {last} or less")


TABLE = Shape({"rows": Many(ROW, 100)}, {"block_id": ID, "column_settings": Many(COLUMN, 20)})
DATA_TABLE = Shape(
    {"rows": Many(ROW, 101, 2), "caption": String(shortest=1)},
    {"block_id": ID, "page_size": Number(1, 100), "row_header_column_index": Number(0, 19)},
    (even_rows, plain_header, header_column),
)


def positive(value: dict[str, Json], at: str) -> Iterator[Fault]:
    """A slice of nothing can't be drawn."""
    if value["value"] <= 0:
        yield broken(step(at, "value"), "exclusive_minimum", 0, "must be greater than 0")


def distinct_series(value: dict[str, Json], at: str) -> Iterator[Fault]:
    """The legend tells series apart by their names."""
    seen: set[str] = set()
    for index, series in enumerate(value["series"]):
        if series["name"] in seen:
            yield duplicate(step(step(step(at, "series"), index), "name"), "name", series["name"])
        seen.add(series["name"])


def one_point_a_category(value: dict[str, Json], at: str) -> Iterator[Fault]:
    """Each series has one value for each category of the axis, under its label."""
    categories = value["axis_config"]["categories"]
    for index, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            pointer = step(step(step(at, "series"), index), "data")
            yield broken(pointer, "labels", categories, "must have one data point for each category")


LABEL = String(20, 1)
SERIES = Shape({"name": LABEL, "data": Many(Shape({"label": LABEL, "value": Number(fractions=True)}), 20)})
AXES = Shape({"categories": Many(LABEL, 20)}, {"x_label": String(50), "y_label": String(50)})
PLOT = Shape({"series": Many(SERIES, 6), "axis_config": AXES}, {}, (distinct_series, one_point_a_category))
SEGMENT = Shape({"label": LABEL, "value": Number(fractions=True)}, {}, (positive,))
CHARTS = {"pie": Shape({"segments": Many(SEGMENT, 6)}), "bar": PLOT, "area": PLOT, "line": PLOT}
DATA_VISUALIZATION = Shape({"title": String(50, 1), "chart": Kinds(CHARTS, tuple(CHARTS))}, {"block_id": ID})
