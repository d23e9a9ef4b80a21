"""Builds bounded plain data from the events of a YAML parser, and notes each construct that policy files may not hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from baselint.errors import Diagnostic, Location
from baselint.yamldocument import Path, Plain

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
FORBIDDEN_CHARACTER = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def not_allowed(character: str) -> str:
    """Say that a character may not stand in a policy file."""
    return f"the character U+{ord(character):04X} is not allowed in a policy file; remove it"


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
class DocumentBuilder:
    """What has been read so far: data, places and mistakes, with a frame for each collection that is open."""

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
        """Return the place where an event starts."""
        mark: Any = event.start_mark
        return Location(self.path, mark.line + 1, mark.column + 1)

    def refuse(self, event: yaml.Event, rule: str, message: str) -> None:
        """Note a mistake at the place of an event."""
        self.mistakes.append(Diagnostic(self.location(event), rule, message))

    def start_document(self, event: yaml.DocumentStartEvent) -> None:
        """Refuse a second document, and directives."""
        self.documents += 1
        if self.documents > 1:
            self.refuse(event, "yaml-second-document", "a second document starts here; one document a file is allowed")
            raise _TooMuchError
        mark: Any = event.start_mark
        if event.explicit and self.text[mark.index] == "%":
            self.refuse(event, "yaml-directive", "YAML directives are not allowed; remove the line that starts with %")

    def count(self, event: yaml.Event) -> None:
        """Count a value, and stop at the bound."""
        self.nodes += 1
        if self.nodes > MAXIMUM_NODES:
            self.refuse(event, "too-large", f"the file holds more than {MAXIMUM_NODES} values; split it")
            raise _TooMuchError

    def check_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Refuse anchors and tags."""
        if event.anchor is not None:
            self.refuse(event, "yaml-alias", f"the anchor &{event.anchor} is not allowed; write the value out")
        if event.tag is not None:
            self.refuse(event, "yaml-tag", f"the tag {event.tag} is not allowed; remove it")

    def check_characters(self, event: yaml.ScalarEvent) -> None:
        """Refuse what an escape would bring in though it may not stand in the file itself."""
        found = FORBIDDEN_CHARACTER.search(event.value) if event.style == '"' else None
        if found:
            self.refuse(event, "yaml-encoding", not_allowed(found.group()))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """Take a key or a value."""
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
        """Return what a scalar stands for, and note what other YAML readers would not read as text."""
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
        """Remember a key, or refuse it and the value that follows."""
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
        """Return the place of the key that leads to a path, or of what holds it."""
        place = self.keys.get(path) or self.values.get(path[:-1])
        return place or Location(self.path, 1, 1)

    def store(self, value: Plain) -> None:
        """Put a value into the collection that is open."""
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
        """Open a collection, and stop at the bound of depth."""
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
        """Store the collection that was opened last."""
        frame = self.stack.pop()
        self.store(frame.container)


def consume(builder: DocumentBuilder, events: Iterator[yaml.Event]) -> DocumentBuilder:
    """Feed a parser's events to a builder, up to the first that passes a bound."""
    try:
        for event in events:
            _take(builder, event)
    except _TooMuchError:
        return builder
    if builder.documents == 0:
        builder.mistakes.append(Diagnostic(Location(builder.path, 1, 1), "empty-file", "the file is empty"))
    return builder


def _take(builder: DocumentBuilder, event: yaml.Event) -> None:
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
