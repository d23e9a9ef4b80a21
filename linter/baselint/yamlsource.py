"""Turns the bytes of a YAML file into bounded plain data with a line and column for every path."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, Union

import yaml
from yaml.scanner import ScannerError

from baselint.errors import Diagnostic, Location, PolicyError

Path: TypeAlias = tuple[str | int, ...]
Plain: TypeAlias = Union[bool, int, str, list["Plain"], dict[str, "Plain"], None]  # noqa: UP007 - a name of its own
"""The only types that a policy file can hold: YAML 1.2 core scalars without floats, lists and mappings."""

MAXIMUM_BYTES = 1_048_576
MAXIMUM_DEPTH = 64
MAXIMUM_NODES = 100_000

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,10})\Z")
_AMBIGUOUS = re.compile(
    r"(?:y|yes|n|no|on|off)\Z"  # booleans of YAML 1.1
    r"|(?:=|<<)\Z"  # its default value and merge key
    r"|[-+]?\.?[0-9][0-9_,:.]*\Z"  # octals, sexagesimals, floats, versions, account ids
    r"|[-+]?0[xob][0-9a-f_]+\Z"
    r"|[-+]?[0-9.]+e[-+]?[0-9]+\Z"
    r"|[-+]?\.(?:inf|nan)\Z"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t ].*)?\Z",
    re.IGNORECASE,
)
# What YAML forbids, and the three line breaks that editors and YAML count differently.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

# What the C parser takes and the Python parser does not: tabs between tokens, a comment right behind | or >, and
# a question mark in an unquoted text of a flow collection.
_READ_DIFFERENTLY = re.compile(r"[\t?]|[|>][-+0-9]*#")

_C_LOADER: type | None = getattr(yaml, "CSafeLoader", None)


class _PurePythonLoader(yaml.SafeLoader):
    """The Python parser; an escape that names no character is a syntax error to it, not a crash."""

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Any) -> list[str]:
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError) as error:
            raise ScannerError(None, None, "found an escape that names no character", self.get_mark()) from error


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded YAML file: plain data, and the place of each key and each value."""

    path: str
    data: Plain
    keys: Mapping[Path, Location]
    values: Mapping[Path, Location]
    ambiguous: Mapping[Path, str]
    """Plain scalars that another YAML reader would not read as text, by path."""

    def at(self, path: Path) -> Location:
        """Return the place of a value, or of the nearest parent that has one."""
        return self._nearest(path, self.values)

    def at_key(self, path: Path) -> Location:
        """Return the place of the key that leads to a value, or of the nearest parent that has one."""
        return self._nearest(path, self.keys) if path else self.at(path)

    def _nearest(self, path: Path, places: Mapping[Path, Location]) -> Location:
        while path and path not in places and path not in self.values:
            path = path[:-1]
        return places.get(path) or self.values[path]


def load(content: bytes, path: str, *, pure: bool = False) -> Document:
    """Load one YAML document within bounds.

    Aliases, anchors, tags, merge keys, directives, duplicate keys and second documents are refused.
    ``pure`` takes PyYAML's Python parser even where the C parser is there; the result is the same, since the C parser
    reads only what both read alike, and the Python parser decides wherever they differ.

    Raises:
        PolicyError: every mistake found, each with its line and column.
    """
    text = _decode(content, path)
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


