"""The report for GitLab's Code Quality: an issue for each finding that needs somebody, none for what passes."""

import json
from collections.abc import Iterator

from baselint.finding import Status
from baselint.model import Severity
from baselint.report.document import FindingDocument, Report
from baselint.report.fingerprint import fingerprint, fingerprint_of
from baselint.report.shown import MISSING_ACCOUNT, MISSING_TEXT
from baselint.terminal import one_line

_SEVERITIES = {
    Severity.CRITICAL.value: "blocker",
    Severity.HIGH.value: "critical",
    Severity.MEDIUM.value: "major",
    Severity.LOW.value: "minor",
}
_FULL = (Status.FAIL, Status.UNKNOWN)
_INFORMATION = (Status.MANUAL, Status.EXCEPTED)


def write(report: Report) -> Iterator[str]:
    """Yield one JSON array; the fingerprint of an issue stays the same from run to run."""
    first = True
    for issue in _issues(report):
        yield ("[\n" if first else ",\n") + json.dumps(issue)
        first = False
    yield "[]\n" if first else "\n]\n"


def _issues(report: Report) -> Iterator[dict[str, object]]:
    for account in report.accounts:
        for finding in account["findings"]:
            if finding["status"] in _FULL:
                yield _finding(account["id"], finding, _SEVERITIES[finding["severity"]])
            elif finding["status"] in _INFORMATION:
                yield _finding(account["id"], finding, "info")
    baselines = report.header["baselines"]
    path = baselines[0]["path"] if baselines else ""
    for identifier in report.header["missing_accounts"]:
        name = fingerprint_of(identifier, MISSING_ACCOUNT)
        yield _issue(f"unknown: {identifier}: {MISSING_TEXT}", MISSING_ACCOUNT, name, "critical", path, 1)
    told = {(item["path"], item["reason"], item["message"]): None for item in report.header["problems"]}
    for place, reason, message in told:
        name = fingerprint_of(place, reason, message)
        yield _issue(f"{place}: {message}", f"file-{reason}", name, "info", place, 1)


def _finding(account: str, finding: FindingDocument, severity: str) -> dict[str, object]:
    text = f"{finding['status']} in {account}: {finding['title']}: {finding['message']}"
    place = finding["location"]
    return _issue(text, finding["control"], fingerprint(account, finding), severity, place["path"], place["line"] or 1)


def _issue(text: str, check: str, name: str, severity: str, path: str, line: int) -> dict[str, object]:
    return {
        "description": one_line(text),
        "check_name": one_line(check),
        "fingerprint": name,
        "severity": severity,
        "location": {"path": one_line(path).removeprefix("./") or "baselint", "lines": {"begin": line}},
    }
