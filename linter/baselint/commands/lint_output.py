"""Writes the report of a run to stdout and to the files asked for."""

from pathlib import Path

from baselint import atomic
from baselint.commands.command import Streams
from baselint.errors import UsageError
from baselint.finding import AccountResult, ReportHeader
from baselint.report.formats import FORMATS
from baselint.suggestion import did_you_mean
from baselint.terminal import Painter, wants_colour


def write_reports(
    header: ReportHeader, accounts: tuple[AccountResult, ...], chosen: str, outputs: list[str], streams: Streams
) -> None:
    """Write the chosen format to stdout, and each ``FORMAT=PATH`` to its file, whole or not at all.

    Raises:
        UsageError: an output names no known format or no path, or cannot be written.
    """
    targets = [_target(output) for output in outputs]
    painter = Painter(wants_colour(streams.out))
    streams.out.writelines(map(_encodable, FORMATS[chosen](painter)(header, accounts)))
    for name, path in targets:
        atomic.write(path, map(_encodable, FORMATS[name](Painter(coloured=False))(header, accounts)))


def _encodable(piece: str) -> str:
    """Escape what UTF-8 has no bytes for, as names of files can hold; JSON reads the escapes back."""
    return piece.encode("utf-8", errors="backslashreplace").decode("utf-8")


def _target(output: str) -> tuple[str, Path]:
    name, separator, path = output.partition("=")
    if not separator or not path:
        raise UsageError(f"--output: {output!r} is not FORMAT=PATH, for example json=report.json")
    if name not in FORMATS:
        raise UsageError(
            f"--output: there is no format {name!r}; allowed: {', '.join(FORMATS)}{did_you_mean(name, FORMATS)}"
        )
    return name, Path(path)
