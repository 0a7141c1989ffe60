"""Measures sources against the budgets of the house: every rule is a function from modules to faults."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from statistics import median, quantiles

FILE_LINES, FUNCTION_LINES, HANDLER_LINES, NESTING, PARAMETERS = 300, 40, 30, 3, 5
FILE_P90, FUNCTION_P90, HANDLER_P90, HANDLER_MEDIAN = 200, 22, 20, 8
FIRST_WORDS = {"handle", "process", "do", "perform", "manage", "execute"}
WHOLE_NAMES = {"utils", "helpers", "common", "misc", "base", "core", "manager", "service", "mixin"}
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Fault:
    """A broken rule; `place` is `path` or `path::qualified.name`, the key under which an exception may be listed."""

    rule: str
    place: str
    found: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.place} ({self.found})"


@dataclass(frozen=True)
class Function:
    """A function or method, with its qualified name."""

    name: str
    node: FunctionNode

    @property
    def lines(self) -> int:
        """From `def` to its last line, decorators left out."""
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1


@dataclass(frozen=True)
class Module:
    """A Python file of ours; `path` is relative to the project's folder."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.source)

    @cached_property
    def name(self) -> str:
        """What `import` calls it."""
        return ".".join(PurePosixPath(self.path).with_suffix("").parts).removesuffix(".__init__")

    @cached_property
    def functions(self) -> list[Function]:
        """All of them, inner ones too."""
        return list(_functions(self.tree, ""))

    @cached_property
    def comments(self) -> dict[int, str]:
        """The comment of each line that has one."""
        tokens = tokenize.generate_tokens(io.StringIO(self.source).readline)
        return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}

    def explained(self, line: int) -> bool:
        """Whether the comment of the line, or one right above it, says something besides the silencer."""
        above = self.comments.get(line - 1, "")
        words = re.sub(r"noqa(: *[A-Z0-9, ]+)?|type: *ignore(\[[\w, -]*\])?|[#\W]", " ", self.comments.get(line, ""))
        return bool(words.split()) or bool(above and self.source.splitlines()[line - 2].lstrip().startswith("#"))


def _functions(node: ast.AST, prefix: str) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, FunctionNode | ast.ClassDef)
        name = f"{prefix}{child.name}" if isinstance(child, FunctionNode | ast.ClassDef) else prefix
        if isinstance(child, FunctionNode):
            yield Function(name, child)
        yield from _functions(child, f"{name}." if named else prefix)


def sizes(modules: Sequence[Module]) -> Iterator[Fault]:
    """Files and functions within their lengths, the largest and nine of ten."""
    for module in modules:
        length = len(module.source.splitlines())
        if length > FILE_LINES:
            yield Fault("file too long", module.path, f"{length} lines")
        limit = HANDLER_LINES if module.path.startswith("handlers/") else FUNCTION_LINES
        for function in module.functions:
            if function.lines > limit:
                yield Fault("function too long", f"{module.path}::{function.name}", f"{function.lines} lines")
    yield from _usual("files", [len(m.source.splitlines()) for m in modules], FILE_P90)
    yield from _usual("functions", [f.lines for m in modules for f in m.functions], FUNCTION_P90)


def handlers_are_thin(modules: Sequence[Module]) -> Iterator[Fault]:
    """A handler translates; there is little to translate."""
    lengths = [f.lines for m in modules if m.path.startswith("handlers/") for f in m.functions]
    yield from _usual("handlers", lengths, HANDLER_P90)
    if lengths and median(lengths) > HANDLER_MEDIAN:
        yield Fault("too long as a rule", "handlers, median", f"{median(lengths)} lines")


def _usual(what: str, lengths: list[int], limit: int) -> Iterator[Fault]:
    if len(lengths) > 1 and (p90 := quantiles(lengths, n=10, method="inclusive")[-1]) > limit:
        yield Fault("too long as a rule", f"{what}, nine of ten", f"{p90:.0f} lines")


def shapes(modules: Sequence[Module]) -> Iterator[Fault]:
    """Little nesting, few parameters, no imports inside functions."""
    for module in modules:
        for function in module.functions:
            place = f"{module.path}::{function.name}"
            if (depth := _depth(function.node)) > NESTING:
                yield Fault("nested too deep", place, f"{depth} levels")
            if (count := _parameters(function.node)) > PARAMETERS and not _allowed(module, function, "PLR0913"):
                yield Fault("too many parameters", place, str(count))
            if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function.node)):
                yield Fault("import inside a function", place, "move it to the top")


def _allowed(module: Module, function: Function, code: str) -> bool:
    last = function.node.body[0].lineno
    return any(code in module.comments.get(line, "") for line in range(function.node.lineno, last))


def _depth(node: ast.AST) -> int:
    inner = [_depth(child) + isinstance(child, BLOCKS) for child in _children(node)]
    return max(inner, default=0)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FunctionNode | ast.ClassDef | ast.Lambda):
            continue
        # An `elif` is an `if` inside an `else`, but nobody reads it as one level more.
        if isinstance(node, ast.If) and node.orelse == [child] and isinstance(child, ast.If):
            yield from _children(child)
        else:
            yield child


def _parameters(node: FunctionNode) -> int:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len(given) - (bool(given) and given[0].arg in ("self", "cls"))


