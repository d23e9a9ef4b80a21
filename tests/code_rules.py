"""The project's rules on Python code, as functions over source text and over the graph of imports."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

MAXIMUM_MODULE = 350
MAXIMUM_FUNCTION = 50
_BROAD = {"Exception", "BaseException"}

Graph = Mapping[str, Set[str]]
"""Our modules, each with those that it imports when it runs."""


def size_mistakes(source: str) -> list[str]:
    """Tell a module and functions that are too long; the functions within functions as well."""
    length = len(source.splitlines())
    found = [f"the module has {length} lines"] if length > MAXIMUM_MODULE else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAXIMUM_FUNCTION:
                found.append(f"{node.name} has {length} lines")
    return found


def docstring_mistakes(source: str) -> list[str]:
    """Tell a module whose docstring does not start with one line that ends with a full stop."""
    docstring = ast.get_docstring(ast.parse(source))
    if not docstring:
        return ["there is no docstring"]
    first = docstring.split("\n\n", 1)[0]
    if "\n" in first:
        return ["the docstring's first paragraph is longer than a line"]
    return [] if first.endswith(".") else ["the docstring's first line does not end with a full stop"]


def broad_excepts(source: str) -> list[str]:
    """Tell handlers that take any exception, and the same thing said with ``suppress``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or _names_broad(node.type)):
            found.append(f"line {node.lineno}: except")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "suppress":
            found.extend(f"line {node.lineno}: suppress" for argument in node.args if _names_broad(argument))
    return found


def _names_broad(node: ast.expr) -> bool:
    return any(ast.unparse(inner).split(".")[-1] in _BROAD for inner in ast.walk(node) if isinstance(inner, ast.expr))


def imported(source: str, modules: Set[str]) -> set[str]:
    """Return those of our modules that a source imports when it runs, at its head or inside a function."""
    found: set[str] = set()
    for node in _run_time(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level or not node.module:
                raise ValueError(f"line {node.lineno}: a relative import; write the module's full name")
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(name if name in modules else node.module for name in names)
    return found & modules


def _run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree without what only a type checker sees."""
    if isinstance(node, ast.If) and ast.unparse(node.test).split(".")[-1] == "TYPE_CHECKING":
        children: Iterable[ast.AST] = node.orelse
    else:
        children = ast.iter_child_nodes(node)
    for child in children:
        yield child
        yield from _run_time(child)


def reachable(graph: Graph, start: str) -> set[str]:
    """Return every module that is imported sooner or later once a module runs."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(graph[name])
    return seen


def cycles(graph: Graph) -> list[str]:
    """Return the modules that import themselves by way of others."""
    return sorted(name for name in graph if name in reachable(graph, name))


def layer_mistakes(graph: Graph, layers: Sequence[Sequence[str]]) -> list[str]:
    """Tell imports that do not go downwards, and modules that stand in no layer.

    A layer holds rooms: a module, or a package with all that is in it. Inside a room imports are free; from one room
    to another they go to a layer that stands further down in the list.
    """
    ranks = {room: rank for rank, rooms in enumerate(layers) for room in rooms}
    found = [f"{name} is in no layer; give it one" for name in graph if not _room(name, ranks)]
    for name, targets in graph.items():
        for target in targets:
            room, other = _room(name, ranks), _room(target, ranks)
            if room and other and room != other and ranks[room] >= ranks[other]:
                found.append(f"{name} imports {target}, which is not below it")
    return sorted(found)


def reach_mistakes(graph: Graph, apart: Iterable[tuple[str, str]]) -> list[str]:
    """Tell modules of one room that import, directly or by way of others, from a room they may know nothing of."""
    return sorted(
        f"{name} reaches {target}"
        for room, other in apart
        for name in graph
        if _inside(name, room)
        for target in reachable(graph, name)
        if _inside(target, other)
    )


def _room(name: str, rooms: Iterable[str]) -> str | None:
    """Return the narrowest room that a module is in."""
    return max((room for room in rooms if _inside(name, room)), key=len, default=None)


def _inside(name: str, room: str) -> bool:
    short = name.removeprefix("baselint.")
    return short == room or short.startswith(f"{room}.")
