"""The report for a person at a terminal: worst first, each verdict with its evidence and its cure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from baselint.clock import write_stamp
from baselint.evidence import Evidence
from baselint.finding import AccountResult, ExceptionView, Finding, Reason, ReportHeader, Status
from baselint.model import Severity
from baselint.terminal import Painter, Style, one_line, wrap

_STYLES = {
    Status.FAIL: Style.BAD,
    Status.UNKNOWN: Style.WARN,
    Status.MANUAL: Style.WARN,
    Status.EXCEPTED: Style.WARN,
    Status.PASS: Style.GOOD,
    Status.NOT_APPLICABLE: Style.DIM,
}
_ORDER = (Status.FAIL, Status.UNKNOWN, Status.MANUAL, Status.EXCEPTED, Status.PASS, Status.NOT_APPLICABLE)
_GOOD = (Status.PASS, Status.NOT_APPLICABLE)
_BY_ATTESTATION = (Reason.ATTESTED, Reason.ATTESTED_FAIL, Reason.ATTESTATION_LAPSED)
_WIDTH = len(Status.NOT_APPLICABLE)
_SUBJECTS = 10
_INDENT = " " * 4
_LABEL = 10


def write(header: ReportHeader, accounts: Iterable[AccountResult], painter: Painter) -> Iterator[str]:
    """Yield the report in pieces; the last line holds every count."""
    counts: Counter[Status] = Counter()
    commands: dict[str, None] = {}
    number = hidden = 0
    for account in accounts:
        number += 1
        yield from _account(account, header, painter)
        counts.update(finding.status for finding in account.findings)
        hidden += sum(_is_hidden(finding, header) for finding in account.findings)
        unknowns = (finding for finding in account.findings if finding.status is Status.UNKNOWN)
        commands.update(dict.fromkeys(command for finding in unknowns for command in finding.export_again))
    yield from _problems(header, painter)
    if commands:
        yield painter.paint(Style.BOLD, "to turn the unknowns into verdicts, run") + "\n"
        yield "".join(f"{_INDENT}{command}\n" for command in commands)
        yield "\n"
    if hidden:
        yield f"{hidden} finding(s) below {header.minimum_severity} are not shown; they are counted\n"
    yield _summary(number, counts, header)


def _is_hidden(finding: Finding, header: ReportHeader) -> bool:
    return header.minimum_severity is not None and finding.severity.rank > header.minimum_severity.rank


def _account(account: AccountResult, header: ReportHeader, painter: Painter) -> Iterator[str]:
    partition = account.partition or "partition not seen"
    title = f"account {account.id} ({partition}), as of {write_stamp(header.as_of)}"
    yield painter.paint(Style.BOLD, title) + "\n"
    if header.exceptions_ignored:
        yield painter.paint(Style.BAD, "EXCEPTIONS IGNORED: judged as if no exception were approved") + "\n"
    for baseline in header.baselines:
        yield one_line(f"baseline {baseline.id} {baseline.version}, owner {baseline.owner}") + "\n"
    for export in account.exports:
        when = write_stamp(export.captured_at) if export.captured_at else "capture time not known"
        yield painter.paint(Style.DIM, _INDENT + one_line(f"{export.kind}: {export.path} ({when})")) + "\n"
    for unrecognised in account.unrecognised:
        yield wrap(f"{unrecognised.path}: {unrecognised.reason}", f"{_INDENT}not read: ", _INDENT * 2) + "\n"
    yield "\n"
    if not account.findings:
        yield f"{_INDENT}no baseline is meant for this account\n\n"
    for severity in Severity:
        shown = [item for item in account.findings if item.severity is severity and not _is_hidden(item, header)]
        if shown:
            yield painter.paint(Style.BOLD, severity.upper()) + "\n"
            for finding in sorted(shown, key=lambda item: _ORDER.index(item.status)):
                yield from _finding(finding, painter, several=len(header.baselines) > 1)
            yield "\n"


def _finding(finding: Finding, painter: Painter, *, several: bool) -> Iterator[str]:
    status = painter.paint(_STYLES[finding.status], f"{finding.status:<{_WIDTH}}")
    name = f"{finding.baseline}/{finding.control}" if several else finding.control
    yield f"  {status}  {painter.paint(Style.BOLD, name)}  {one_line(finding.title)}\n"
    if _is_brief(finding):
        yield _line("observed", finding.observed)
        if finding.reason in _BY_ATTESTATION:
            yield from _attested(finding)
        return
    yield _line("required", finding.requirement)
    yield _line("observed", finding.observed)
    yield from _notes(finding)
    yield from _attested(finding)
    for subject in finding.subjects[:_SUBJECTS]:
        yield _line("who", f"{subject.id}: {subject.observed} ({subject.export}, {subject.pointer})")
    if len(finding.subjects) > _SUBJECTS:
        yield _line("", f"and {len(finding.subjects) - _SUBJECTS} more; --format json lists all")
    for place in dict.fromkeys(_place(item.evidence) for item in finding.evidence if item.evidence):
        yield _line("evidence", place)
    if finding.status in _GOOD:
        return
    for number, command in enumerate((finding.fix or "").splitlines()):
        yield f"{_INDENT}{'' if number else 'fix':<{_LABEL}}{one_line(command)}\n"
    yield _line("help", f"baselint explain -b {finding.baseline} {finding.control}")


def _is_brief(finding: Finding) -> bool:
    """A good verdict is told in one line, unless a note or an exception is there for somebody to read."""
    return finding.status in _GOOD and not finding.notes and finding.exception is None


def _notes(finding: Finding) -> Iterator[str]:
    """Tell the notes; those on exceptions that acted give way to the exceptions themselves."""
    shown = [item for item in (finding.exception, *finding.further_exceptions) if item and _acts(item, finding)]
    told = {item.note for item in shown if finding.status is Status.EXCEPTED or item.excluded_subjects}
    for note in finding.notes:
        if note not in told:
            yield _line("note", note)
    for item in shown:
        yield from _exception(item)


def _acts(view: ExceptionView, finding: Finding) -> bool:
    """Tell whether an exception did something to a finding, or would if it were not unknown."""
    return view.in_force and (bool(view.excluded_subjects) or finding.status in {Status.EXCEPTED, Status.UNKNOWN})


def _exception(view: ExceptionView) -> Iterator[str]:
    item = view.exception
    yield _line("exception", f"{item.id}, in force through {item.expires}; without it: {view.underlying}")
    if view.excluded_subjects:
        yield _line("", f"leaves out {', '.join(view.excluded_subjects)}")
    yield _line("", f"approved by {item.approved.by} on {item.approved.date}, owner {item.owner}")
    for label, text in (("ticket", item.ticket), ("instead", item.compensating_control), ("reason", item.reason)):
        if text:
            yield _line("", f"{label}: {text}")


def _attested(finding: Finding) -> Iterator[str]:
    """Say what a person stated; who, when and for how long is observed where it decides."""
    item = finding.attestation
    if item is None:
        return
    if finding.reason in _BY_ATTESTATION:
        yield _line("attested", f"{item.outcome}: {item.statement}")
    else:
        through = f", counts through {finding.attestation_through}" if finding.attestation_through else ""
        beside = f"{item.outcome} by {item.by} on {item.date}{through}, which does not decide here"
        yield _line("attested", f"{beside}: {item.statement}")
    for question, answer in item.answers.items():
        yield _line("", f"{question}: {answer}")
    for proof in item.evidence:
        hashed = f"SHA-256 {proof.sha256}" if proof.sha256 else None
        yield _line("proof", ", ".join(part for part in (proof.title, proof.url, hashed) if part))


def _place(item: Evidence) -> str:
    raw = str(item.raw).lower() if isinstance(item.raw, bool) else str(item.raw)
    return f"{item.export}, {item.pointer}: {raw}"


def _line(label: str, text: str) -> str:
    return wrap(text, f"{_INDENT}{label:<{_LABEL}}", " " * (len(_INDENT) + _LABEL)) + "\n"


def _problems(header: ReportHeader, painter: Painter) -> Iterator[str]:
    if header.problems:
        yield painter.paint(Style.BOLD, "files that need your eye") + "\n"
        for problem in header.problems:
            yield wrap(f"{problem.path}: {problem.message}", _INDENT, _INDENT * 2) + "\n"
        yield "\n"


def _summary(number: int, counts: Counter[Status], header: ReportHeader) -> str:
    parts = [f"{counts[status]} {status}" for status in Status]
    looked = f" ({counts[Status.MANUAL]} nobody has looked at)" if counts[Status.MANUAL] else ""
    ignored = "; EXCEPTIONS IGNORED" if header.exceptions_ignored else ""
    return f"{number} account{'' if number == 1 else 's'}: {', '.join(parts)}{looked}{ignored}\n"
