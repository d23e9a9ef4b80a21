"""The only module that knows where baselint's own data files are: in a wheel, a zip or a checkout."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from baselint.errors import BaselintError, ExitCode

_SENTINEL = ("schema", "control.schema.json")


class MissingDataError(BaselintError):
    """The installation lacks the data files; it must be made again."""

    exit_code = ExitCode.INTERNAL


def data_root() -> Traversable:
    """Return the directory that holds ``policies/``, ``schema/``, ``site/``, ``scaffold/`` and ``mkdocs.yml``.

    An installed wheel has them in ``baselint/_data``; an editable install and a checkout have them two levels up.

    Raises:
        MissingDataError: neither place holds them.
    """
    package = files("baselint")
    checkout = Path(__file__).resolve().parents[2]
    for root in (package / "_data", checkout):
        if root.joinpath(*_SENTINEL).is_file():
            return root
    raise MissingDataError("baselint's data files are missing from this installation; install the package again")


def read_text(*parts: str) -> str:
    """Return the text of a data file, for example ``read_text("schema", "control.schema.json")``."""
    return data_root().joinpath(*parts).read_text(encoding="utf-8")


def texts(*parts: str) -> Iterator[tuple[str, str]]:
    """Yield every text file below a data directory, sorted: its path relative to that directory, and its text."""
    yield from _texts(data_root().joinpath(*parts), "")


def _texts(directory: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for child in sorted(directory.iterdir(), key=lambda item: item.name):
        if child.is_dir():
            yield from _texts(child, f"{prefix}{child.name}/")
        else:
            yield f"{prefix}{child.name}", child.read_text(encoding="utf-8")