def names(modules: Sequence[Module]) -> Iterator[Fault]:
    """Functions are verbs of the trade; files and classes are things of it."""
    for module in modules:
        parts = PurePosixPath(module.path).with_suffix("").parts
        found = {module.path: " ".join(filter(_is_empty, parts))} if any(map(_is_empty, parts)) else {}
        found |= {f"{module.path}::{f.name}": f.node.name for f in module.functions if _is_vague(f.node)}
        classes = (node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))
        found |= {f"{module.path}::{name}": name for name in classes if _is_empty(name) or name.endswith("Mixin")}
        yield from (Fault("name says nothing", place, name) for place, name in found.items())


def _is_empty(name: str) -> bool:
    return name.lower() in WHOLE_NAMES


def _is_vague(node: FunctionNode) -> bool:
    word, *more = node.name.strip("_").split("_")
    # With an answer, alone or before "of", it is the noun: somebody's handle on X.
    answers = node.returns is not None and not (isinstance(node.returns, ast.Constant) and node.returns.value is None)
    return word in FIRST_WORDS and not (word == "handle" and more[:1] in ([], ["of"]) and answers)


def openings(modules: Sequence[Module]) -> Iterator[Fault]:
    """Every module opens with a sentence."""
    for module in modules:
        opening = ast.get_docstring(module.tree) or ""
        if not re.search(r"[.?!:`)\"]$", opening.split("\n\n")[0]):
            yield Fault("no opening sentence", module.path, opening[:40] or "nothing")


def silencers(modules: Sequence[Module]) -> Iterator[Fault]:
    """Whoever silences a tool says why."""
    for module in modules:
        for line, comment in module.comments.items():
            if re.search(r"# *(noqa|type: *ignore)", comment) and not module.explained(line):
                yield Fault("silencer without a reason", module.path, f"line {line}: {comment}")


def broad_excepts(modules: Sequence[Module]) -> Iterator[Fault]:
    """Only the edges of loops may catch everything."""
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler) and _is_broad(node.type):
                yield Fault("catches everything", module.path, f"line {node.lineno}")


def _is_broad(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_is_broad(one) for one in kind.elts)
    return kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))


def mocks(modules: Sequence[Module]) -> Iterator[Fault]:
    """The sandbox is the fake."""
    for module in modules:
        if any(name.split(".")[0] == "mock" or name.startswith("unittest.mock") for name in _imported(module.tree)):
            yield Fault("mock", module.path, "use the sandbox")
        for function in module.functions:
            if any(argument.arg == "mocker" for argument in function.node.args.args):
                yield Fault("mock", f"{module.path}::{function.name}", "use the sandbox")


def excuses(modules: Sequence[Module]) -> Iterator[Fault]:
    """Tests don't sleep, and don't step aside without a reason."""
    for module in modules:
        if not module.path.startswith("tests/"):
            continue
        for node in ast.walk(module.tree):
            word = node.attr if isinstance(node, ast.Attribute) else ""
            if word in ("skip", "skipif", "xfail", "sleep") and not _reasoned(module, node):
                yield Fault("test steps aside", module.path, f"line {getattr(node, 'lineno', 0)}: {word}")


def _reasoned(module: Module, node: ast.AST) -> bool:
    calls = (one for one in ast.walk(module.tree) if isinstance(one, ast.Call) and one.func is node)
    call = next(calls, None)
    given = [] if call is None else [word.arg for word in call.keywords]
    spoken = call is not None and any(isinstance(one, ast.Constant | ast.JoinedStr) for one in call.args)
    is_sleep = isinstance(node, ast.Attribute) and node.attr == "sleep"
    return ("reason" in given or spoken) if not is_sleep else module.explained(getattr(node, "lineno", 0))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in _running(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Everything below a node that runs; what stands under `if TYPE_CHECKING` doesn't."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            continue
        yield child
        yield from _running(child)


def cycles(modules: Sequence[Module]) -> Iterator[Fault]:
    """No module of ours reaches itself through its imports."""
    known = {module.name for module in modules}
    arrows = {m.name: {target for name in _imported(m.tree) if (target := _ours(name, known))} for m in modules}
    rest = {name: targets - {name} for name, targets in arrows.items()}
    # What imports nothing that is left can be in no circle; take it away until nothing changes.
    while free := [name for name, targets in rest.items() if not targets & rest.keys()]:
        for name in free:
            del rest[name]
    knot = [name for name in rest if any(name in targets for targets in rest.values())]
    if knot:
        yield Fault("import cycle", knot[0], " ⇄ ".join(sorted(knot)))


def _ours(name: str, known: Iterable[str]) -> str:
    return next((one for one in (name, name.rpartition(".")[0]) if one in known), "")


Rule = Callable[[Sequence[Module]], Iterator[Fault]]
RULES: tuple[Rule, ...] = (
    sizes,
    handlers_are_thin,
    shapes,
    names,
    openings,
    silencers,
    broad_excepts,
    mocks,
    excuses,
    cycles,
)


def tracked(root: Path) -> list[str]:
    """Paths of everything that is or will be in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True, text=True, check=False
    )
    return [path for path in listed.stdout.split("\0") if path and (root / path).is_file()]
