"""Reports with something under every key, whose texts a test can change one and all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from baselint.finding import Status
from baselint.report.document import (
    AccountDocument,
    FindingDocument,
    HeaderDocument,
    Report,
    SummaryDocument,
)

IDS = ("111122223333", "444455556666", "777788889999")
ABSENT = ("000011112222", "222233334444")
_FIXED = frozenset(
    (
        "severity",
        "status",
        "underlying",
        "outcome",
        "kind",
        "partition",
        "reason",
        "as_of",
        "sha256",
        "resolved_sha256",
        "account_from",
    )
)
"""Keys whose words no policy file and no export can choose."""


def same(text: str) -> str:
    """Change nothing."""
    return text


def _place(name: str) -> dict[str, Any]:
    return {"path": f"policies/{name}.yaml", "line": 3, "column": 5}


def _exception(name: str, *subjects: str) -> dict[str, Any]:
    return {
        "id": name,
        "in_force": True,
        "underlying": "fail",
        "note": f"note on {name}",
        "reason": "an old program",
        "owner": "ops",
        "approved_by": "CISO",
        "approved": "2026-09-01",
        "expires": "2027-01-31",
        "subjects": list(subjects),
        "compensating_control": "two people look",
        "ticket": "https://tickets.example.com/1",
        "location": _place("base"),
    }


def _finding(status: Status) -> FindingDocument:
    """A finding of a status, with everything that findings can have."""
    excepted = status is Status.EXCEPTED
    found = {
        "control": f"control-{status}",
        "baseline": "base",
        "title": "Keys are young",
        "severity": "critical" if status is Status.FAIL else "low",
        "status": status.value,
        "reason": "expectation-not-met",
        "requirement": "keys must be young",
        "observed": "1 of 2 does not meet it",
        "notes": ["note on legacy"] if excepted else ["look again"],
        "message": "keys must be young; observed: 1 of 2 does not meet it; look again",
        "fix": "aws iam update-access-key \\\n  --status Inactive",
        "subjects": [
            {"id": "alice/access-key-1", "observed": "400 days", "export": "s/report.json", "pointer": "line 3"}
        ],
        "evidence": [
            {"fact": "f", "value": {"low": 1, "high": 2}, "export": "s/report.json", "pointer": "line 2", "raw": True},
            {"fact": "g", "value": "…@mail.example.com", "export": None, "pointer": None, "raw": None},
        ],
        "export_again": "aws iam generate-credential-report\naws iam get-credential-report",
        "location": _place("base"),
        "exception": _exception("legacy", "carol/access-key-2") if excepted else None,
        "further_exceptions": [_exception("other")] if excepted else [],
        "attestation": {
            "outcome": "pass",
            "by": "Ann Example",
            "date": "2026-10-01",
            "valid_through": "2027-01-01",
            "statement": "I looked at it",
            "answers": {"trigger": "periodic"},
            "evidence": [{"title": "Minutes", "url": "https://wiki.example.com/1", "sha256": "0" * 64}],
            "location": _place("attested"),
        },
        "help": "controls/g/keys/",
        "help_section": "steps",
    }
    return cast("FindingDocument", found)


def account(identifier: str) -> AccountDocument:
    """An account with a finding of every status."""
    export = {"path": "s/report.json", "kind": "credential-report", "account_from": "arn", "sha256": "f" * 64}
    found = {
        "id": identifier,
        "partition": "aws",
        "kind": "member",
        "name": "Acme",
        "exports": [{**export, "captured_at": "2026-11-01T08:00:00Z", "records": 3}],
        "unrecognised": [{"path": "s/notes.txt", "reason": "holds nothing"}],
        "findings": [_finding(status) for status in Status],
    }
    return cast("AccountDocument", found)


def header(accounts: int = len(IDS)) -> HeaderDocument:
    """The header of a report on some such accounts."""
    return {
        "schema_version": 1,
        "tool": {"name": "baselint", "version": "1.2.3"},
        "as_of": "2026-11-02T23:59:59Z",
        "exceptions_ignored": False,
        "redacted": False,
        "baselines": [
            {
                "id": "base",
                "version": "4",
                "owner": "security team",
                "approved": {"by": "CISO", "date": "2026-09-01"},
                "path": "policies/base.yaml",
                "resolved_sha256": "0" * 64,
            }
        ],
        "account_list": {
            "path": "s/accounts.json",
            "sha256": "1" * 64,
            "expected": len(ABSENT) + accounts - 1,
            "present": accounts - 1,
            "unexpected": [IDS[0]],
            "inactive": [{"id": "555566667777", "state": "SUSPENDED"}],
        },
        "missing_accounts": list(ABSENT),
        "problems": [{"path": "s/odd.json", "account": IDS[0], "reason": "invalid", "message": "export it again"}],
        "summary": cast("SummaryDocument", {"accounts": accounts} | {status.value: accounts for status in Status}),
    }


def whole(change: Callable[[str], str] = same, accounts: int = len(IDS)) -> Report:
    """A report on three accounts, or fewer; ``change`` is applied to every text that comes from outside."""
    told = tuple(_changed(account(identifier), change) for identifier in IDS[:accounts])
    return Report(_changed(header(accounts), change), told)


def _changed(value: Any, change: Callable[[str], str], key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _changed(item, change, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_changed(item, change, key) for item in value]
    return change(value) if isinstance(value, str) and not _is_fixed(key, value) else value


def _is_fixed(key: str, value: str) -> bool:
    return key in _FIXED and not (key == "reason" and value == "an old program")


@dataclass
class Watched(Iterable[AccountDocument]):
    """Accounts that are made when they are asked for, and count how far somebody went."""

    begun: int = 0

    def __iter__(self) -> Iterator[AccountDocument]:
        for self.begun, identifier in enumerate(IDS, start=1):
            yield account(identifier)
