"""The report as JSON: public, versioned, described by ``schema/report.schema.json``; streams account by account."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from baselint.attestation import Attestation
from baselint.clock import write_stamp
from baselint.errors import Location
from baselint.evidence import ExportRecord, Problem, Span, Value
from baselint.finding import AccountResult, ExceptionView, FactEvidence, Finding, ReportHeader, Status
from baselint.terminal import UNSAFE

SCHEMA_VERSION = 1


def write(header: ReportHeader, accounts: Iterable[AccountResult]) -> Iterator[str]:
    """Yield the report in pieces; the pieces together are one JSON document."""
    opening = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "baselint", "version": header.version},
        "as_of": write_stamp(header.as_of),
        "exceptions_ignored": header.exceptions_ignored,
        "baselines": [
            {
                "id": item.id,
                "version": item.version,
                "owner": item.owner,
                "approved": item.approved,
                "path": item.path,
                "resolved_sha256": item.resolved_sha256,
            }
            for item in header.baselines
        ],
    }
    yield _dump(opening).removesuffix("\n}") + ',\n  "accounts": ['
    counts: Counter[str] = Counter()
    number = 0
    for number, account in enumerate(accounts, start=1):
        counts.update(finding.status for finding in account.findings)
        yield ("," if number > 1 else "") + "\n" + _indent(_dump(_account(account)), "    ")
    closing = {
        "missing_accounts": [],
        "problems": [_problem(item) for item in header.problems],
        "summary": {"accounts": number, **{str(status): counts[status] for status in Status}},
    }
    yield ("\n  ]" if number else "]") + ",\n" + _dump(closing).removeprefix("{\n") + "\n"


def _dump(value: object) -> str:
    """Write JSON; what could steer a terminal, or cannot be encoded, stands escaped."""
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, indent=2, ensure_ascii=False))


def _indent(text: str, prefix: str) -> str:
    return "\n".join(prefix + line for line in text.split("\n"))


def _account(account: AccountResult) -> Mapping[str, Any]:
    return {
        "id": account.id,
        "partition": account.partition,
        "kind": account.kind,
        "name": account.name,
        "exports": [_export(item) for item in account.exports],
        "unrecognised": [{"path": item.path, "reason": item.reason} for item in account.unrecognised],
        "findings": [_finding(item) for item in account.findings],
    }


def _export(item: ExportRecord) -> Mapping[str, Any]:
    return {
        "path": item.path,
        "kind": item.kind,
        "account_from": item.account_from,
        "sha256": item.sha256,
        "captured_at": write_stamp(item.captured_at) if item.captured_at else None,
        "records": item.records,
    }


def _problem(item: Problem) -> Mapping[str, Any]:
    return {"path": item.path, "account": item.account, "reason": item.reason, "message": item.message}


def _finding(item: Finding) -> Mapping[str, Any]:
    return {
        "control": item.control,
        "baseline": item.baseline,
        "title": item.title,
        "severity": item.severity,
        "status": item.status,
        "reason": item.reason,
        "requirement": item.requirement,
        "observed": item.observed,
        "message": item.message,
        "fix": item.fix,
        "subjects": [
            {"id": subject.id, "observed": subject.observed, "export": subject.export, "pointer": subject.pointer}
            for subject in item.subjects
        ],
        "evidence": [_evidence(fact) for fact in item.evidence],
        "export_again": "\n".join(item.export_again) or None,
        "location": _location(item.location),
        "exception": _exception(item.exception),
        "further_exceptions": [_exception(view) for view in item.further_exceptions],
        "attestation": _attestation(item.attestation, item.attestation_through),
        "help": item.help,
    }


def _evidence(item: FactEvidence) -> Mapping[str, Any]:
    place = item.evidence
    return {
        "fact": item.fact,
        "value": _value(item.value),
        "export": place.export if place else None,
        "pointer": place.pointer if place else None,
        "raw": place.raw if place else None,
    }


def _value(value: Value) -> object:
    return {"low": value.low, "high": value.high} if isinstance(value, Span) else value


def _exception(view: ExceptionView | None) -> Mapping[str, Any] | None:
    if view is None:
        return None
    item = view.exception
    return {
        "id": item.id,
        "in_force": view.in_force,
        "underlying": view.underlying,
        "reason": item.reason,
        "owner": item.owner,
        "approved_by": item.approved.by,
        "approved": item.approved.date.isoformat(),
        "expires": item.expires.isoformat(),
        "subjects": list(view.excluded_subjects),
        "compensating_control": item.compensating_control,
        "ticket": item.ticket,
        "location": _location(item.location),
    }


def _attestation(item: Attestation | None, through: date | None) -> Mapping[str, Any] | None:
    if item is None:
        return None
    return {
        "outcome": item.outcome,
        "by": item.by,
        "date": item.date.isoformat(),
        "valid_through": through.isoformat() if through else None,
        "statement": item.statement,
        "answers": dict(item.answers),
        "evidence": [{"title": proof.title, "url": proof.url, "sha256": proof.sha256} for proof in item.evidence],
        "location": _location(item.location),
    }


def _location(place: Location) -> Mapping[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}
