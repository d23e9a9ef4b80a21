"""What the credential report is read as: every carrier, row and odd cell."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest

from baselint.snapshot.credential_report import CredentialReport
from baselint.snapshot.export import Reading
from builders import ACCOUNT, CAPTURED, COLUMNS, report_csv, report_json, root_row, user_row
from snapshotting import export_of, recognise_one

ROWS = (root_row(), user_row("alice"))
TEXT = report_csv(*ROWS)
BASE64 = base64.b64encode(TEXT.encode()).decode()
LEGACY = [*COLUMNS[:11], "access_key_2_active", "access_key_2_last_rotated", "cert_1_active", "cert_2_active"]
NO_HEADER = "the first line is not the header of a credential report"
NO_ROW = "the report has no row that can be read; it may be cut"


def reading(content: Any, name: str = "x") -> Reading:
    export = export_of(content, name)
    assert export.kind == "credential-report"
    return export.reading


def report(content: Any) -> CredentialReport:
    payload = reading(content).payload
    assert isinstance(payload, CredentialReport)
    return payload


def refused(content: Any) -> tuple[str, str]:
    failure = reading(content).failure
    assert failure is not None
    return str(failure.reason), failure.detail


def quoted(text: str, delimiter: str = ",") -> str:
    return "\n".join(delimiter.join(f'"{cell}"' for cell in line.split(",")) for line in text.split("\n"))


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        TEXT + "\n",
        "\n\n" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace(",", ";"),
        TEXT.replace(",", "\t"),
        quoted(TEXT),
        quoted(TEXT, ";").replace("\n", "\r\n"),
        ("\ufeff" + TEXT).encode(),
        ("\ufeff" + TEXT.replace("\n", "\r\n")).encode("utf-16-le"),
        {"Content": BASE64, "ReportFormat": "text/csv", "GeneratedTime": CAPTURED},
        {"Content": BASE64, "ReportFormat": "text/csv"},
        {"Content": BASE64, "GeneratedTime": CAPTURED, "ResponseMetadata": {"RequestId": "x"}},
        {"Content": "\n".join((BASE64[:76], BASE64[76:], "")), "ReportFormat": "text/csv", "GeneratedTime": None},
        {"Content": base64.b64encode(("\ufeff" + TEXT).encode()).decode(), "ReportFormat": "text/csv"},
        {"Content": TEXT, "ReportFormat": "text/csv"},
        {"Content": quoted(TEXT), "ReportFormat": "text/csv"},
    ],
)
def test_every_carrier_of_the_report_gives_the_same_rows(content: Any) -> None:
    found = report(content)
    assert [row.cells for row in found.root_rows] == [tuple(ROWS[0].values())]
    assert [row.cells for row in found.user_rows] == [tuple(ROWS[1].values())]
    assert found.columns == {name: index for index, name in enumerate(COLUMNS)}
    assert (found.records, found.ragged_lines) == (2, ())
    assert reading(content).accounts == {ACCOUNT}
    assert reading(content).partitions == {"aws"}
    assert reading(content).problems == ()


def test_booleans_of_a_spreadsheet_stay_as_they_stand() -> None:
    found = report(
        TEXT.upper().replace("ARN:AWS:IAM::", "arn:aws:iam::").replace(":ROOT", ":root").replace(":USER/", ":user/")
    )
    assert found.columns["mfa_active"] == 7
    assert [row.cells[7] for row in (*found.root_rows, *found.user_rows)] == ["TRUE", "FALSE"]


@pytest.mark.parametrize(
    "columns",
    [
        list(reversed(COLUMNS)),
        ["mfa_active", "arn", "extra column", "user"],
        ["user", "mfa_active", "arn"],
        [*COLUMNS, "additional_credentials_info"],
        LEGACY,
    ],
)
def test_columns_are_found_by_name_in_any_order_and_number(columns: list[str]) -> None:
    more = {"extra column": "e", "additional_credentials_info": "i"}
    found = report(report_csv(*(row | more for row in ROWS), columns=columns))
    assert set(found.columns) == set(columns)
    for row, source in zip((*found.root_rows, *found.user_rows), ROWS, strict=True):
        assert {name: row.cells[index] for name, index in found.columns.items()} == {
            name: (source | more)[name] for name in columns
        }
        assert row.cells[:2] == (source["user"], source["arn"])


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        ({"ReportFormat": "text/csv", "GeneratedTime": CAPTURED}, "not-an-answer", "the answer has no Content"),
        ({"ReportFormat": "text/csv"}, "not-an-answer", "the answer has no Content"),
        ({"State": "STARTED", "Description": "No report exists"}, "not-an-answer", "generate-credential-report"),
        ({"State": "INPROGRESS"}, "not-an-answer", "fetch the report with aws iam get-credential-report"),
        ({"State": "COMPLETE", "$metadata": {}, "ResponseMetadata": {}}, "not-an-answer", "generate-credential-report"),
        ({"Content": "###", "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64 form"),
        ({"Content": BASE64[:-1], "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64 form"),
        ({"Content": "é", "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64 form"),
        ({"Content": "/w==", "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64 form"),
        ({"Content": None, "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64 form"),
        ({"Content": "eA==", "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64 form"),
        ({"Content": "", "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64 form"),
        ({"Content": f"b'{TEXT}'", "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64 form"),
        ("user,arn,mfa_active,mfa_active\na,b,c,d", "invalid", NO_HEADER),
        (TEXT.split("\n")[0], "invalid", NO_ROW),
        ("user,arn,user_cre", "invalid", NO_ROW),
        (TEXT.replace("arn:aws:iam::", ""), "invalid", NO_ROW),
        (quoted(TEXT)[:-1], "invalid", "the table cannot be read (unexpected end of data)"),
        (quoted(TEXT) + '\n"a"b', "invalid", "the table cannot be read"),
        (
            quoted(TEXT) + f'\n"{"x" * 10_000_000}"',
            "invalid",
            "the table cannot be read (field larger than field limit",
        ),
    ],
)
def test_what_is_no_report_says_why(content: Any, reason: str, words: str) -> None:
    assert refused(content)[0] == reason
    assert words in refused(content)[1]
    assert reading(content).payload is None
    assert reading(content).accounts == frozenset()


@pytest.mark.parametrize("state", [[], {}, 3, "DONE", None])
def test_other_states_are_no_answer_of_generate(state: Any) -> None:
    assert recognise_one({"State": state}).export is None
    assert recognise_one({"State": "COMPLETE", "Id": "x"}).export is None


PLACEBO = {"__class__": "datetime", "year": 2026, "month": 11, "day": 1, "hour": 8, "minute": 0, "second": 5}


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("2026-11-01T08:00:05Z", datetime(2026, 11, 1, 8, 0, 5, tzinfo=UTC)),
        ("2026-11-01T08:00:05+00:00", datetime(2026, 11, 1, 8, 0, 5, tzinfo=UTC)),
        ("2026-11-01T08:00:05.123456+00:00", datetime(2026, 11, 1, 8, 0, 5, tzinfo=UTC)),
        (PLACEBO | {"microsecond": 7}, datetime(2026, 11, 1, 8, 0, 5, tzinfo=UTC)),
        (None, None),
    ],
)
def test_the_report_says_when_it_was_made(stamp: Any, moment: datetime | None) -> None:
    found = reading({"Content": BASE64, "ReportFormat": "text/csv", "GeneratedTime": stamp})
    assert found.captured_at == moment
    assert (found.newest_stamp is None) is (moment is not None)


@pytest.mark.parametrize(
    "stamp",
    [
        "yesterday",
        "",
        "2026-11-01 08:00:05",
        1795462642.87,
        [],
        {},
        PLACEBO | {"month": 13},
        PLACEBO | {"day": True},
        PLACEBO | {"__class__": "date"},
        PLACEBO | {"year": -2026},
        {"__class__": "datetime"},
    ],
)
def test_a_time_that_is_none_spoils_the_answer(stamp: Any) -> None:
    content = {"Content": BASE64, "ReportFormat": "text/csv", "GeneratedTime": stamp}
    assert refused(content) == ("invalid", "GeneratedTime is no time as AWS writes it; export the report again")
    assert export_of(content).reading.accounts == {ACCOUNT}, "the rows still say whose report it is"


def test_an_undated_report_was_not_made_before_its_newest_date() -> None:
    rows = (root_row(), user_row("a", cert_2_last_rotated="2026-10-30T01:02:03+00:00", password_next_rotation=CAPTURED))
    assert reading(report_csv(*rows)).newest_stamp == datetime(2026, 10, 30, 1, 2, 3, tzinfo=UTC)
    assert reading(report_json(*rows)).newest_stamp is None
    dateless = root_row() | dict.fromkeys(COLUMNS[2:], "N/A")
    assert reading(report_csv(dateless)).newest_stamp is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("short,row", "wrong number of cells"),
        (",".join(["x"] * 23), "wrong number of cells"),
        (",".join(user_row("b").values()) + ",more", "wrong number of cells"),
        (report_csv(user_row("b") | {"arn": "none"}).split("\n")[1], "no ARN"),
        (report_csv(user_row("b") | {"arn": f"arn:aws:iam::{ACCOUNT}:role/b"}).split("\n")[1], "no ARN"),
        (report_csv(user_row("b") | {"arn": f"arn:aws:iam::{ACCOUNT}:roo"}).split("\n")[1], "no ARN"),
        (report_csv(user_row("o,brien")).split("\n")[1], "wrong number of cells"),
        (report_csv(user_row("b", user_creation_time="x" * 10_000_000)).split("\n")[1], "wrong number of cells"),
        (",".join([""] * 22), "no ARN"),
    ],
)
def test_a_row_that_cannot_be_read_is_no_user_and_is_told(row: str, words: str) -> None:
    content = "\n".join((*TEXT.split("\n")[:2], row, "", *TEXT.split("\n")[2:]))
    found = report(content)
    assert found.ragged_lines == (3,)
    assert [(item.line, item.cells[0]) for item in (*found.root_rows, *found.user_rows)] == [
        (2, "<root_account>"),
        (5, "alice"),
    ]
    ((reason, message),) = reading(content).problems
    assert (reason, message[:23]) == ("incomplete", "line 3 cannot be read: ")
    assert words in message


def test_many_odd_rows_are_counted_by_their_first_five_lines() -> None:
    content = TEXT + "\nx" * 6
    assert report(content).ragged_lines == (4, 5, 6, 7, 8, 9)
    assert reading(content).problems[0][1].startswith("line 4, 5, 6, 7, 8, … cannot be read")


def test_lines_are_counted_in_the_file_even_where_quoted_cells_hold_line_breaks() -> None:
    noted = user_row("bob") | {"additional_credentials_info": "three\nlines\n, and more"}
    columns = [*COLUMNS, "additional_credentials_info"]
    rows = (root_row(), noted, user_row("alice"))
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    text = "\n\n" + "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + '\n\n"short","row"\n'
    found = report(text)
    assert [(row.line, row.cells[0]) for row in found.user_rows] == [(5, "bob"), (8, "alice")]
    assert found.user_rows[0].cells[-1] == "three\nlines\n, and more"
    assert (found.root_rows[0].line, found.ragged_lines) == (4, (10,))


def test_blanks_around_an_arn_do_not_make_root_a_user() -> None:
    content = TEXT.replace(f":{ACCOUNT}:root,", f":{ACCOUNT}:root ,")
    assert [len(report(content).root_rows), len(report(content).user_rows)] == [1, 1]


def test_rows_that_come_twice_are_kept_and_told() -> None:
    content = report_csv(root_row(), root_row(), *(user_row(name) for name in ("b", "a", "c", "b", "a", "b ")))
    assert reading(content).problems == (
        ("invalid", "the report has 2 rows of the root user; export it again"),
        ("duplicate-rows", "2 user(s) have more than one row, each is judged: a, b"),
    )
    assert (len(report(content).root_rows), len(report(content).user_rows), report(content).records) == (2, 6, 8)


def test_a_report_of_many_users_is_read_in_time_that_grows_with_it() -> None:
    content = report_csv(root_row(), *(user_row(f"user-{number}") for number in range(5_000)))
    assert report(content).records == 5_001
    assert (
        report({"Content": base64.b64encode(quoted(content).encode()).decode(), "ReportFormat": "x"}).records == 5_001
    )


def test_ids_of_every_row_are_told() -> None:
    content = report_csv(root_row("aws-cn"), user_row("a", account="444455556666"))
    assert reading(content).accounts == {ACCOUNT, "444455556666"}
    assert reading(content).partitions == {"aws", "aws-cn"}
