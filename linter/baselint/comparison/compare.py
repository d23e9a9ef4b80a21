"""Compares two reports finding by finding, by account, baseline and control; dates and places of files do not count."""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from baselint.comparison.changes import Change, Comparison, FactChange, FindingChange, PolicyChange, Side
from baselint.facts import FACTS
from baselint.finding import Status
from baselint.model import Severity
from baselint.report.document import AccountDocument, FindingDocument, Report, ValueDocument

_OPEN = (Status.FAIL, Status.UNKNOWN, Status.MANUAL)
_DAYS = "days"
_BECOMES = {
    Status.FAIL: Change.NEW,
    Status.UNKNOWN: Change.NEWLY_UNKNOWN,
    Status.MANUAL: Change.NEWLY_MANUAL,
    Status.EXCEPTED: Change.NEWLY_EXCEPTED,
    Status.NOT_APPLICABLE: Change.NO_LONGER_APPLIES,
}

_Key: TypeAlias = tuple[str, str]
_Findings: TypeAlias = Mapping[_Key, FindingDocument]


def compare(old: Report, new: Report, old_path: str, new_path: str) -> Comparison:
    """Return what differs between two reports, worst first; neither may be redacted, since aliases are of one run."""
    before, now = _accounts(old), _accounts(new)
    found = [
        change
        for account in sorted({*before, *now})
        for change in _account_changes(account, before.get(account), now.get(account))
    ]
    order = list(Change)
    missing = sorted(new.header["missing_accounts"])
    return Comparison(
        _side(old, old_path),
        _side(new, new_path),
        tuple(_policy(old, new)),
        added=tuple(sorted(now.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - now.keys())),
        missing=tuple(missing),
        findings=tuple(
            sorted(
                found,
                key=lambda item: (
                    order.index(item.kind),
                    item.severity.rank,
                    item.account,
                    item.baseline,
                    item.control,
                ),
            )
        ),
    )


def _side(report: Report, path: str) -> Side:
    header = report.header
    return Side(path, header["as_of"], header["tool"]["version"], header["exceptions_ignored"])


def _accounts(report: Report) -> Mapping[str, AccountDocument]:
    return {account["id"]: account for account in report.accounts}


def _policy(old: Report, new: Report) -> Iterator[PolicyChange]:
    before = {item["id"]: item["resolved_sha256"] for item in old.header["baselines"]}
    now = {item["id"]: item["resolved_sha256"] for item in new.header["baselines"]}
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            yield PolicyChange(name, before.get(name), now.get(name))


def _account_changes(account: str, old: AccountDocument | None, new: AccountDocument | None) -> Iterator[FindingChange]:
    before, now = _findings(old), _findings(new)
    for key in sorted({*before, *now}):
        change = finding_change(account, before.get(key), now.get(key))
        if change.kind is not Change.UNCHANGED or change.facts or change.subjects_added or change.subjects_gone:
            yield change


def _findings(account: AccountDocument | None) -> _Findings:
    return {(item["baseline"], item["control"]): item for item in account["findings"]} if account else {}


def finding_change(account: str, old: FindingDocument | None, new: FindingDocument | None) -> FindingChange:
    """Return what became of one finding; at least one side must be there."""
    shown = new or old
    if shown is None:
        raise ValueError("a finding must be on one side at least")
    kind = _kind(old, new)
    before, now = _subjects(old), _subjects(new)
    return FindingChange(
        account=account,
        baseline=shown["baseline"],
        control=shown["control"],
        title=shown["title"],
        severity=Severity(shown["severity"]),
        kind=kind,
        old_status=old["status"] if old else None,
        new_status=new["status"] if new else None,
        old_observed=old["observed"] if old else None,
        new_observed=new["observed"] if new else None,
        facts=tuple(_facts(old, new, ages=kind is not Change.UNCHANGED)) if old and new else (),
        subjects_added=tuple(sorted(now - before)) if old and new else (),
        subjects_gone=tuple(sorted(before - now)) if old and new else (),
        note=_note(old, new),
        help=shown["help"],
    )


def _kind(old: FindingDocument | None, new: FindingDocument | None) -> Change:
    if new is None:
        return Change.NO_LONGER_JUDGED
    now = Status(new["status"])
    before = Status(old["status"]) if old else None
    if now is Status.PASS and _left_out(new) - _left_out(old):
        return Change.NEWLY_EXCEPTED
    if now is before:
        if now is Status.FAIL and _subjects(new) - _subjects(old):
            return Change.WORSE
        return Change.STILL_OPEN if now in _OPEN else Change.UNCHANGED
    if now is not Status.PASS and not (before is None and now is Status.NOT_APPLICABLE):
        return _BECOMES[now]
    if before is None:
        return Change.NEWLY_JUDGED
    return Change.FIXED if before is Status.FAIL else Change.SETTLED


def _subjects(finding: FindingDocument | None) -> frozenset[str]:
    return frozenset(item["id"] for item in finding["subjects"]) if finding else frozenset()


def _left_out(finding: FindingDocument | None) -> frozenset[str]:
    """Return the members that exceptions leave out of a verdict: it passes without them, and they were not mended."""
    views = (finding["exception"], *finding["further_exceptions"]) if finding else ()
    return frozenset(name for view in views if view and view["in_force"] for name in view["subjects"])


def _facts(old: FindingDocument, new: FindingDocument, *, ages: bool) -> Iterator[FactChange]:
    """Yield the facts that changed; ages change with every export, so they count only beside another verdict."""
    before, now = _values(old), _values(new)
    for fact in sorted({*before, *now}):
        is_age = fact in FACTS and FACTS[fact].unit == _DAYS
        if before.get(fact) != now.get(fact) and (ages or not is_age):
            yield FactChange(fact, before.get(fact, ()), now.get(fact, ()))


def _values(finding: FindingDocument) -> Mapping[str, tuple[ValueDocument, ...]]:
    values: dict[str, dict[str, ValueDocument]] = {}
    for item in finding["evidence"]:
        values.setdefault(item["fact"], {})[json.dumps(item["value"], sort_keys=True)] = item["value"]
    return {fact: tuple(found[key] for key in sorted(found)) for fact, found in values.items()}


def _note(old: FindingDocument | None, new: FindingDocument | None) -> str | None:
    before = old["exception"] if old else None
    now = new["exception"] if new else None
    if new and now and new["status"] == Status.EXCEPTED and (old is None or old["status"] != Status.EXCEPTED):
        return f"by the exception {now['id']}, in force through {now['expires']}"
    names = _left_out(new) - _left_out(old)
    if names:
        return f"an exception leaves out {', '.join(sorted(names))}"
    if old and before and old["status"] == Status.EXCEPTED and new and new["status"] != Status.EXCEPTED:
        return f"the exception {before['id']}, through {before['expires']}, does not act any more"
    return None
