"""Goes over the accounts once, and brings what the HTML report says of them together by control."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from baselint.report.document import AccountDocument, FindingDocument, Report
from baselint.report.gathering import Gathering
from baselint.report.html_page import Page

Key: TypeAlias = tuple[str, str]
ACCOUNTS: Key = ("", "accounts")
EXPORTS: Key = ("", "exports")


@dataclass(slots=True)
class ControlView:
    """One control of one baseline, as its section begins; the counts grow while accounts are read."""

    number: int
    baseline: str
    control: str
    title: str
    severity: str
    requirement: str
    help: str
    counts: Counter[str] = field(default_factory=Counter)
    commands: dict[str, None] = field(default_factory=dict)
    first_of_baseline: bool = False

    @property
    def key(self) -> Key:
        """Return the ids of baseline and control."""
        return (self.baseline, self.control)

    @property
    def judged(self) -> int:
        """Return how many accounts have a finding."""
        return self.counts.total()

    @classmethod
    def of(cls, number: int, item: FindingDocument) -> "ControlView":
        """Return the view that a first finding begins."""
        return cls(
            number,
            item["baseline"],
            item["control"],
            item["title"],
            item["severity"],
            item["requirement"],
            item["help"],
        )

    def count(self, item: FindingDocument) -> None:
        """Count one more finding."""
        self.counts[item["status"]] += 1
        self.commands.update(dict.fromkeys((item["export_again"] or "").splitlines()))


def collect(report: Report, page: Page, gathered: Gathering[Key]) -> tuple[ControlView, ...]:
    """Write a piece for each account, its exports and each of its findings; return the controls, by baseline."""
    controls: dict[Key, ControlView] = {}
    for number, account in enumerate(report.accounts, start=1):
        times = sorted(item["captured_at"] for item in account["exports"] if item["captured_at"])
        gathered.add(ACCOUNTS, page.account(number, account, times))
        gathered.add(EXPORTS, page.exports(number, account) + page.unread(account))
        who = {"number": number, "id": account["id"], "name": account["name"]}
        exports = _exports(number, account)
        for item in account["findings"]:
            key = (item["baseline"], item["control"])
            view = controls.setdefault(key, ControlView.of(len(controls) + 1, item))
            view.count(item)
            gathered.add(key, page.result(item, who, exports))
    return _in_order(report, controls)


def _exports(number: int, account: AccountDocument) -> Mapping[str, Mapping[str, str | None]]:
    return {
        item["path"]: {
            "number": f"{number}-{position}",
            "sha256": item["sha256"],
            "captured_at": item["captured_at"],
        }
        for position, item in enumerate(account["exports"], start=1)
    }


def _in_order(report: Report, controls: Mapping[Key, ControlView]) -> tuple[ControlView, ...]:
    """Return the controls by baseline, number them, and mark the first of each."""
    places = {item["id"]: place for place, item in enumerate(report.header["baselines"])}
    ordered = sorted(controls.values(), key=lambda item: (places.get(item.baseline, len(places)), item.number))
    for number, item in enumerate(ordered, start=1):
        item.first_of_baseline = number == 1 or ordered[number - 2].baseline != item.baseline
        item.number = number
    return tuple(ordered)
