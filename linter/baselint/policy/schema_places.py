"""Says where in a file of one kind a key belongs, for a key that stands in the wrong place."""

from collections.abc import Iterator, Mapping
from typing import Any

_TOP = ""
"""Stands for the file itself, where another place has the key that leads to it."""

Places = Mapping[str, str]
"""Every key that a schema allows anywhere, with the places of it in words."""


def key_places(schema: Mapping[str, Any]) -> Places:
    """Return all keys of a schema, with their places: ``under 'check', or in an entry of 'verify'``."""
    found: dict[str, dict[str, bool]] = {}
    for key, holder, entry in _walk(schema, schema, _TOP, entry=False):
        holders = found.setdefault(key, {})
        holders[holder] = holders.get(holder, True) and entry
    return {key: _words(holders) for key, holders in found.items()}


def _walk(
    node: Mapping[str, Any], root: Mapping[str, Any], holder: str, *, entry: bool
) -> Iterator[tuple[str, str, bool]]:
    """Yield each key, the key that holds the mapping in which it stands, and whether it stands in an entry of that one."""
    for key, value in node.get("properties", {}).items():
        yield key, holder, entry
        yield from _walk(value, root, key, entry=False)
    for keyword, inside in (("items", True), ("additionalProperties", True), ("then", entry)):
        if isinstance(node.get(keyword), dict):
            yield from _walk(node[keyword], root, holder, entry=inside)


def _words(holders: Mapping[str, bool]) -> str:
    under = [repr(holder) for holder, entry in holders.items() if holder != _TOP and not entry]
    entries = [repr(holder) for holder, entry in holders.items() if entry]
    parts = ["at the top level of the file"] if _TOP in holders else []
    parts += [f"under {_any(under)}"] if under else []
    parts += [f"in an entry of {_any(entries)}"] if entries else []
    return ", or ".join(parts)


def _any(names: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
