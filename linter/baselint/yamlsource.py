"""Turns the bytes of a YAML file into bounded plain data with a line and column for every path."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from yaml.scanner import ScannerError

from baselint.errors import Diagnostic, Location, PolicyError
from baselint.yamlbuilder import FORBIDDEN_CHARACTER, MAXIMUM_DEPTH, DocumentBuilder, consume, not_allowed
from baselint.yamldocument import Document

MAXIMUM_BYTES = 1_048_576

# What the C parser takes and the Python parser does not: tabs between tokens, and a comment right behind | or >.
_READ_DIFFERENTLY = re.compile(r"\t|[|>][-+0-9]*#")

_C_LOADER: type | None = getattr(yaml, "CSafeLoader", None)


class _ReadDifferentlyError(Exception):
    """The C parser read something that the Python parser reads otherwise."""


class _PurePythonLoader(yaml.SafeLoader):
    """The Python parser; an escape that names no character is a syntax error to it, not a crash."""

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Any) -> list[str]:
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError) as error:
            raise ScannerError(None, None, "found an escape that names no character", self.get_mark()) from error


def load(content: bytes, path: str, *, pure: bool = False, maximum: int = MAXIMUM_BYTES) -> Document:
    """Load one YAML document within bounds.

    Aliases, anchors, tags, merge keys, directives, duplicate keys and second documents are refused.
    ``pure`` takes PyYAML's Python parser even where the C parser is there; the result is the same, since the C parser
    reads only what both read alike, and the Python parser decides wherever they differ. ``maximum`` is the most bytes.

    Raises:
        PolicyError: every mistake found, each with its line and column.
    """
    text = _decode(content, path, maximum)
    builder = (None if pure else _read_fast(text, path)) or _read_surely(text, path)
    if builder.mistakes:
        raise PolicyError(tuple(builder.mistakes))
    return Document(path, builder.root, builder.keys, builder.values, builder.ambiguous)


def peek(content: bytes, key: str) -> str | None:
    """Return the text of a top-level key without reading on behind it; None when there is none to be found.

    For a quick look at a file that is validated elsewhere: what is broken, or nested too deeply, is not found.
    """
    depth, expecting, matched = 0, True, False
    try:
        for event in yaml.parse(content[:MAXIMUM_BYTES], Loader=_C_LOADER or _PurePythonLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAXIMUM_DEPTH or (depth == 1 and isinstance(event, yaml.SequenceStartEvent)):
                return None
            if depth == 1 and isinstance(event, yaml.ScalarEvent):
                if matched:
                    return str(event.value)
                matched = expecting and event.value == key
                expecting = not expecting
            elif depth == 1 and isinstance(event, yaml.CollectionEndEvent):
                expecting, matched = True, False
    except yaml.YAMLError:
        return None
    return None


def _decode(content: bytes, path: str, maximum: int) -> str:
    if len(content) > maximum:
        message = f"the file is larger than {maximum} bytes; split it, or check that it is the right file"
        raise PolicyError((Diagnostic(Location(path), "too-large", message),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _end(error.object[: error.start].decode(), path)
        message = "the file is not UTF-8 text; save it as UTF-8"
        raise PolicyError((Diagnostic(place, "yaml-encoding", message),)) from error
    found = FORBIDDEN_CHARACTER.search(text)
    if found:
        place = _end(text[: found.start()], path)
        raise PolicyError((Diagnostic(place, "yaml-encoding", not_allowed(found.group())),))
    return text


def _end(before: str, path: str) -> Location:
    lines = re.split("\r\n?|\n", before)
    return Location(path, len(lines), len(lines[-1]) + 1)


def _read_fast(text: str, path: str) -> DocumentBuilder | None:
    """Read by the C parser; None where it is not there, or where the Python parser may see something else."""
    if _C_LOADER is None or _READ_DIFFERENTLY.search(text):
        return None
    try:
        builder = consume(DocumentBuilder(path, text), _alike(yaml.parse(text, Loader=_C_LOADER)))
    except (yaml.MarkedYAMLError, _ReadDifferentlyError):
        return None
    return None if builder.mistakes else builder


def _alike(events: Iterable[yaml.Event]) -> Iterator[yaml.Event]:
    """Pass events of the C parser on, up to an unquoted text with a question mark: in a flow collection the parsers differ."""
    for event in events:
        if isinstance(event, yaml.ScalarEvent) and not event.style and "?" in event.value:
            raise _ReadDifferentlyError
        yield event


def _read_surely(text: str, path: str) -> DocumentBuilder:
    builder = DocumentBuilder(path, text)
    try:
        return consume(builder, yaml.parse(text, Loader=_PurePythonLoader))
    except yaml.MarkedYAMLError as error:
        builder.mistakes.append(_syntax(error, path))
        return builder


def _syntax(error: yaml.MarkedYAMLError, path: str) -> Diagnostic:
    mark: Any = error.problem_mark
    hint = (
        "check the indentation, and quote texts that hold ': ', '#', '{', '[' or start with '@', '`', '%', '*' or '&'"
    )
    message = f"this is not YAML ({error.problem}); {hint}"
    return Diagnostic(Location(path, mark.line + 1, mark.column + 1), "yaml-syntax", message)
