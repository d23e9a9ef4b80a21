"""A report with every verdict, every decision and every kind of text, as documents; the judges of standards read it too."""

from collections.abc import Iterable
from typing import Any

from baselint.report.document import AccountDocument, HeaderDocument, Report

FIRST, SECOND, GONE = "111122223333", "222233334444", "333344445555"
SHA = "0" * 64
REPORT = f"s/{FIRST}/credential report.csv"
EVIL = "](x) <b>&amp;|`*_#$ {0} =1+1\n\x00\x1b[31m\u202e\ud800 zoë"
"""What a name can hold that must do nothing anywhere."""


def finding(control: str, status: str, severity: str = "high", **changes: Any) -> dict[str, Any]:
    """A finding as the report holds it."""
    values: dict[str, Any] = {
        "control": control,
        "baseline": "base",
        "title": f"Title of {control}",
        "severity": severity,
        "status": status,
        "reason": "expectation-met" if status == "pass" else "expectation-not-met",
        "requirement": f"{control} must hold",
        "observed": "seen",
        "notes": [],
        "message": f"{control} must hold; observed: seen",
        "fix": None,
        "subjects": [],
        "evidence": [],
        "export_again": None,
        "location": {"path": "policies/baselines/base.yaml", "line": 7, "column": 5},
        "exception": None,
        "further_exceptions": [],
        "attestation": None,
        "help": f"controls/g/{control}/",
        "help_section": "steps",
    }
    return values | changes


def exception(underlying: str = "fail", **changes: Any) -> dict[str, Any]:
    """An exception as a finding shows it."""
    values: dict[str, Any] = {
        "id": "ex-1",
        "in_force": True,
        "underlying": underlying,
        "note": "ex-1 is in force",
        "reason": "a vendor needs it",
        "owner": "ops",
        "approved_by": "ciso",
        "approved": "2026-10-01",
        "expires": "2026-12-31",
        "subjects": [],
        "compensating_control": "it is watched",
        "ticket": "https://tickets.example/1",
        "location": {"path": "policies/baselines/base.yaml", "line": 30, "column": 3},
    }
    return values | changes


def attestation(**changes: Any) -> dict[str, Any]:
    """An attestation as a finding shows it."""
    values: dict[str, Any] = {
        "outcome": "pass",
        "by": "alice",
        "date": "2026-11-01",
        "valid_through": "2027-01-30",
        "statement": "I looked.\nAll is well.",
        "answers": {"trigger": "periodic"},
        "evidence": [{"title": "minutes", "url": "https://wiki.example/minutes", "sha256": SHA}],
        "location": {"path": "policies/attestations/a.yaml", "line": 3, "column": 5},
    }
    return values | changes


def evidence(fact: str = "password_policy.minimum_length", **changes: Any) -> dict[str, Any]:
    """A fact with its place."""
    return {"fact": fact, "value": 8, "export": REPORT, "pointer": "line 3, column x", "raw": 8} | changes


def subject(name: str) -> dict[str, Any]:
    """A member that does not meet the requirement."""
    return {"id": name, "observed": "1035 days", "export": REPORT, "pointer": "line 3"}


def account(number: str, *findings: dict[str, Any], **changes: Any) -> AccountDocument:
    """An account with one export."""
    export = {
        "path": REPORT.replace(FIRST, number),
        "kind": "credential-report",
        "account_from": "arn",
        "sha256": SHA,
        "captured_at": "2026-11-01T08:00:00Z",
        "records": 2,
    }
    values: dict[str, Any] = {
        "id": number,
        "partition": "aws",
        "kind": "member",
        "name": None,
        "exports": [export],
        "unrecognised": [],
        "findings": list(findings),
    }
    return values | changes  # type: ignore[return-value]


def every_finding() -> list[dict[str, Any]]:
    """Every verdict, and what can stand beside it."""
    command = "aws iam get-account-summary > account-summary.json"
    place = {"path": REPORT, "line": None, "column": None}
    return [
        finding("a-pass", "pass", evidence=[evidence(), evidence(), evidence(export=None, pointer=None)]),
        finding("b-fail", "fail", "critical", fix="aws iam mend", subjects=[subject(EVIL)], evidence=[evidence()]),
        finding("c-unknown", "unknown", "medium", reason="not-exported", export_again=command, location=place),
        finding("d-manual", "manual", "low", reason="no-attestation", exception=exception(in_force=False)),
        finding("e-gone", "not-applicable", "low", reason="retired"),
        finding("f-excepted", "excepted", exception=exception(), further_exceptions=[exception(id="ex-2")]),
        finding("g-excepted", "excepted", exception=exception("manual", compensating_control=None, ticket=None)),
        finding("h-attested", "pass", reason="attested", attestation=attestation()),
        finding("i-evil", "fail", title=EVIL, requirement=EVIL, message=EVIL, observed=EVIL),
        finding("b-fail", "pass", "low", baseline="other", help="https://runbook.example/b-fail/"),
    ]


def problem(message: str, number: str | None = None) -> dict[str, Any]:
    """A file that needs a person's eye."""
    return {"path": f"s/{FIRST}/a#b.err", "account": number, "reason": "access-denied", "message": message}


def report(accounts: Iterable[AccountDocument], **changes: Any) -> Report:
    """A report on accounts, counted as a run counts."""
    kept = list(accounts)
    counts = dict.fromkeys(("pass", "fail", "unknown", "manual", "not-applicable", "excepted"), 0)
    for item in kept:
        for found in item["findings"]:
            counts[found["status"]] += 1
    names = ("base", "other")
    header: dict[str, Any] = {
        "schema_version": 1,
        "tool": {"name": "baselint", "version": "1.2.3"},
        "as_of": "2026-11-02T23:59:59Z",
        "exceptions_ignored": False,
        "redacted": False,
        "baselines": [
            {"id": i, "version": "1", "owner": "ops", "approved": None, "path": f"{i}.yaml", "resolved_sha256": SHA}
            for i in names
        ],
        "account_list": None,
        "missing_accounts": [],
        "problems": [],
        "summary": {"accounts": len(kept), **counts},
    }
    document: HeaderDocument = header | changes  # type: ignore[assignment]
    return Report(document, kept)


def everything(**changes: Any) -> Report:
    """Two accounts, one of which no baseline is meant for, a missing one, and problems."""
    accounts = [account(FIRST, *every_finding(), name=EVIL), account(SECOND, partition=None, exports=[])]
    told = [problem("AWS refused it", FIRST), problem(EVIL)]
    return report(accounts, **({"missing_accounts": [GONE], "problems": told} | changes))
