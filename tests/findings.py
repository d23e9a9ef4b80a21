"""Findings, accounts and whole reports made by hand, for tests of the formats."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from baselint.errors import Location
from baselint.finding import AccountResult, Finding, Reason, ReportHeader, Status
from baselint.model import Severity
from baselint.report.document import Report
from baselint.report.documenting import account_document, header_document
from baselint.report.spool import AccountSpool
from builders import ACCOUNT

HEADER = ReportHeader("1", datetime(2026, 11, 2, tzinfo=UTC), (), ())


def finding(**changes: Any) -> Finding:
    """A finding in which every text is one letter."""
    values: dict[str, Any] = {
        "control": "c",
        "baseline": "b",
        "title": "t",
        "severity": Severity.HIGH,
        "status": Status.FAIL,
        "reason": Reason.EXPECTATION_NOT_MET,
        "requirement": "r",
        "observed": "o",
        "location": Location("p", 1, 2),
        "help": "h",
    }
    return Finding(**(values | changes))


def account(*items: Finding, **changes: Any) -> AccountResult:
    """An account of which only the id is known."""
    values: dict[str, Any] = {
        "id": ACCOUNT,
        "partition": None,
        "kind": None,
        "name": None,
        "exports": (),
        "unrecognised": (),
        "findings": items,
    }
    return AccountResult(**(values | changes))


def documents(header: ReportHeader, accounts: Iterable[AccountResult]) -> Report:
    """What a format is given for these results."""
    with AccountSpool() as spool:
        for item in accounts:
            spool.add(account_document(item))
        return Report(header_document(header, spool.summary), tuple(spool), header.minimum_severity)
