"""The report as JUnit XML: a suite for each account, a case for each control of each baseline."""

import re
from collections import Counter
from collections.abc import Iterator

from baselint.finding import Status
from baselint.report.document import AccountDocument, FindingDocument, HeaderDocument, Report
from baselint.report.shown import MISSING_ACCOUNT, MISSING_TEXT, repository_path
from baselint.terminal import clean

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, not even escaped."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_SPACES = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
_ELEMENTS = {Status.FAIL.value: "failure", Status.UNKNOWN.value: "error"}
_SKIPPED = (Status.MANUAL, Status.NOT_APPLICABLE, Status.EXCEPTED)


def write(report: Report) -> Iterator[str]:
    """Yield the suites one by one; only what passed is a case without an element in it."""
    header = report.header
    counts, missing = header["summary"], len(header["missing_accounts"])
    tests = sum(counts[status.value] for status in Status) + missing
    skipped = sum(counts[status.value] for status in _SKIPPED)
    totals = _totals(tests, counts["fail"], counts["unknown"] + missing, skipped)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="baselint"{totals}>\n'
    for account in report.accounts:
        yield "".join(_suite(account, header))
    for identifier in header["missing_accounts"]:
        yield "".join(_missing(identifier, header))
    if header["problems"]:
        yield _open("files that need your eye", header, _totals(0, 0, 0, 0))
        yield _text("  ", "system-err", "\n".join(f"{item['path']}: {item['message']}" for item in header["problems"]))
        yield "</testsuite>\n"
    yield "</testsuites>\n"


def _suite(account: AccountDocument, header: HeaderDocument) -> Iterator[str]:
    counts = Counter(finding["status"] for finding in account["findings"])
    skipped = sum(counts[status] for status in _SKIPPED)
    totals = _totals(len(account["findings"]), counts[Status.FAIL], counts[Status.UNKNOWN], skipped)
    yield _open(account["id"], header, totals)
    yield from _properties(account, header)
    for finding in account["findings"]:
        yield from _case(finding)
    unread = [f"{item['path']}: {item['reason']}" for item in account["unrecognised"]]
    if unread:
        yield _text("  ", "system-err", "\n".join(("not read:", *unread)))
    yield "</testsuite>\n"


def _properties(account: AccountDocument, header: HeaderDocument) -> Iterator[str]:
    values = {
        "partition": account["partition"],
        "kind": account["kind"],
        "name": account["name"],
        "exceptions_ignored": "true" if header["exceptions_ignored"] else None,
        "redacted": "true" if header["redacted"] else None,
        **{f"baseline {item['id']}": item["version"] for item in header["baselines"]},
    }
    yield "  <properties>\n"
    yield f'    <property name="as_of" value="{_attribute(header["as_of"])}"/>\n'
    for name, value in values.items():
        if value is not None:
            yield f'    <property name="{_attribute(name)}" value="{_attribute(value)}"/>\n'
    yield "  </properties>\n"


def _case(finding: FindingDocument) -> Iterator[str]:
    place, status = finding["location"], finding["status"]
    path = repository_path(place["path"])
    where = f' file="{_attribute(path)}"' if path else ""
    where += f' line="{place["line"]}"' if path and place["line"] else ""
    name = f'classname="{_attribute(finding["baseline"])}" name="{_attribute(finding["control"])}"'
    if status == Status.PASS:
        yield f'  <testcase {name}{where} time="0"/>\n'
        return
    yield f'  <testcase {name}{where} time="0">\n'
    if status in _ELEMENTS:
        message = f"{finding['severity']}: {finding['title']}: {finding['observed']}"
        kind = _attribute(finding["reason"])
        yield _text("    ", _ELEMENTS[status], _details(finding), f' type="{kind}" message="{_attribute(message)}"')
    else:
        message = f"{status}: {finding['message']}"
        yield f'    <skipped type="{_attribute(status)}" message="{_attribute(message)}"/>\n'
    yield "  </testcase>\n"


def _details(finding: FindingDocument) -> str:
    """Say what was expected and seen, about whom, and what to do."""
    lines = [f"required: {finding['requirement']}", f"observed: {finding['observed']}"]
    lines += [f"note: {note}" for note in finding["notes"]]
    lines += [
        f"who: {item['id']}: {item['observed']} ({item['export']}, {item['pointer']})" for item in finding["subjects"]
    ]
    if finding["fix"]:
        lines.append(f"fix:\n{finding['fix']}")
    if finding["export_again"] and finding["status"] == Status.UNKNOWN:
        lines.append(f"to turn it into a verdict, run:\n{finding['export_again']}")
    return "\n".join((*lines, f"help: {finding['help']}"))


def _missing(identifier: str, header: HeaderDocument) -> Iterator[str]:
    yield _open(identifier, header, _totals(1, 0, 1, 0))
    yield f'  <testcase classname="baselint" name="{MISSING_ACCOUNT}" time="0">\n'
    yield f'    <error type="{MISSING_ACCOUNT}" message="{_attribute(MISSING_TEXT)}"/>\n'
    yield "  </testcase>\n</testsuite>\n"


def _open(name: str, header: HeaderDocument, totals: str) -> str:
    stamp = header["as_of"].removesuffix("Z")
    return f'<testsuite name="{_attribute(name)}"{totals} timestamp="{_attribute(stamp)}">\n'


def _totals(tests: int, failures: int, errors: int, skipped: int) -> str:
    return f' tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}" time="0"'


def _text(indent: str, element: str, text: str, attributes: str = "") -> str:
    return f"{indent}<{element}{attributes}>{_escaped(text)}</{element}>\n"


def _attribute(text: str) -> str:
    return _escaped(text).translate(_SPACES)


def _escaped(text: str) -> str:
    return _ILLEGAL.sub("", clean(text)).translate(_ESCAPES)
