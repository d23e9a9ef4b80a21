"""The table of output formats: one module and one line each; what is heavy a module imports inside its functions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from baselint.errors import UsageError
from baselint.report import json_report, sarif_report, text_report
from baselint.report.document import Report
from baselint.suggestion import did_you_mean
from baselint.terminal import Painter


@dataclass(frozen=True, slots=True)
class Format:
    """How a report is written: prints nothing itself, opens no file, and streams where the format allows it."""

    summary: str
    """What it is for, in one line."""
    suffix: str
    """How names of such files end."""
    write: Callable[[Report], Iterator[str]]
    paint: Callable[[Report, Painter], Iterator[str]] | None = None
    """The same for a terminal, where it can have colours."""

    def pieces(self, report: Report, painter: Painter) -> Iterator[str]:
        """Return the pieces of a report for a stream that may want colour."""
        return self.paint(report, painter) if self.paint else self.write(report)


FORMATS: Mapping[str, Format] = {
    "text": Format("for a person at a terminal, worst first", ".txt", text_report.write, text_report.paint),
    "json": Format("everything, for programs; has a public schema", ".json", json_report.write),
    "sarif": Format("SARIF 2.1.0 with every verdict, for archives and viewers", ".sarif", sarif_report.write),
    "sarif-github": Format("SARIF with what is open, for GitHub code scanning", ".sarif", sarif_report.write_github),
}
"""Each format by name; a new one is one module and one line here."""


def format_named(name: str, option: str) -> Format:
    """Return a format by its name.

    Raises:
        UsageError: there is none of that name.
    """
    found = FORMATS.get(name)
    if found is None:
        raise UsageError(
            f"{option}: there is no format {name!r}; allowed: {', '.join(FORMATS)}{did_you_mean(name, FORMATS)}"
        )
    return found
