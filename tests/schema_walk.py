"""Walks a schema, and a document along its schema, in the simplest way: the judge of what the program says of keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from baselint.policy.schema_check import load_schema

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Mapping:
    """A mapping of a document that only some keys may be in."""

    path: Path
    node: Any
    """The part of the schema that says so."""
    data: Any
    holder: str | None
    """The key that holds the mapping; None at the top of the file."""


@dataclass(frozen=True)
class Word:
    """A value of a document that is one of some words."""

    path: Path
    node: Any


def closed_nodes(schema: Any) -> Iterator[Any]:
    """Yield every part of a schema that lists the keys of a mapping and allows no other."""
    children = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict) and schema.get("additionalProperties") is False:
        yield schema
    for child in children:
        yield from closed_nodes(child)


def enum_nodes(schema: Any) -> Iterator[Any]:
    """Yield every part of a schema that lists words."""
    children = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict) and isinstance(schema.get("enum"), list):
        yield schema
    for child in children:
        yield from enum_nodes(child)


def along(data: Any, schema_name: str) -> Iterator[Mapping | Word]:
    """Yield every mapping and every word of a document that the schema closes."""
    schema = SCHEMAS[schema_name]
    return _along(data, schema, schema, (), None)


def _along(data: Any, node: Any, root: Any, path: Path, holder: str | None) -> Iterator[Mapping | Word]:
    while "$ref" in node:
        node = root["$defs"][node["$ref"].removeprefix("#/$defs/")]
    if "enum" in node:
        yield Word(path, node)
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _along(item, node.get("items", {}), root, (*path, index), holder)
    elif isinstance(data, dict) and "properties" in node:
        yield Mapping(path, node, data, holder)
        for key, value in data.items():
            yield from _along(value, node["properties"][key], root, (*path, key), key)
    elif isinstance(data, dict) and "then" in node:
        yield from _along(data, node["then"], root, path, holder)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _along(value, node["additionalProperties"], root, (*path, key), holder)


SCHEMAS = {name: load_schema(name) for name in ("control", "baseline", "framework", "attestations")}