def _decode(content: bytes, path: str) -> str:
    if len(content) > MAXIMUM_BYTES:
        message = f"the file is larger than {MAXIMUM_BYTES} bytes; split it, or check that it is the right file"
        raise PolicyError((Diagnostic(Location(path), "too-large", message),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _end(error.object[: error.start].decode(), path)
        message = "the file is not UTF-8 text; save it as UTF-8"
        raise PolicyError((Diagnostic(place, "yaml-encoding", message),)) from error
    found = _FORBIDDEN.search(text)
    if found:
        place = _end(text[: found.start()], path)
        raise PolicyError((Diagnostic(place, "yaml-encoding", _forbidden(found.group())),))
    return text


def _end(before: str, path: str) -> Location:
    lines = re.split("\r\n?|\n", before)
    return Location(path, len(lines), len(lines[-1]) + 1)


def _forbidden(character: str) -> str:
    return f"the character U+{ord(character):04X} is not allowed in a policy file; remove it"


def _read_fast(text: str, path: str) -> "_Builder | None":
    """Read by the C parser; None where it is not there, or where the Python parser may see something else."""
    if _C_LOADER is None or _READ_DIFFERENTLY.search(text):
        return None
    try:
        builder = _consume(_Builder(path, text), yaml.parse(text, Loader=_C_LOADER))
    except yaml.MarkedYAMLError:
        return None
    return None if builder.mistakes else builder


def _read_surely(text: str, path: str) -> "_Builder":
    builder = _Builder(path, text)
    try:
        return _consume(builder, yaml.parse(text, Loader=_PurePythonLoader))
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


class _TooMuchError(Exception):
    """The document passes a bound; reading stops at once."""


@dataclass(slots=True)
class _Frame:
    container: list[Plain] | dict[str, Plain]
    path: Path
    key: str | None = None
    skipping: bool = False
    """The value of a refused key follows: it is read, and dropped."""


@dataclass(slots=True)
class _Builder:
    path: str
    text: str
    root: Plain = None
    keys: dict[Path, Location] = field(default_factory=dict)
    values: dict[Path, Location] = field(default_factory=dict)
    ambiguous: dict[Path, str] = field(default_factory=dict)
    mistakes: list[Diagnostic] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    documents: int = 0
    nodes: int = 0

    def location(self, event: yaml.Event) -> Location:
        mark: Any = event.start_mark
        return Location(self.path, mark.line + 1, mark.column + 1)

    def refuse(self, event: yaml.Event, rule: str, message: str) -> None:
        self.mistakes.append(Diagnostic(self.location(event), rule, message))

    def start_document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.refuse(event, "yaml-second-document", "a second document starts here; one document a file is allowed")
            raise _TooMuchError
        mark: Any = event.start_mark
        if event.explicit and self.text[mark.index] == "%":
            self.refuse(event, "yaml-directive", "YAML directives are not allowed; remove the line that starts with %")

    def count(self, event: yaml.Event) -> None:
        self.nodes += 1
        if self.nodes > MAXIMUM_NODES:
            self.refuse(event, "too-large", f"the file holds more than {MAXIMUM_NODES} values; split it")
            raise _TooMuchError

    def check_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self.refuse(event, "yaml-alias", f"the anchor &{event.anchor} is not allowed; write the value out")
        if event.tag is not None:
            self.refuse(event, "yaml-tag", f"the tag {event.tag} is not allowed; remove it")

    def check_characters(self, event: yaml.ScalarEvent) -> None:
        """Refuse what an escape would bring in though it may not stand in the file itself."""
        found = _FORBIDDEN.search(event.value) if event.style == '"' else None
        if found:
            self.refuse(event, "yaml-encoding", _forbidden(found.group()))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self.check_characters(event)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            self.start_key(frame, event)
            return
        self.check_node(event)
        path = self.place(event)
        value = self.resolve(event, path)
        self.store(value)

    def resolve(self, event: yaml.ScalarEvent, path: Path) -> Plain:
        text: str = event.value
        if event.style:  # a quoted or block scalar; the C parser says "" for plain ones, the Python parser None
            return text
        if text in _NULL:
            return None
        if text in _BOOLEAN:
            return _BOOLEAN[text]
        if _INTEGER.match(text):
            return int(text)
        if _AMBIGUOUS.match(text) and path in self.values:
            self.ambiguous[path] = text
        return text

    def start_key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        self.check_node(event)
        key: str = event.value
        frame.key = key
        path = (*frame.path, key)
        if not key and not event.style:
            message = "a key is missing in front of a colon, or stands behind a question mark; write a text"
            self.mistakes.append(Diagnostic(self.enclosing(path), "yaml-key", message))
            frame.skipping = True
        elif key == "<<" and not event.style:
            self.refuse(event, "yaml-merge-key", "merge keys are not allowed; write the keys out")
            frame.skipping = True
        elif isinstance(frame.container, dict) and key in frame.container:
            first = self.keys[path]
            self.refuse(
                event, "duplicate-key", f"the key {key!r} stands already in line {first.line}; keep one of them"
            )
            frame.skipping = True
        else:
            self.keys[path] = self.location(event)

    def place(self, event: yaml.Event) -> Path:
        """Return the path of the value that starts here, and remember its place."""
        path: Path = ()
        if self.stack:
            frame = self.stack[-1]
            step = len(frame.container) if isinstance(frame.container, list) else frame.key
            path = (*frame.path, step if step is not None else "")
        if not any(frame.skipping for frame in self.stack):
            # Nothing at all has no place of its own, and the two parsers see it in different ones: its key stands for it.
            nothing = isinstance(event, yaml.ScalarEvent) and not event.value and not event.style
            self.values[path] = self.enclosing(path) if nothing else self.location(event)
        return path

    def enclosing(self, path: Path) -> Location:
        place = self.keys.get(path) or self.values.get(path[:-1])
        return place or Location(self.path, 1, 1)

    def store(self, value: Plain) -> None:
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
            return
        if not frame.skipping and frame.key is not None:
            frame.container[frame.key] = value
        frame.key, frame.skipping = None, False

    def open(self, event: yaml.CollectionStartEvent, container: list[Plain] | dict[str, Plain]) -> None:
        if len(self.stack) >= MAXIMUM_DEPTH:
            self.refuse(event, "too-deep", f"values are nested more than {MAXIMUM_DEPTH} levels deep")
            raise _TooMuchError
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            self.refuse(event, "yaml-key", "a list or a mapping cannot be a key; write a text")
            raise _TooMuchError
        self.check_node(event)
        self.stack.append(_Frame(container, self.place(event)))

    def close(self) -> None:
        frame = self.stack.pop()
        self.store(frame.container)


def _consume(builder: _Builder, events: Iterator[yaml.Event]) -> _Builder:
    try:
        for event in events:
            _take(builder, event)
    except _TooMuchError:
        return builder
    if builder.documents == 0:
        builder.mistakes.append(Diagnostic(Location(builder.path, 1, 1), "empty-file", "the file is empty"))
    return builder


def _take(builder: _Builder, event: yaml.Event) -> None:
    match event:
        case yaml.ScalarEvent():
            builder.count(event)
            builder.scalar(event)
        case yaml.SequenceStartEvent():
            builder.count(event)
            builder.open(event, [])
        case yaml.MappingStartEvent():
            builder.count(event)
            builder.open(event, {})
        case yaml.CollectionEndEvent():
            builder.close()
        case yaml.AliasEvent():
            builder.refuse(event, "yaml-alias", f"the alias *{event.anchor} is not allowed; write the value out")
            raise _TooMuchError
        case yaml.DocumentStartEvent():
            builder.start_document(event)
        case _:  # start and end of the stream, end of a document
            pass
