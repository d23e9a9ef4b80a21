"""What the pages of accounts say: each account of a report, worst first, with what became of it since an earlier one."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from baselint.comparison.changes import Change, Comparison, FindingChange
from baselint.comparison.compare import compare
from baselint.finding import Status
from baselint.model import Severity
from baselint.report.document import AccountDocument, FindingDocument, Report
from baselint.report.shown import RANKS, WORST_FIRST

DIRECTORY = "accounts"
INDEX = f"{DIRECTORY}/index.md"
OPEN = (Status.FAIL, Status.UNKNOWN, Status.MANUAL)
"""The verdicts that ask somebody to do something."""

_PLAIN_ID = re.compile(r"[0-9]{12}|account-[1-9][0-9]*")
_NOT_IN_ANCHORS = re.compile(r"[^a-z0-9.]+")

_Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AccountReports:
    """The report whose accounts get pages, and an earlier one to compare it with."""

    report: Report
    earlier: Report | None = None


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its place on the page of its account."""

    finding: FindingDocument
    name: str
    """Its control, with the baseline where there are several."""
    anchor: str
    change: FindingChange | None
    """What became of it since the earlier report; None without one, and where nothing did."""

    @property
    def key(self) -> _Key:
        """Return the ids of baseline and control."""
        return (self.finding["baseline"], self.finding["control"])


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account with its findings, worst first."""

    account: AccountDocument
    path: str
    findings: tuple[FindingView, ...]
    changes: tuple[FindingChange, ...] = ()
    """What became of its findings, those of the earlier report among them that nobody judged again."""
    counts: Mapping[str, int] = field(init=False)
    became: Mapping[Change, int] = field(init=False)

    def __post_init__(self) -> None:
        found = Counter(item.finding["status"] for item in self.findings)
        object.__setattr__(self, "counts", {status.value: found[status] for status in WORST_FIRST})
        object.__setattr__(self, "became", Counter(item.kind for item in self.changes))

    @property
    def rank(self) -> tuple[object, ...]:
        """Return what sorts the accounts: those with the worst failures first."""
        failed = Counter(item.finding["severity"] for item in self.findings if item.finding["status"] == Status.FAIL)
        by_severity = [-failed[severity] for severity in Severity]
        return (*by_severity, *(-self.counts[status] for status in OPEN), self.account["id"])

    @property
    def files(self) -> Mapping[str, str]:
        """Return the anchor of what is said of each export, by its path."""
        return {item["path"]: f"export-{number}" for number, item in enumerate(self.account["exports"], start=1)}

    def status_of(self, key: _Key) -> FindingView | None:
        """Return the finding of a control of a baseline."""
        return next((item for item in self.findings if item.key == key), None)


@dataclass(frozen=True, slots=True)
class ControlColumn:
    """A control that is open somewhere, with how often."""

    key: _Key
    name: str
    title: str
    severity: str
    counts: Mapping[str, int]

    @property
    def rank(self) -> tuple[object, ...]:
        """Return what sorts the controls: those that fail most often first."""
        often = (-self.counts.get(status, 0) for status in OPEN)
        return (*often, Severity(self.severity).rank, self.key)


@dataclass(frozen=True, slots=True)
class FleetView:
    """Every account of a report, the worst first, and the controls that are open most often."""

    report: Report
    accounts: tuple[AccountView, ...]
    columns: tuple[ControlColumn, ...]
    comparison: Comparison | None
    other_policy: tuple[str, ...]
    """Baselines of the report that ask something else than the pages do, or that the pages do not have."""
    changes: tuple[FindingChange, ...]
    """What became of findings, as far as both reports have the account."""


def fleet(reports: AccountReports, hashes: Mapping[str, str]) -> FleetView:
    """Return the view of a report; ``hashes`` are those of the resolved baselines that the pages show."""
    report = reports.report
    found = compare(reports.earlier, report, "earlier", "report") if reports.earlier else None
    several = len({item["id"] for item in report.header["baselines"]}) > 1
    changes: dict[str, list[FindingChange]] = {}
    for change in found.findings if found else ():
        changes.setdefault(change.account, []).append(change)
    views = [_account(item, changes.get(item["id"], ()), several=several) for item in report.accounts]
    baselines = report.header["baselines"]
    return FleetView(
        report,
        tuple(sorted(views, key=lambda view: view.rank)),
        tuple(sorted(_columns(views), key=lambda column: column.rank)),
        found,
        tuple(item["id"] for item in baselines if hashes.get(item["id"]) != item["resolved_sha256"]),
        tuple(item for item in found.findings if item.account not in {*found.added, *found.removed}) if found else (),
    )


def _account(account: AccountDocument, changes: Iterable[FindingChange], *, several: bool) -> AccountView:
    by_key = {(item.baseline, item.control): item for item in changes}
    ordered = sorted(
        account["findings"],
        key=lambda item: (RANKS[item["status"]], Severity(item["severity"]).rank, item["control"], item["baseline"]),
    )
    anchors: Counter[str] = Counter()
    views = []
    for item in ordered:
        name = f"{item['baseline']}/{item['control']}" if several else item["control"]
        anchor = "finding-" + _NOT_IN_ANCHORS.sub("-", name)
        anchors[anchor] += 1
        unique = anchor if anchors[anchor] == 1 else f"{anchor}--{anchors[anchor]}"
        views.append(FindingView(item, name, unique, by_key.get((item["baseline"], item["control"]))))
    return AccountView(account, _path(account["id"]), tuple(views), tuple(by_key.values()))


def _path(identifier: str) -> str:
    """Return the page of an account; an id of no known form names no file."""
    plain = _PLAIN_ID.fullmatch(identifier)
    name = identifier if plain else f"other-{hashlib.sha256(identifier.encode()).hexdigest()[:16]}"
    return f"{DIRECTORY}/{name}.md"


def _columns(views: Iterable[AccountView]) -> list[ControlColumn]:
    """Return the controls that are open in an account at least."""
    counts: dict[_Key, Counter[str]] = {}
    shown: dict[_Key, FindingView] = {}
    for view in views:
        for item in view.findings:
            counts.setdefault(item.key, Counter())[item.finding["status"]] += 1
            shown.setdefault(item.key, item)
    return [
        ControlColumn(key, shown[key].name, shown[key].finding["title"], shown[key].finding["severity"], found)
        for key, found in counts.items()
        if any(found[status] for status in OPEN)
    ]
