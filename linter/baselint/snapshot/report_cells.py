"""Reads single cells of a credential report: booleans, dates and the words that AWS writes instead."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from baselint.clock import parse_stamp
from baselint.evidence import Evidence, ExportKind, FactValue, Known, Missing, MissingReason
from baselint.snapshot.ages import Capture
from baselint.snapshot.agreement import any_of
from baselint.snapshot.credential_report import Row

NOT_APPLICABLE = "N/A"
NO_INFORMATION = "no_information"
NOT_SUPPORTED = "not_supported"

_FURTHER = "additional_credentials_info"
_BOOLEANS = {"true": True, "false": False}
_NEEDS = (ExportKind.CREDENTIAL_REPORT,)

CellReader: TypeAlias = Callable[[Row], FactValue]


def either(readers: Iterable[CellReader]) -> CellReader:
    """Return a reader that is true when one of the readers is, and false when all are."""
    everything = tuple(readers)
    return lambda row: any_of(read(row) for read in everything)


@dataclass(frozen=True, slots=True)
class Cells:
    """Makes readers for the columns of one report; names are looked up once, not once per row."""

    path: str
    columns: Mapping[str, int]
    capture: Capture

    def boolean(self, name: str) -> CellReader:
        """Return a reader of ``true`` and ``false``, in any case."""

        def read(text: str, evidence: Evidence) -> FactValue:
            value = _BOOLEANS.get(text.lower())
            return self._odd(evidence, text) if value is None else Known(value, (evidence,))

        return self._reader(name, read)

    def age(self, name: str, *, absent: frozenset[str] = frozenset()) -> CellReader:
        """Return a reader of the days since a date; the ``absent`` words mean that there is none."""

        def read(text: str, evidence: Evidence) -> FactValue:
            stamp = parse_stamp(text)
            if stamp is not None:
                return self.capture.age_in_days(stamp, evidence)
            return Known(None, (evidence,)) if text in absent else self._odd(evidence, text)

        return self._reader(name, read)

    def presence(self, name: str) -> CellReader:
        """Return a reader that is true when a date stands there, and false for ``N/A``."""

        def read(text: str, evidence: Evidence) -> FactValue:
            if parse_stamp(text) is not None:
                return Known(True, (evidence,))
            return Known(False, (evidence,)) if text == NOT_APPLICABLE else self._odd(evidence, text)

        return self._reader(name, read)

    def in_slot(self, prefix: str) -> CellReader:
        """Return a reader that tells whether a slot holds a credential: active, or off with a date of its making."""
        return either((self.boolean(f"{prefix}_active"), self.presence(f"{prefix}_last_rotated")))

    def further_credentials(self, row: Row) -> Missing | None:
        """Return why not every key and certificate of a user is shown: AWS counts those beyond two slots in a cell."""
        told = self.text(row, _FURTHER)
        if not told or told == NOT_APPLICABLE:
            return None
        detail = (
            f"line {row.line}, column {_FURTHER} tells of keys or certificates beyond the two slots; delete those that are not "
            "needed, and export the report again"
        )
        return Missing(MissingReason.INCOMPLETE, detail, (self.evidence(row, _FURTHER),), needs=_NEEDS)

    def text(self, row: Row, name: str) -> str | None:
        """Return the text of a cell, None where the report has no such column."""
        index = self.columns.get(name)
        return None if index is None else row.cells[index].strip()

    def evidence(self, row: Row, name: str) -> Evidence:
        """Return a cell as evidence."""
        return Evidence(self.path, f"line {row.line}, column {name}", self.text(row, name))

    def _reader(self, name: str, read: Callable[[str, Evidence], FactValue]) -> CellReader:
        index = self.columns.get(name)
        if index is None:
            detail = f"{self.path} has no column {name}; export the whole report again"
            missing = Missing(MissingReason.INCOMPLETE, detail, needs=_NEEDS)
            return lambda _row: missing
        pointer = f", column {name}"

        def cell(row: Row) -> FactValue:
            text = row.cells[index].strip()
            return read(text, Evidence(self.path, f"line {row.line}{pointer}", text))

        return cell

    def _odd(self, evidence: Evidence, text: str) -> Missing:
        if text == NOT_SUPPORTED:
            detail = f"the report says not_supported ({evidence.pointer})"
            return Missing(MissingReason.NOT_REPORTED, detail, (evidence,), needs=_NEEDS)
        detail = f"{evidence.pointer} holds {text[:40]!r}, which is nothing AWS writes there; export the report again"
        return Missing(MissingReason.INVALID, detail, (evidence,), needs=_NEEDS)
