"""The report as annotations of GitHub Actions: the worst findings, and every count in a last line."""

import heapq
from collections.abc import Iterable, Iterator

from baselint.finding import Status
from baselint.model import Severity
from baselint.report.document import FindingDocument, Report
from baselint.report.shown import MISSING_TEXT, RANKS, is_hidden, repository_path, scope_line, summary_line
from baselint.terminal import clean

_SHOWN = 10
"""GitHub shows no more annotations of a kind for one step; the last notice is the line of counts."""

_KINDS = {
    Status.FAIL.value: "error",
    Status.UNKNOWN.value: "warning",
    Status.MANUAL.value: "notice",
    Status.EXCEPTED.value: "notice",
}
_LIMITS = {"error": _SHOWN, "warning": _SHOWN, "notice": _SHOWN - 1}
_NAMED = 5


def write(report: Report) -> Iterator[str]:
    """Yield one workflow command a line, worst first; what passes or does not apply is only counted."""
    missing = report.header["missing_accounts"]
    if missing:
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        yield _command("error", f"{', '.join(missing[:_NAMED])}{more}: {MISSING_TEXT}", title="missing accounts")
    told, left_out, unjudged = _worst(report, error=_SHOWN - bool(missing))
    for account, finding in told:
        yield _annotation(account, finding)
    yield _command("notice", _last_line(report, left_out, unjudged), title="baselint")


def _worst(report: Report, *, error: int) -> tuple[list[tuple[str, FindingDocument]], int, int]:
    """Return the findings to show, how many there would have been beyond, and how many accounts have none at all.

    No more findings than are shown are held.
    """
    limits = {**_LIMITS, "error": error}
    kept: dict[str, list[tuple[str, FindingDocument]]] = {kind: [] for kind in limits}
    number = unjudged = 0
    for account in report.accounts:
        unjudged += not account["findings"]
        shown = [item for item in account["findings"] if item["status"] in _KINDS and not is_hidden(item, report)]
        number += len(shown)
        for kind, limit in limits.items():
            new = ((account["id"], item) for item in shown if _KINDS[item["status"]] == kind)
            kept[kind] = _best(limit, (*kept[kind], *new))
    told = [pair for pairs in kept.values() for pair in pairs]
    return told, number - len(told), unjudged


def _best(limit: int, pairs: Iterable[tuple[str, FindingDocument]]) -> list[tuple[str, FindingDocument]]:
    return heapq.nsmallest(
        limit, pairs, key=lambda pair: (RANKS[pair[1]["status"]], Severity(pair[1]["severity"]).rank)
    )


def _annotation(account: str, finding: FindingDocument) -> str:
    place = finding["location"]
    path = repository_path(place["path"])
    where: dict[str, str | int | None] = {}
    if path:
        where = {"file": path, "line": place["line"], "col": place["column"]}
    title = f"{finding['status']}: {finding['control']} ({finding['severity']}) in {account}"
    exception = finding["exception"]
    under = f"; without its exception: {exception['underlying']}" if exception and exception["in_force"] else ""
    return _command(_KINDS[finding["status"]], f"{finding['title']}: {finding['message']}{under}", title=title, **where)


def _last_line(report: Report, left_out: int, unjudged: int) -> str:
    parts = [summary_line(report.header)]
    if report.header["account_list"]:
        parts.append(scope_line(report.header))
    if unjudged:
        parts.append(f"{unjudged} account(s) were not judged, since no baseline is meant for them")
    if left_out:
        parts.append(
            f"{left_out} more that need somebody are not shown here; write --output text=PATH or csv=PATH as well"
        )
    if report.header["problems"]:
        parts.append(f"{len(report.header['problems'])} file(s) need your eye")
    if report.minimum_severity:
        parts.append(f"findings below {report.minimum_severity} are counted, not shown")
    return "; ".join(parts)


def _command(kind: str, message: str, **properties: str | int | None) -> str:
    """Write a workflow command; no text in it can end it or begin another."""
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    return f"::{kind} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
