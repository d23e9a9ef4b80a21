"""What GitHub takes of one SARIF file: which open findings stay where there are more, and what is told of the others."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from baselint.finding import Status
from baselint.model import Severity
from baselint.report.document import AccountDocument, FindingDocument, Report
from baselint.report.shown import is_hidden

KEPT_RESULTS = 5_000
"""Results of one run that become alerts: more are dropped without a word, and many more have the file refused."""

MOST_PLACES = 100
"""Places of one result that are shown. More than ten times as many have the file refused, and so does its size."""

_OPEN = (Status.FAIL, Status.UNKNOWN, Status.MANUAL)
_SEVERITIES = {severity.value: rank for rank, severity in enumerate(Severity)}
_STATUSES = {status.value: rank for rank, status in enumerate(_OPEN)}


def _rank(finding: FindingDocument) -> int:
    """Return how late a finding is left in: by severity, then failed before unknown before manual."""
    return _SEVERITIES[finding["severity"]] * len(_OPEN) + _STATUSES[finding["status"]]


def _open(report: Report) -> Iterator[tuple[FindingDocument, AccountDocument]]:
    for account in report.accounts:
        for finding in account["findings"]:
            if finding["status"] in _STATUSES and not is_hidden(finding, report):
                yield finding, account


@dataclass(frozen=True, slots=True)
class Selection:
    """Which open findings are written, behind the accounts that are missing."""

    missing: tuple[str, ...]
    """Expected accounts that are not there: the first to be written."""

    last_rank: int
    """Findings that rank later are left out."""
    of_last_rank: int
    """How many of that very rank are written, in the order of the accounts."""
    left_out: int
    """How many accounts and open findings are not written."""
    below: Severity | None
    """Findings less severe than this were asked to be left out."""

    @classmethod
    def of(cls, report: Report, most: int = KEPT_RESULTS) -> Self:
        """Count the open findings, where there can be more than are taken, and draw the line."""
        summary = report.header["summary"]
        last = len(_SEVERITIES) * len(_OPEN)
        below = report.minimum_severity
        absent = report.header["missing_accounts"]
        missing, left_out = tuple(absent[:most]), len(absent[most:])
        room = most - len(missing)
        if summary["fail"] + summary["unknown"] + summary["manual"] <= room:
            return cls(missing, last, room, left_out, below)
        counts = Counter(_rank(finding) for finding, _ in _open(report))
        left_out += max(counts.total() - room, 0)
        for rank in range(last):
            if counts[rank] > room:
                return cls(missing, rank, room, left_out, below)
            room -= counts[rank]
        return cls(missing, last, room, left_out, below)

    def chosen(self, report: Report) -> Iterator[tuple[FindingDocument, AccountDocument]]:
        """Yield the open findings that are written, with their accounts."""
        room = self.of_last_rank
        for finding, account in _open(report):
            rank = _rank(finding)
            if rank == self.last_rank:
                room -= 1
            if rank < self.last_rank or (rank == self.last_rank and room >= 0):
                yield finding, account

    def notices(self) -> list[str]:
        """Return what a reader must know of findings that are not there."""
        told = []
        if self.left_out:
            told.append(
                f"{self.left_out} open results of the least severity are left out, since GitHub keeps {KEPT_RESULTS}"
                " of one run; the format sarif holds all of them"
            )
        if self.below is not None:
            told.append(f"findings below {self.below} are left out; the format sarif holds all of them")
        return told
