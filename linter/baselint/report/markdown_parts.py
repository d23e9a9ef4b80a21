"""The parts of Markdown reports; no text in them is markup, a mention or a reference on a forge."""

import re
from collections.abc import Iterator

from baselint.finding import Status
from baselint.markdown import code_block, code_span, indent, plain
from baselint.model import Severity
from baselint.report.document import AccountDocument, ExceptionDocument, FindingDocument, HeaderDocument, Report
from baselint.report.shown import GOOD, MISSING_TEXT, RANKS, is_hidden, scope_line

SUBJECTS = 10
"""So many subjects of a finding are named; the others are counted."""

_REFERENCE = re.compile(r"(?<![A-Za-z0-9&])(@|\\?#|GH-)(?=[A-Za-z0-9])")
_NOTHING_VISIBLE = "&#8203;"


def words(text: str) -> str:
    """Return a text as it is, on one line; it calls nobody and links to no issue."""
    return quiet(plain(text))


def quiet(markup: str) -> str:
    """Keep a forge from calling people and linking issues that a text names."""
    return _REFERENCE.sub(rf"\1{_NOTHING_VISIBLE}", markup)


def head(header: HeaderDocument) -> Iterator[str]:
    """Tell for what and when the report is, and which accounts are missing."""
    yield f"As of {words(header['as_of'])}, by baselint {words(header['tool']['version'])}.\n\n"
    if header["exceptions_ignored"]:
        yield "**Exceptions ignored: judged as if no exception were approved.**\n\n"
    for item in header["baselines"]:
        yield f"- Baseline {code_span(item['id'])} {words(item['version'])}, owner {words(item['owner'])}\n"
    yield "\n" if header["baselines"] else ""
    if header["account_list"]:
        scope = scope_line(header)
        yield f"{words(scope[0].upper() + scope[1:])}.\n\n"
    if header["missing_accounts"]:
        names = ", ".join(map(code_span, header["missing_accounts"]))
        yield f"**Missing accounts: {names}.** For each of them, {words(MISSING_TEXT)}.\n\n"


def account_words(account: AccountDocument) -> str:
    """Name an account, with what is known of it."""
    known = ", ".join(words(part) for part in (account["name"], account["partition"], account["kind"]) if part)
    return code_span(account["id"]) + (f" ({known})" if known else "")


def findings(account: AccountDocument, report: Report) -> Iterator[str]:
    """Tell the findings that need somebody one by one, name those that do not, and files that could not be read."""
    shown = [item for item in account["findings"] if not is_hidden(item, report)]
    several = len(report.header["baselines"]) > 1
    for finding in sorted(shown, key=lambda item: (RANKS[item["status"]], Severity(item["severity"]).rank)):
        if finding["status"] not in GOOD or finding["exception"]:
            yield from _finding(finding, several=several)
    for status in GOOD:
        names = [_name(item, several=several) for item in shown if item["status"] == status and not item["exception"]]
        if names:
            yield f"- {status}: {', '.join(names)}\n"
    if not account["findings"]:
        yield "No baseline is meant for this account.\n"
    for item in account["unrecognised"]:
        yield f"- not read: {code_span(item['path'])}: {words(item['reason'])}\n"


def problems(header: HeaderDocument) -> Iterator[str]:
    """Tell which files need a person's eye."""
    if header["problems"]:
        yield "## Files that need your eye\n\n"
        for item in header["problems"]:
            yield f"- {code_span(item['path'])}: {words(item['message'])}\n"
        yield "\n"


def _name(finding: FindingDocument, *, several: bool) -> str:
    return code_span(f"{finding['baseline']}/{finding['control']}" if several else finding["control"])


def _finding(finding: FindingDocument, *, several: bool) -> Iterator[str]:
    status, severity = finding["status"], finding["severity"]
    yield f"- **{status}**, {severity}: {_name(finding, several=several)} {words(finding['title'])}\n"
    yield _item("required", words(finding["requirement"]))
    yield _item("observed", words(finding["observed"]))
    for note in finding["notes"]:
        yield _item("note", words(note))
    for item in finding["subjects"][:SUBJECTS]:
        yield _item("who", f"{code_span(item['id'])}: {words(item['observed'])}")
    if len(finding["subjects"]) > SUBJECTS:
        yield _item("who", f"and {len(finding['subjects']) - SUBJECTS} more")
    for view in (finding["exception"], *finding["further_exceptions"]):
        if view:
            yield _item("exception", _exception(view))
    attestation = finding["attestation"]
    if attestation:
        yield _item(
            "attested", f"{attestation['outcome']} by {words(attestation['by'])} on {words(attestation['date'])}"
        )
    yield from _commands("fix", finding["fix"])
    if status == Status.UNKNOWN:
        yield from _commands("to turn it into a verdict, run", finding["export_again"])


def _exception(view: ExceptionDocument) -> str:
    state = "in force" if view["in_force"] else "not in force"
    return (
        f"{code_span(view['id'])}, {state}, through {words(view['expires'])}; without it: {view['underlying']}; "
        f"approved by {words(view['approved_by'])}, owner {words(view['owner'])}: {words(view['reason'])}"
    )


def _commands(label: str, text: str | None) -> Iterator[str]:
    if text:
        yield _item(label, "")
        yield "\n" + indent(code_block(text, "sh"), 8) + "\n\n"


def _item(label: str, text: str) -> str:
    return f"    - {label}: {text}".rstrip() + "\n"
