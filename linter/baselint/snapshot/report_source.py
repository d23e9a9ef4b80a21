"""The credential report that speaks for an account: its root row, its cells and the time they were true."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property

from baselint.clock import write_stamp
from baselint.evidence import Evidence, ExportKind, FactValue, Known, Missing, MissingReason
from baselint.snapshot.account_summary import AccountSummary
from baselint.snapshot.ages import Capture
from baselint.snapshot.agreement import Observation
from baselint.snapshot.credential_report import CredentialReport, Row
from baselint.snapshot.report_cells import CellReader, Cells
from baselint.snapshot.sources import Source, Sources

_REPORT = ExportKind.CREDENTIAL_REPORT
_SUMMARY = ExportKind.ACCOUNT_SUMMARY
_ANY_TIME = datetime.min.replace(tzinfo=UTC)
_CURE = "the report is cached for up to 4 hours: make a new one, then the summary"


def rows_of_users(report: Source[CredentialReport]) -> Evidence:
    """Return how many rows of users stand in a report."""
    return report.export.evidence("rows of users", len(report.payload.user_rows))


def _together(values: tuple[FactValue, ...]) -> FactValue:
    """Return what one cell of root's row says, or the same cell of several rows of root."""
    first = values[0]
    known = [value for value in values if isinstance(value, Known)]
    evidence = tuple(item for value in values for item in value.evidence)
    if isinstance(first, Missing) and not known:
        return first
    if len(known) == len(values) and len({value.value for value in known}) == 1:
        return replace(first, evidence=evidence)
    detail = f"{len(values)} rows of the root user contradict each other in the credential report; export it again"
    return Missing(MissingReason.SOURCES_DISAGREE, detail, evidence, needs=(_REPORT,))


def _users(report: CredentialReport) -> object:
    return report.columns, [row.cells for row in report.user_rows], len(report.ragged_lines)


def _root(report: CredentialReport) -> object:
    return report.columns, [row.cells for row in report.root_rows]


class ReportSource:
    """The one credential report of an account, or the reason why there is none."""

    def __init__(self, sources: Sources, report: Source[CredentialReport] | Missing | None = None) -> None:
        self._sources = sources
        self.report = report or sources.find(_REPORT, CredentialReport, tells=_users)

    def of_root(self) -> "ReportSource":
        """Return the report that speaks of root: of those with a row of root the one that decides.

        A report that was filtered, or cut, does not silence one that has the row.
        """
        found = self._sources.find(_REPORT, CredentialReport, where=lambda told: bool(told.root_rows), tells=_root)
        if isinstance(found, Missing):
            return ReportSource(self._sources, found) if found.reason is MissingReason.SOURCES_DISAGREE else self
        if isinstance(self.report, Source) and not self.report.payload.root_rows:
            note = f"root's row is that of {found.export.path}, since {self.report.export.path} has none"
            found = replace(found, notes=(*found.notes, note))
        return ReportSource(self._sources, found)

    @property
    def captured_at(self) -> datetime | None:
        """When the report was made, if that is exactly known."""
        return None if isinstance(self.report, Missing) else self.report.export.captured_at

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said wherever the report decides."""
        return () if isinstance(self.report, Missing) else self.report.notes

    @property
    def cells(self) -> Cells:
        """Readers for the report's cells; only to be asked for when there is a report."""
        if isinstance(self.report, Missing):
            raise TypeError("there is no report to read cells of")
        export = self.report.export
        latest = export.captured_at or self._sources.as_of
        earliest = export.captured_at or export.reading.newest_stamp or _ANY_TIME
        return Cells(export.path, self.report.payload.columns, Capture(min(earliest, latest), latest))

    @property
    def lacks_root_row(self) -> bool:
        """Tell whether there is a report without a row of the root user, in which no other row is known to lack."""
        if isinstance(self.report, Missing) or self.report.payload.root_rows or self.report.payload.ragged_lines:
            return False
        return isinstance(self.complete, Missing) or self.complete.value is True

    def root_rows(self) -> tuple[Row, ...] | Missing:
        """Return the row of the root user, more than one only in a broken report, or why there is none."""
        if isinstance(self.report, Missing):
            return self.report
        if self.report.payload.root_rows:
            return self.report.payload.root_rows
        path = self.report.export.path
        detail = f"{path} has no row of the root user: it was filtered, cut, or not made by AWS; export it again"
        return Missing(MissingReason.INCOMPLETE, detail, needs=(_REPORT,))

    def observe_root(self, make: Callable[[Cells], CellReader]) -> Observation:
        """Return what the report says of root; rows of root that say different things contradict each other."""
        rows = self.root_rows()
        if isinstance(rows, Missing):
            return Observation(rows)
        read = make(self.cells)
        value = _together(tuple(map(read, rows)))
        if isinstance(value, Known):
            value = replace(value, notes=(*value.notes, *self.notes))
        return Observation(value, self.captured_at)

    def age_days(self) -> FactValue:
        """Return the days from the report's capture to the moment of the verdicts; missing when the capture is not dated."""
        if isinstance(self.report, Missing):
            return self.report
        export = self.report.export
        if export.captured_at is None:
            detail = f"{export.path} does not say when it was made; give the JSON of get-credential-report, a manifest or --captured-at"
            return Missing(MissingReason.CAPTURE_TIME_UNKNOWN, detail, needs=(_REPORT,))
        days = max((self._sources.as_of - export.captured_at).days, 0)
        return Known(days, (export.evidence("time of capture", write_stamp(export.captured_at)),), self.notes)

    @cached_property
    def complete(self) -> FactValue:
        """Compare the report's user rows with the summary's ``Users``; root's row is not counted."""
        if isinstance(self.report, Missing):
            return self.report
        export, payload = self.report.export, self.report.payload
        counted = rows_of_users(self.report)
        if payload.ragged_lines:
            note = f"{export.path} has {len(payload.ragged_lines)} row(s) that cannot be read"
            return Known(False, (counted,), (note, *self.notes))
        summary = self._sources.find(_SUMMARY, AccountSummary, tells=lambda told: repr(told.values.get("Users")))
        if isinstance(summary, Missing):
            return summary
        users = summary.payload.number("Users")
        pointer = f"{summary.payload.prefix}/Users"
        if users is None:
            detail = f"{summary.export.path} has no number at {pointer}; export it again"
            return Missing(MissingReason.INVALID, detail, needs=(_SUMMARY,))
        evidence = (counted, summary.export.evidence(pointer, users))
        names = len({row.cells[0].strip() for row in payload.user_rows})
        if users == len(payload.user_rows) == names:
            return Known(True, evidence, self.notes)
        doubled = f" in {len(payload.user_rows)} rows" if names < len(payload.user_rows) else ""
        note = f"the report has {names} user(s){doubled}, the account summary counts {users}; {_CURE}"
        return Known(False, evidence, (note, *self.notes))
