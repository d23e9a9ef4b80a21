"""Reads the IAM credential report: the CSV of the console, or the JSON of ``aws iam get-credential-report``."""

import base64
import binascii
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

_KIND = ExportKind.CREDENTIAL_REPORT
ROOT_NAME = "<root_account>"
_DATES = (
    "user_creation_time",
    "password_last_used",
    "password_last_changed",
    *(f"access_key_{slot}_{what}" for slot in (1, 2) for what in ("last_rotated", "last_used_date")),
    "cert_1_last_rotated",
    "cert_2_last_rotated",
)
_CONSOLE_NAME = re.compile(r"status_reports_([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2})[-:_]([0-9]{2})[-:_]([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the report; ``line`` counts from 1, the header included."""

    line: int
    cells: tuple[str, ...]


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
    if not isinstance(data, dict):
        return None
    if "Content" in data and "ReportFormat" in data:
        return _answer(data)
    if "ReportFormat" in data and "GeneratedTime" in data:
        detail = "the answer has no Content; export it again with aws iam get-credential-report"
        return Reading(failure=fail(_KIND, MissingReason.NOT_AN_ANSWER, detail))
    if data.get("State") in {"STARTED", "INPROGRESS", "COMPLETE"} and data.keys() <= {
        "State",
        "Description",
        "ResponseMetadata",
    }:
        detail = "this is the answer of generate-credential-report; fetch the report with aws iam get-credential-report"
        return Reading(failure=fail(_KIND, MissingReason.NOT_AN_ANSWER, detail))
    return None


def _answer(data: dict[str, object]) -> Reading:
    content, stamp = data["Content"], data.get("GeneratedTime")
    captured = parse_stamp(stamp) if isinstance(stamp, str) else None
    if stamp is not None and captured is None:
        detail = "GeneratedTime is no time as AWS writes it; export the report again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    text = _content(content) if isinstance(content, str) else None
    if text is None:
        detail = "Content is neither the report nor its base64 form; it may be cut: export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    return _table(text, captured)


def _content(content: str) -> str | None:
    if content.lstrip('"')[:5].lower() == "user,":  # an SDK's dump holds it decoded
        return content
    try:
        return base64.b64decode(content, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None


def _console_stamp(context: FileContext) -> datetime | None:
    found = _CONSOLE_NAME.search(context.path)
    return parse_stamp("{}:{}:{}Z".format(*found.groups())) if found else None


def _table(text: str, captured: datetime | None) -> Reading:
    header, *_ = text.split("\n", 1)
    names = re.split("[,;\t]", header.strip().replace('"', "").lower())
    if names[:2] != ["user", "arn"] or len(set(names)) != len(names):
        detail = "the first line is not the header of a credential report; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    delimiter = next(mark for mark in ",;\t" if mark in header)
    try:
        rows = tuple(_rows(text, delimiter))
    except csv.Error as error:
        detail = f"the table cannot be read ({error}); export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    return _sort(rows, {name: index for index, name in enumerate(names)}, captured)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows after the header; only a line feed ends a line, since names may hold rarer separators."""
    if '"' in text:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for cells in reader:
            if cells and reader.line_num > 1:
                yield Row(reader.line_num, tuple(cells))
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if number > 1 and line.strip():
            yield Row(number, tuple(line.rstrip("\r").split(delimiter)))


def _sort(rows: tuple[Row, ...], columns: dict[str, int], captured: datetime | None) -> Reading:
    whole = [row for row in rows if len(row.cells) == len(columns)]
    arns = [parse_arn(row.cells[1]) for row in whole]
    unclear = tuple(row.line for row, arn in zip(whole, arns, strict=True) if arn is None)
    readable = [(row, arn) for row, arn in zip(whole, arns, strict=True) if arn is not None]
    root = tuple(row for row, arn in readable if arn.is_root)
    users = tuple(row for row, arn in readable if not arn.is_root)
    ragged = tuple(row.line for row in rows if len(row.cells) != len(columns)) + unclear
    if not readable:
        detail = "the report has no row that can be read; it may be cut: export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    return Reading(
        CredentialReport(columns, root, users, tuple(sorted(ragged))),
        accounts=frozenset(arn.account for _, arn in readable),
        partitions=frozenset(arn.partition for _, arn in readable),
        captured_at=captured,
        newest_stamp=None if captured else _newest(whole, columns),
        problems=_problems(tuple(sorted(ragged)), root, users),
    )


def _newest(rows: list[Row], columns: Mapping[str, int]) -> datetime | None:
    """Return the newest date of the past in the report: it was not made before that."""
    indices = [columns[name] for name in _DATES if name in columns]
    stamps = (parse_stamp(row.cells[index]) for row in rows for index in indices)
    return max((stamp for stamp in stamps if stamp is not None), default=None)


def _problems(ragged: tuple[int, ...], root: tuple[Row, ...], users: tuple[Row, ...]) -> tuple[tuple[str, str], ...]:
    found = []
    if ragged:
        lines = ", ".join(map(str, ragged[:5])) + (", …" if len(ragged) > 5 else "")
        message = (
            f"line {lines} cannot be read: wrong number of cells, or no ARN; the report may be cut, so export it again"
        )
        found.append(("incomplete", message))
    if len(root) > 1:
        found.append(("invalid", f"the report has {len(root)} rows of the root user; export it again"))
    names = [row.cells[0] for row in users]
    doubled = sorted(name for name, times in Counter(names).items() if times > 1)
    if doubled:
        found.append(
            (
                "duplicate-rows",
                f"{len(doubled)} user(s) have more than one row, each is judged: {', '.join(doubled[:5])}",
            )
        )
    return tuple(found)


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"ReportFormat"|"GeneratedTime"|<root_account>|password_last_used'),
    names=(frozenset(("credential", "report")), frozenset(("status", "reports"))),
)
