"""The report for a person at a terminal: worst first, each verdict with its evidence and its cure."""

from collections.abc import Iterator, Mapping

from baselint.finding import Status
from baselint.model import Severity
from baselint.report.document import (
    AccountDocument,
    EvidenceDocument,
    ExceptionDocument,
    FindingDocument,
    HeaderDocument,
    Report,
)
from baselint.report.shown import BY_ATTESTATION, GOOD, RANKS, hidden_line, is_hidden, scope_line, summary_line
from baselint.terminal import Painter, Style, one_line, wrap

_STYLES: Mapping[str, Style] = {
    Status.FAIL: Style.BAD,
    Status.UNKNOWN: Style.WARN,
    Status.MANUAL: Style.WARN,
    Status.EXCEPTED: Style.WARN,
    Status.PASS: Style.GOOD,
    Status.NOT_APPLICABLE: Style.DIM,
}
_WIDTH = len(Status.NOT_APPLICABLE)
_SUBJECTS = 10
_INDENT = " " * 4
_LABEL = 10


def write(report: Report) -> Iterator[str]:
    """Yield the report in pieces, without colours; the last line holds every count."""
    return paint(report, Painter(coloured=False))


def paint(report: Report, painter: Painter) -> Iterator[str]:
    """Yield the report in pieces, coloured where the painter does."""
    commands: dict[str, None] = {}
    hidden = 0
    for account in report.accounts:
        yield from _account(account, report, painter)
        hidden += sum(is_hidden(finding, report) for finding in account["findings"])
        unknowns = (finding for finding in account["findings"] if finding["status"] == Status.UNKNOWN)
        commands.update(dict.fromkeys(command for finding in unknowns for command in _lines(finding["export_again"])))
    yield from _missing(report.header, painter)
    yield from _problems(report.header, painter)
    if commands:
        yield painter.paint(Style.BOLD, "to turn the unknowns into verdicts, run") + "\n"
        yield "".join(f"{_INDENT}{one_line(command)}\n" for command in commands)
        yield "\n"
    if hidden:
        yield hidden_line(hidden, report) + "\n"
    yield summary_line(report.header) + "\n"


def _lines(text: str | None) -> list[str]:
    return text.split("\n") if text else []


def _account(account: AccountDocument, report: Report, painter: Painter) -> Iterator[str]:
    header = report.header
    partition = account["partition"] or "partition not seen"
    title = f"account {account['id']} ({partition}), as of {header['as_of']}"
    yield painter.paint(Style.BOLD, one_line(title)) + "\n"
    if header["exceptions_ignored"]:
        yield painter.paint(Style.BAD, "EXCEPTIONS IGNORED: judged as if no exception were approved") + "\n"
    for baseline in header["baselines"]:
        yield one_line(f"baseline {baseline['id']} {baseline['version']}, owner {baseline['owner']}") + "\n"
    for export in account["exports"]:
        when = export["captured_at"] or "capture time not known"
        yield painter.paint(Style.DIM, _INDENT + one_line(f"{export['kind']}: {export['path']} ({when})")) + "\n"
    for unrecognised in account["unrecognised"]:
        yield wrap(f"{unrecognised['path']}: {unrecognised['reason']}", f"{_INDENT}not read: ", _INDENT * 2) + "\n"
    yield "\n"
    if not account["findings"]:
        yield f"{_INDENT}no baseline is meant for this account\n\n"
    for severity in Severity:
        shown = [item for item in account["findings"] if item["severity"] == severity and not is_hidden(item, report)]
        if shown:
            yield painter.paint(Style.BOLD, severity.upper()) + "\n"
            for finding in sorted(shown, key=lambda item: RANKS[item["status"]]):
                yield from _finding(finding, painter, several=len(header["baselines"]) > 1)
            yield "\n"


