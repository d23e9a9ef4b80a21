"""Reads the IAM credential report: the CSV of the console, or the JSON of ``aws iam get-credential-report``."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from baselint.clock import parse_stamp
from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.arn import parse_arn
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm
from baselint.snapshot.report_header import decode_report, parse_header

_KIND = ExportKind.CREDENTIAL_REPORT
_DATES = (
    "user_creation_time",
    "password_last_used",
    "password_last_changed",
    *(f"access_key_{slot}_{what}" for slot in (1, 2) for what in ("last_rotated", "last_used_date")),
    "cert_1_last_rotated",
    "cert_2_last_rotated",
)
_CONSOLE_NAME = re.compile(
    r"status_reports_([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2})[-:_]([0-9]{2})[-:_]([0-9]{2})[+ _]00[-:_]?00[^/]*\Z"
)
_GENERATE_KEYS = frozenset(("State", "Description", "ResponseMetadata", "$metadata"))
_LONGEST_LINE = 16_384


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the report; ``line`` counts from 1, the header included."""

    line: int
    cells: tuple[str, ...]
    """The cells: ``user``, ``arn``, then the others, wherever these two stand in the file."""


@dataclass(frozen=True, slots=True)
class CredentialReport:
    """The rows of the report; columns are found by name, since AWS appends some and other tools leave some out."""

    columns: Mapping[str, int]
    root_rows: tuple[Row, ...]
    user_rows: tuple[Row, ...]
    ragged_lines: tuple[int, ...]
    """Lines whose number of cells is not that of the header: nobody can say which cell is which."""

    @property
    def records(self) -> int | None:
        """Return the number of rows that could be read, root included."""
        return len(self.root_rows) + len(self.user_rows)


