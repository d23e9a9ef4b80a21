"""Turns results into documents; nothing behind this point knows the types of the linter."""

from datetime import date

from baselint.attestation import Attestation
from baselint.clock import write_stamp
from baselint.errors import Location
from baselint.evidence import ExportRecord, Problem, Span, Value
from baselint.finding import (
    AccountResult,
    BaselineHeader,
    ExceptionView,
    ExpectedAccounts,
    FactEvidence,
    Finding,
    ReportHeader,
)
from baselint.report.document import (
    SCHEMA_VERSION,
    AccountDocument,
    AccountListDocument,
    AttestationDocument,
    BaselineDocument,
    EvidenceDocument,
    ExceptionDocument,
    ExportDocument,
    FindingDocument,
    HeaderDocument,
    LocationDocument,
    ProblemDocument,
    SummaryDocument,
    ValueDocument,
)


def header_document(header: ReportHeader, summary: SummaryDocument) -> HeaderDocument:
    """Return what holds for the whole run."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "baselint", "version": header.version},
        "as_of": write_stamp(header.as_of),
        "exceptions_ignored": header.exceptions_ignored,
        "redacted": False,
        "baselines": [_baseline(item) for item in header.baselines],
        "account_list": _account_list(header.expected) if header.expected else None,
        "missing_accounts": list(header.expected.missing) if header.expected else [],
        "problems": [_problem(item) for item in header.problems],
        "summary": summary,
    }


def account_document(account: AccountResult) -> AccountDocument:
    """Return everything that the run says about one account."""
    return {
        "id": account.id,
        "partition": account.partition,
        "kind": account.kind,
        "name": account.name,
        "exports": [_export(item) for item in account.exports],
        "unrecognised": [{"path": item.path, "reason": item.reason} for item in account.unrecognised],
        "findings": [_finding(item) for item in account.findings],
    }


def _account_list(item: ExpectedAccounts) -> AccountListDocument:
    return {
        "path": item.path,
        "sha256": item.sha256,
        "expected": item.expected,
        "present": item.present,
        "unexpected": list(item.unexpected),
        "inactive": [{"id": account, "state": state} for account, state in item.inactive],
    }


def _baseline(item: BaselineHeader) -> BaselineDocument:
    approved = item.approved
    return {
        "id": item.id,
        "version": item.version,
        "owner": item.owner,
        "approved": {"by": approved["by"], "date": approved["date"]} if approved else None,
        "path": item.path,
        "resolved_sha256": item.resolved_sha256,
    }


def _problem(item: Problem) -> ProblemDocument:
    return {"path": item.path, "account": item.account, "reason": item.reason, "message": item.message}


def _export(item: ExportRecord) -> ExportDocument:
    return {
        "path": item.path,
        "kind": item.kind.value,
        "account_from": item.account_from,
        "sha256": item.sha256,
        "captured_at": write_stamp(item.captured_at) if item.captured_at else None,
        "records": item.records,
    }


def _finding(item: Finding) -> FindingDocument:
    return {
        "control": item.control,
        "baseline": item.baseline,
        "title": item.title,
        "severity": item.severity.value,
        "status": item.status.value,
        "reason": item.reason.value,
        "requirement": item.requirement,
        "observed": item.observed,
        "notes": list(item.notes),
        "message": item.message,
        "fix": item.fix,
        "subjects": [
            {"id": subject.id, "observed": subject.observed, "export": subject.export, "pointer": subject.pointer}
            for subject in item.subjects
        ],
        "evidence": [_evidence(fact) for fact in item.evidence],
        "export_again": "\n".join(item.export_again) or None,
        "location": _location(item.location),
        "exception": _exception(item.exception) if item.exception else None,
        "further_exceptions": [_exception(view) for view in item.further_exceptions],
        "attestation": _attestation(item.attestation, item.attestation_through) if item.attestation else None,
        "help": item.help,
        "help_section": item.help_section,
    }


def _evidence(item: FactEvidence) -> EvidenceDocument:
    place = item.evidence
    return {
        "fact": item.fact,
        "value": _value(item.value),
        "export": place.export if place else None,
        "pointer": place.pointer if place else None,
        "raw": place.raw if place else None,
    }


def _value(value: Value) -> ValueDocument:
    return {"low": value.low, "high": value.high} if isinstance(value, Span) else value


def _exception(view: ExceptionView) -> ExceptionDocument:
    item = view.exception
    return {
        "id": item.id,
        "in_force": view.in_force,
        "underlying": view.underlying.value,
        "note": view.note,
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


def _attestation(item: Attestation, through: date | None) -> AttestationDocument:
    return {
        "outcome": item.outcome.value,
        "by": item.by,
        "date": item.date.isoformat(),
        "valid_through": through.isoformat() if through else None,
        "statement": item.statement,
        "answers": dict(item.answers),
        "evidence": [{"title": proof.title, "url": proof.url, "sha256": proof.sha256} for proof in item.evidence],
        "location": _location(item.location),
    }


def _location(place: Location) -> LocationDocument:
    return {"path": place.path, "line": place.line, "column": place.column}
