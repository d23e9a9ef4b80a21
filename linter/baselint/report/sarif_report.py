"""SARIF 2.1.0, whole for archives, or only what is open for GitHub code scanning; streams account by account."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from baselint.report.document import AccountDocument, BaselineDocument, HeaderDocument, ProblemDocument, Report
from baselint.report.interchange import dump, listed, reference, visible
from baselint.report.sarif_limits import MOST_PLACES, Selection
from baselint.report.sarif_missing import missing_alert, missing_result
from baselint.report.sarif_results import Json, alert, sentence, whole_result
from baselint.report.sarif_rules import RuleList

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SEMANTIC_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+\Z")


def write(report: Report) -> Iterator[str]:
    """Yield every verdict as a result, with its kind, and exceptions as suppressions."""
    rules = RuleList()
    results = (
        whole_result(finding, account, rules.index(finding))
        for account in report.accounts
        for finding in account["findings"]
    )
    header = report.header
    missing = (missing_result(number, header, rules.missing()) for number in header["missing_accounts"])
    yield from _document(header, chain(results, missing), rules, [], report.accounts)


def write_github(report: Report) -> Iterator[str]:
    """Yield what is open, and no more than GitHub takes: it refuses a larger file whole."""
    selection = Selection.of(report)
    rules = RuleList()
    results = (
        alert(finding, account, rules.index(finding), MOST_PLACES) for finding, account in selection.chosen(report)
    )
    missing = (missing_alert(number, report.header, rules.missing()) for number in selection.missing)
    yield from _document(report.header, chain(missing, results), rules, selection.notices(), ())


def _document(
    header: HeaderDocument,
    results: Iterable[Json],
    rules: RuleList,
    notices: list[str],
    accounts: Iterable[AccountDocument],
) -> Iterator[str]:
    """Yield the one run: results first, then the rules that they named, and what else belongs to it."""
    opening = {
        "automationDetails": {"id": f"baselint/{'+'.join(item['id'] for item in header['baselines'])}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(header, notices)],
        "properties": {
            "asOf": header["as_of"],
            "baselines": [_baseline(item) for item in header["baselines"]],
            "exceptionsIgnored": header["exceptions_ignored"],
            "redacted": header["redacted"],
            "summary": header["summary"],
        },
    }
    yield f'{{"$schema": {dump(_SCHEMA)}, "version": "2.1.0", "runs": [\n{dump(opening)[:-1]},\n"results": ['
    yield from listed(results)
    yield '\n],\n"artifacts": ['
    yield from listed(_artifacts(accounts))
    yield f'\n],\n"tool": {{"driver": {dump(_driver(header))[:-1]}, "rules": ['
    yield from listed(rules.rules)
    yield "\n]}}}\n]}\n"


def _driver(header: HeaderDocument) -> Json:
    version = visible(header["tool"]["version"])
    driver = {"name": header["tool"]["name"], "version": version}
    return driver | ({"semanticVersion": version} if _SEMANTIC_VERSION.match(version) else {})


def _baseline(item: BaselineDocument) -> Json:
    return {"id": item["id"], "version": visible(item["version"]), "resolvedSha256": item["resolved_sha256"]}


def _invocation(header: HeaderDocument, notices: list[str]) -> Json:
    told = [_notification("note", "left-out", words) for words in notices]
    if header["exceptions_ignored"]:
        words = "exceptions are ignored: every verdict is what it would be if no exception were approved"
        told.append(_notification("warning", "exceptions-ignored", words))
    if header["redacted"]:
        words = "names are aliases of this run: in the next one an alias may stand for another account or user"
        told.append(_notification("note", "redacted", words))
    for number in header["missing_accounts"]:
        words = f"account {number} should be here, and no export of it is: nothing is known about it"
        told.append(_notification("error", "missing-account", words))
    told.extend(map(_problem, header["problems"]))
    return {"executionSuccessful": True, "toolExecutionNotifications": told}


def _problem(item: ProblemDocument) -> Json:
    about = f"account {item['account']}, " if item["account"] else ""
    note = _notification("warning", item["reason"], f"{about}{item['path']}: {item['message']}")
    return note | {"locations": [{"physicalLocation": {"artifactLocation": {"uri": reference(item["path"])}}}]}


def _notification(level: str, reason: str, words: str) -> Json:
    return {"level": level, "descriptor": {"id": visible(reason)}, "message": {"text": sentence(words)}}


def _artifacts(accounts: Iterable[AccountDocument]) -> Iterator[Json]:
    """Yield the exports that were read, with their hashes; one that speaks for several accounts stands there for each."""
    for account in accounts:
        for item in account["exports"]:
            properties = {"account": visible(account["id"]), "kind": item["kind"], "accountFrom": item["account_from"]}
            yield {
                "location": {"uri": reference(item["path"])},
                "roles": ["analysisTarget"],
                "hashes": {"sha-256": item["sha256"]},
                "properties": properties | ({"capturedAt": item["captured_at"]} if item["captured_at"] else {}),
            }