def _finding(finding: FindingDocument, painter: Painter, *, several: bool) -> Iterator[str]:
    status = painter.paint(_STYLES[finding["status"]], f"{finding['status']:<{_WIDTH}}")
    name = f"{finding['baseline']}/{finding['control']}" if several else finding["control"]
    yield f"  {status}  {painter.paint(Style.BOLD, one_line(name))}  {one_line(finding['title'])}\n"
    if _is_brief(finding):
        yield _line("observed", finding["observed"])
        if finding["reason"] in BY_ATTESTATION:
            yield from _attested(finding)
        return
    yield _line("required", finding["requirement"])
    yield _line("observed", finding["observed"])
    yield from _notes(finding)
    yield from _attested(finding)
    for subject in finding["subjects"][:_SUBJECTS]:
        yield _line("who", f"{subject['id']}: {subject['observed']} ({subject['export']}, {subject['pointer']})")
    if len(finding["subjects"]) > _SUBJECTS:
        yield _line("", f"and {len(finding['subjects']) - _SUBJECTS} more; --format json lists all")
    for place in dict.fromkeys(_place(item) for item in finding["evidence"] if item["export"]):
        yield _line("evidence", place)
    if finding["status"] in GOOD:
        return
    for number, command in enumerate((finding["fix"] or "").splitlines()):
        yield f"{_INDENT}{'' if number else 'fix':<{_LABEL}}{one_line(command)}\n"
    yield _line("help", f"baselint explain -b {finding['baseline']} {finding['control']}")
    yield _line("page", f"{finding['help']}#{finding['help_section']}")


def _is_brief(finding: FindingDocument) -> bool:
    """A good verdict is told in one line, unless a note or an exception is there for somebody to read."""
    return finding["status"] in GOOD and not finding["notes"] and finding["exception"] is None


def _notes(finding: FindingDocument) -> Iterator[str]:
    """Tell the notes; those on exceptions that acted give way to the exceptions themselves."""
    shown = [item for item in (finding["exception"], *finding["further_exceptions"]) if item and _acts(item, finding)]
    told = {item["note"] for item in shown if finding["status"] == Status.EXCEPTED or item["subjects"]}
    for note in finding["notes"]:
        if note not in told:
            yield _line("note", note)
    for item in shown:
        yield from _exception(item)


def _acts(view: ExceptionDocument, finding: FindingDocument) -> bool:
    """Tell whether an exception did something to a finding, or would if it were not unknown."""
    return view["in_force"] and (bool(view["subjects"]) or finding["status"] in {Status.EXCEPTED, Status.UNKNOWN})


def _exception(item: ExceptionDocument) -> Iterator[str]:
    yield _line("exception", f"{item['id']}, in force through {item['expires']}; without it: {item['underlying']}")
    if item["subjects"]:
        yield _line("", f"leaves out {', '.join(item['subjects'])}")
    yield _line("", f"approved by {item['approved_by']} on {item['approved']}, owner {item['owner']}")
    details = (("ticket", item["ticket"]), ("instead", item["compensating_control"]), ("reason", item["reason"]))
    for label, text in details:
        if text:
            yield _line("", f"{label}: {text}")


def _attested(finding: FindingDocument) -> Iterator[str]:
    """Say what a person stated; who, when and for how long is observed where it decides."""
    item = finding["attestation"]
    if item is None:
        return
    if finding["reason"] in BY_ATTESTATION:
        yield _line("attested", f"{item['outcome']}: {item['statement']}")
    else:
        through = f", counts through {item['valid_through']}" if item["valid_through"] else ""
        beside = f"{item['outcome']} by {item['by']} on {item['date']}{through}, which does not decide here"
        yield _line("attested", f"{beside}: {item['statement']}")
    for question, answer in item["answers"].items():
        yield _line("", f"{question}: {answer}")
    for proof in item["evidence"]:
        hashed = f"SHA-256 {proof['sha256']}" if proof["sha256"] else None
        yield _line("proof", ", ".join(part for part in (proof["title"], proof["url"], hashed) if part))


def _place(item: EvidenceDocument) -> str:
    raw = str(item["raw"]).lower() if isinstance(item["raw"], bool) else str(item["raw"])
    return f"{item['export']}, {item['pointer']}: {raw}"


def _line(label: str, text: str) -> str:
    return wrap(text, f"{_INDENT}{label:<{_LABEL}}", " " * (len(_INDENT) + _LABEL)) + "\n"


def _missing(header: HeaderDocument, painter: Painter) -> Iterator[str]:
    if header["missing_accounts"]:
        yield painter.paint(Style.BAD, "accounts that were expected and are not there") + "\n"
        for account in header["missing_accounts"]:
            yield f"{_INDENT}{one_line(account)}\n"
        yield "\n"
    if header["account_list"]:
        yield wrap(scope_line(header), "", _INDENT) + "\n\n"


def _problems(header: HeaderDocument, painter: Painter) -> Iterator[str]:
    if header["problems"]:
        yield painter.paint(Style.BOLD, "files that need your eye") + "\n"
        for problem in header["problems"]:
            yield wrap(f"{problem['path']}: {problem['message']}", _INDENT, _INDENT * 2) + "\n"
        yield "\n"
