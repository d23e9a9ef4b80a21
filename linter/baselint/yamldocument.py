"""A YAML file as plain data, with the place of each key and each value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, Union

from baselint.errors import Location

Path: TypeAlias = tuple[str | int, ...]
Plain: TypeAlias = Union[bool, int, str, list["Plain"], dict[str, "Plain"], None]  # noqa: UP007 - a name of its own
"""The only types that a policy file can hold: YAML 1.2 core scalars without floats, lists and mappings."""


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