def _read(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    if isinstance(form, TableForm):
        return _table(form.text, _console_stamp(context))
    data = form.data
    if not isinstance(data, dict):  # unwrapped by --query Content
        report = decode_report(data) if isinstance(data, str) else None
        return _table(report, _console_stamp(context)) if report else None
    if "ReportFormat" in data or ("GeneratedTime" in data and "Content" in data):
        return _answer(data)
    if data.get("State") in ("STARTED", "INPROGRESS", "COMPLETE") and data.keys() <= _GENERATE_KEYS:
        detail = "this is the answer of generate-credential-report; fetch the report with aws iam get-credential-report"
        return Reading(failure=fail(_KIND, MissingReason.NOT_AN_ANSWER, detail))
    return None


def _answer(data: Mapping[str, object]) -> Reading:
    if "Content" not in data:
        detail = "the answer has no Content; export it again with aws iam get-credential-report"
        return Reading(failure=fail(_KIND, MissingReason.NOT_AN_ANSWER, detail))
    stamp = data.get("GeneratedTime")
    captured = _moment(stamp)
    content = data["Content"]
    text = decode_report(content) if isinstance(content, str) else None
    if text is None:
        detail = "Content is neither the report nor its base64 form; it may be cut: export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    reading = _table(text, captured)
    if stamp is not None and captured is None:
        detail = "GeneratedTime is no time as AWS writes it; export the report again"
        refused = fail(_KIND, MissingReason.INVALID, detail)
        return Reading(failure=refused, accounts=reading.accounts, partitions=reading.partitions)
    return reading


def _moment(stamp: object) -> datetime | None:
    """Read a stamp as text, or taken apart into numbers as placebo records it."""
    if not isinstance(stamp, dict):
        return parse_stamp(stamp) if isinstance(stamp, str) else None
    numbers = [stamp.get(name) for name in ("year", "month", "day", "hour", "minute", "second")]
    if stamp.get("__class__") != "datetime" or not all(type(number) is int for number in numbers):
        return None
    year, month, day, hour, minute, second = numbers
    return parse_stamp(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")


def _console_stamp(context: FileContext) -> datetime | None:
    found = _CONSOLE_NAME.search(context.path)
    return parse_stamp("{}:{}:{}Z".format(*found.groups())) if found else None


def _table(text: str, captured: datetime | None) -> Reading:
    above = len(text) - len(text.lstrip())
    start = text.count("\n", 0, above)
    table = text[above:]
    header = parse_header(table[:_LONGEST_LINE].split("\n", 1)[0])
    if header is None or header.is_ambiguous:
        detail = "the first line is not the header of a credential report; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    try:
        rows = tuple(_rows(table, header.delimiter, start))
    except csv.Error as error:
        detail = f"the table cannot be read ({error}); export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    return _sort(rows, header.names, captured)


def _rows(table: str, delimiter: str, start: int) -> Iterator[Row]:
    """Yield the rows after the header; only a line feed ends a line, since names may hold rarer separators."""
    if '"' in table:
        reader = csv.reader(StringIO(table, newline=""), delimiter=delimiter, strict=True)
        line = 1
        for cells in reader:
            if line > 1 and cells:
                yield Row(start + line, tuple(cells))
            line = reader.line_num + 1
        return
    for number, text in enumerate(table.split("\n"), start=1):
        if number > 1 and text.strip():
            # What is too long for a row is one that cannot be read, not a cell to be shown.
            yield Row(start + number, tuple(text.rstrip("\r").split(delimiter)) if len(text) < _LONGEST_LINE else ())


def _sort(rows: tuple[Row, ...], names: tuple[str, ...], captured: datetime | None) -> Reading:
    order = sorted(range(len(names)), key=lambda index: {"user": 0, "arn": 1}.get(names[index], 2))
    columns = {names[index]: place for place, index in enumerate(order)}
    whole = [row for row in rows if len(row.cells) == len(names)]
    if names[:2] != ("user", "arn"):
        whole = [Row(row.line, tuple(row.cells[index] for index in order)) for row in whole]
    owners = [(row, parse_arn(row.cells[1].strip())) for row in whole]
    readable = [(row, arn) for row, arn in owners if arn is not None and (arn.is_root or arn.is_user)]
    if not readable:
        detail = "the report has no row that can be read; it may be cut: export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    read = frozenset(row.line for row, _ in readable)
    report = CredentialReport(
        columns,
        root_rows=tuple(row for row, arn in readable if arn.is_root),
        user_rows=tuple(row for row, arn in readable if arn.is_user),
        ragged_lines=tuple(row.line for row in rows if row.line not in read),
    )
    return Reading(
        report,
        accounts=frozenset(arn.account for _, arn in readable),
        partitions=frozenset(arn.partition for _, arn in readable),
        captured_at=captured,
        newest_stamp=None if captured else _newest(whole, columns),
        problems=_problems(report),
    )


def _newest(rows: list[Row], columns: Mapping[str, int]) -> datetime | None:
    """Return the newest date of the past in the report: it was not made before that."""
    indices = [columns[name] for name in _DATES if name in columns]
    stamps = (parse_stamp(row.cells[index]) for row in rows for index in indices)
    return max((stamp for stamp in stamps if stamp is not None), default=None)


def _problems(report: CredentialReport) -> tuple[tuple[str, str], ...]:
    found = []
    ragged, roots = report.ragged_lines, len(report.root_rows)
    if ragged:
        lines = ", ".join(map(str, ragged[:5])) + (", …" if len(ragged) > 5 else "")
        message = (
            f"line {lines} cannot be read: wrong number of cells, or no ARN; the report may be cut, so export it again"
        )
        found.append(("incomplete", message))
    if roots > 1:
        found.append(("invalid", f"the report has {roots} rows of the root user; export it again"))
    names = Counter(row.cells[0].strip() for row in report.user_rows)
    doubled = sorted(name for name, times in names.items() if times > 1)
    if doubled:
        message = f"{len(doubled)} user(s) have more than one row, each is judged: {', '.join(doubled[:5])}"
        found.append(("duplicate-rows", message))
    return tuple(found)


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"ReportFormat"|"GeneratedTime"|<root_account>|password_last_used'),
    names=(frozenset(("credential", "report")), frozenset(("status", "reports"))),
)
