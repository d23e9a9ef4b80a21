"""Where policy files can be read and edited: what a page says of the file that it is made from."""

import posixpath
from dataclasses import dataclass
from urllib.parse import quote

from baselint import markdown
from baselint.errors import Location

_SHIPPED = "<"
"""How the shown path of a file begins that lies in no directory of the user's."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A place in the network that shows the files of a directory."""

    address: str | None = None
    """What comes before a path; None: nobody said where."""
    root: str = "."
    """The directory that lies there, as the working directory sees it."""

    def path(self, place: Location) -> str:
        """Return the path of a file as the repository has it; a file that ships with baselint keeps its own."""
        return place.path if place.path.startswith(_SHIPPED) else posixpath.relpath(place.path, self.root)

    def link(self, place: Location, address: str | None = None) -> str | None:
        """Return the address of a line; None where nobody said where, and for files outside of the repository."""
        base = address or self.address
        path = self.path(place)
        if base is None or path.startswith((_SHIPPED, "../", "/")):
            return None
        return f"{base}{quote(path)}#L{place.line or 1}"

    def footer(self, place: Location) -> str:
        """Return what stands under a page that is made from a policy file."""
        name = markdown.code_span(f"{self.path(place)}:{place.line or 1}")
        target = self.link(place)
        ships = ", which ships with baselint" if place.path.startswith(_SHIPPED) else ""
        return f"\nMade from {f'[{name}]({target})' if target else name}{ships}.\n"
