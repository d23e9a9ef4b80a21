"""What form the bytes of a file have."""

import gzip
import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.evidence import MissingReason
from baselint.snapshot.form import BrokenForm, ErrorForm, JsonForm, TableForm, read_form
from baselint.snapshot.report_header import parse_header
from builders import COLUMNS, error_text, password_policy, report_csv, root_row

NO_POLICY = "The Password Policy with domain name 111122223333 cannot be found."
NO_POLICY_FORM = ErrorForm("NoSuchEntity", "GetAccountPasswordPolicy", NO_POLICY)
NO_POLICY_TEXT = error_text("NoSuchEntity", "GetAccountPasswordPolicy", NO_POLICY)
POLICY = json.dumps(password_policy())


def broken(content: bytes | str) -> BrokenForm:
    form = read_form(content.encode() if isinstance(content, str) else content)
    assert isinstance(form, BrokenForm)
    return form


@pytest.mark.parametrize(
    ("content", "data"),
    [
        (b'{"a": [1, 2.5, true, null, "x"]}', {"a": [1, 2.5, True, None, "x"]}),
        (b'\r\n {"a": 1}\r\n', {"a": 1}),
        (b"[]", []),
        (b"null", None),
        (b"\ttrue\n", True),
        (b'"dXNlcg=="', "dXNlcg=="),
        (b"\xef\xbb\xbf{}", {}),
        ('\ufeff{"a": "é"}'.encode("utf-16-le"), {"a": "é"}),
        ('\ufeff{"a": "é"}'.encode("utf-16-be"), {"a": "é"}),
        (b'{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}),
        (b'{"a": 12345678901234567890}', {"a": 12345678901234567890}),
        (b"[" * 39 + b"]" * 39, json.loads("[" * 39 + "]" * 39)),
    ],
)
def test_json_is_read_in_every_encoding(content: bytes, data: Any) -> None:
    assert read_form(content) == JsonForm(data)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: ("\ufeff" + text.replace("\n", "\r\n")).encode("utf-16-le"),
    ],
)
def test_a_table_keeps_its_text_without_the_byte_order_mark(encode: Any) -> None:
    text = report_csv(root_row())
    form = read_form(encode(text))
    assert isinstance(form, TableForm)
    assert form.text.replace("\r", "") == text


@pytest.mark.parametrize(
    ("line", "delimiter", "names"),
    [
        ("user,arn,x", ",", ("user", "arn", "x")),
        ('"User";"ARN";"mfa_active"\r', ";", ("user", "arn", "mfa_active")),
        ("mfa_active\tarn\tuser", "\t", ("mfa_active", "arn", "user")),
        (" user , arn , cert_2_active ", ",", ("user", "arn", "cert_2_active")),
        (",".join(reversed(COLUMNS)), ",", tuple(reversed(COLUMNS))),
    ],
)
def test_a_header_is_told_by_its_columns_in_any_order(line: str, delimiter: str, names: tuple[str, ...]) -> None:
    header = parse_header(line)
    assert header is not None
    assert (header.delimiter, header.names, header.is_ambiguous) == (delimiter, names, False)


@pytest.mark.parametrize(
    "line",
    ["", "user,arn", "arn,user,colour", "user,mfa_active,cert_1_active", "user;arn,mfa_active", "user arn mfa_active"],
)
def test_other_lines_are_no_header(line: str) -> None:
    assert parse_header(line) is None


def test_a_header_with_a_name_twice_is_ambiguous() -> None:
    header = parse_header("user,arn,mfa_active,MFA_Active")
    assert header is not None
    assert header.is_ambiguous


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (NO_POLICY_TEXT, NO_POLICY_FORM),
        (NO_POLICY_TEXT.replace("\n", "\r\n"), NO_POLICY_FORM),
        (f"aws: [ERROR]: {NO_POLICY_TEXT.strip()}", NO_POLICY_FORM),
        (f"warning: old Python\n{NO_POLICY_TEXT}\nbye\n", NO_POLICY_FORM),
        (f"{{}}\n{NO_POLICY_TEXT}", NO_POLICY_FORM),
        (f"{NO_POLICY_TEXT}{{}}\n", NO_POLICY_FORM),
        (f"null{NO_POLICY_TEXT}", NO_POLICY_FORM),
        (
            "aws : \r\nAn error occurred (Throttling) when calling the \r\nGetUser operation: Rate exceeded\r\nAt line:1",
            ErrorForm("Throttling", "GetUser", "Rate exceeded"),
        ),
        (
            error_text("Throttling", "GetUser", "Rate exceeded").replace(
                "operation", "operation (reached max retries: 4)"
            ),
            ErrorForm("Throttling", "GetUser", "Rate exceeded"),
        ),
        (NO_POLICY_TEXT * 2, ErrorForm("NoSuchEntity", "GetAccountPasswordPolicy", f"{NO_POLICY}\n{NO_POLICY}")),
        (error_text("ReportNotPresent", "X", ""), ErrorForm("ReportNotPresent", "X", "")),
    ],
)
def test_an_error_text_is_found_anywhere(content: str, form: ErrorForm) -> None:
    assert read_form(content.encode()) == form
    assert read_form(("\ufeff" + content).encode("utf-16-le")) == form


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (NO_POLICY_TEXT + error_text("AccessDenied", "GetUser", "no"), "not-an-answer", "the error texts of several"),
        (NO_POLICY_TEXT + POLICY, "not-an-answer", "an error text and an answer"),
        (POLICY + NO_POLICY_TEXT, "invalid", f"line 2, column {1} on"),
        (POLICY * 2, "invalid", f"from line 1, column {len(POLICY) + 1} on"),
    ],
)
def test_an_error_text_beside_something_else_is_no_answer(content: str, reason: str, words: str) -> None:
    form = broken(content)
    assert form.reason == reason
    assert words in form.detail
    assert form.text == content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"a": 1', "from line 1, column 8 on; it may be cut"),
        ('\n\n{"a":\n', "from line 4, column 1 on"),
        ('{"a": 1, "a": 1}', "names the key 'a' twice"),
        ('{"b": {"' + "k" * 50 + '": 1, "' + "k" * 50 + '": 2}}', f"the key '{'k' * 40}' twice"),
        ("[" * 100_000, "nested too deeply"),
        ("[" * 41 + "]" * 41, "nested too deeply"),
        ('{"a":' * 41 + "1" + "}" * 41, "nested too deeply"),
        ('{"a": NaN}', "endless number"),
        ('{"a": -Infinity}', "endless number"),
        ('{"a": 1e999}', "endless number"),
        ('{"a": ' + "9" * 5000 + "}", "endless number"),
        ('{"a": "\\ud800"}', "half a character"),
        ('{"\\udfff": 1}', "half a character"),
    ],
)
def test_json_that_is_none_is_invalid_and_says_where(content: str, words: str) -> None:
    form = broken(content)
    assert form.reason is MissingReason.INVALID
    assert words in form.detail
    assert form.text == content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty: an error text of the AWS CLI goes to stderr"),
        (b"\xef\xbb\xbf \r\n", "the file is empty"),
        (b"\xff\xfe", "the file is empty"),
        (b"\x80abc", "no text in UTF-8 or UTF-16"),
        (b"\xff\xfe\x00\xd8", "no text in UTF-8 or UTF-16"),
        (
            gzip.compress(b"{}", mtime=0),
            "compressed (gzip) and cut, broken, too large or packed twice; unpack it first",
        ),
        (b"PK\x03\x04\x14\x00", "compressed (zip) and cut, broken"),
        (b"<!DOCTYPE html>\n<HTML><body>Sign in", "XML or HTML page"),
        (b'<?xml version="1.0"?><ErrorResponse/>', "XML or HTML page"),
        (b"\n-------------------\n|  GetAccountSummary  |", "this is table output"),
        (b"+------+\n|  a   |", "this is table output"),
        (b"PASSWORDPOLICY\tTrue\tFalse", "this looks like text output"),
        (b"5000\t1\t0", "this looks like text output"),
        (b"---\nkind: attestations\n", "neither JSON nor a credential report"),
        (b"dXNlcixhcm4sdXNlcl9jcmVhdGlvbl90aW1lCg=", "neither JSON nor a credential report"),
        (b"MinimumPasswordLength: [1\n", "neither JSON nor a credential report"),
        (b"MinimumPasswordLength: 1\n---\nA: 2\n", "neither JSON nor a credential report"),
        (b"- MinimumPasswordLength: 1\n- RequireSymbols: true\n", "neither JSON nor a credential report"),
        (b"Users: " + b"[" * 50 + b"]" * 50, "neither JSON nor a credential report"),
        (b"\nusage: aws [options] <command>\naws: error: argument operation", "did not understand the command"),
        (b"\nUnable to locate credentials. You can configure", "the AWS CLI found no credentials"),
        (b"\nThe config profile (x) could not be found\n", "the AWS CLI does not know the profile"),
        (b'Could not connect to the endpoint URL: "https://iam.amazonaws.com/"', "the AWS CLI could not reach AWS;"),
        (b"You must specify a region. You can also", "the AWS CLI was given no region"),
        (b'Using profile audit\n\n{\n\t"a": 1', "other text stands before the JSON, which begins in line 3"),
    ],
)
def test_what_is_no_answer_says_what_it_is(content: bytes, words: str) -> None:
    form = broken(content)
    assert form.reason is MissingReason.NOT_AN_ANSWER
    assert words in form.detail


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"Using profile audit\n\n{POLICY}", 3),
        (f"[default] assuming role\n[info] ok\n{POLICY}\n", 3),
        (f'"profile" selected\n{POLICY}', 2),
        (f"{POLICY}\nA new release of the AWS CLI is available\n", 1),
        (f"{{x}}\n{POLICY}\nbye\n", 2),
    ],
)
def test_an_answer_among_lines_of_other_programs_is_read_and_its_place_is_told(content: str, line: int) -> None:
    form = read_form(content.encode())
    assert isinstance(form, JsonForm)
    assert form.data == password_policy()
    assert f"the JSON, which begins in line {line} and was read" in form.note


@pytest.mark.parametrize(
    "content",
    [
        "x\n" * 12 + POLICY,
        f"```\n{POLICY}\n```",
        f"hello\n{POLICY}\n{POLICY}",
        f"[\n{POLICY}\n",
        f"hello\n{POLICY}\n]",
        "hello\n{}\n",
        "hello\n" + '{"a":' * 100_000,
        "hello\n{\n" * 9 + POLICY,
        'hello\n{"a": 1, "a": 2}',
        'hello\n{"a": ' * 1 + "[" * 50 + "]" * 50 + "}",
        f"hello\n{POLICY}{NO_POLICY_TEXT}",
    ],
)
def test_what_may_be_a_part_or_an_example_is_no_answer(content: str) -> None:
    assert isinstance(read_form(content.encode()), BrokenForm)


def test_a_table_in_a_list_of_its_lines_is_the_table() -> None:
    text = report_csv(root_row())
    assert read_form(json.dumps(text.split("\n")).encode()) == TableForm(text)
    assert read_form(b'["a", "b"]') == JsonForm(["a", "b"])


def test_what_a_spreadsheet_puts_before_the_table_is_taken_off() -> None:
    text = report_csv(root_row())
    assert read_form(f"sep=;\r\n{text}".encode()) == TableForm(f"\r\n{text}")
    assert read_form(f'"sep=,"\n{text}'.encode()) == TableForm(f"\n{text}")
    assert read_form(text.replace("\n", "\r").encode()) == TableForm(text)


DEVICE = {"SerialNumber": "arn:aws:iam::111122223333:mfa/x", "EnableDate": "2026-01-01"}
PROVIDER = {"Arn": "arn:aws:iam::111122223333:saml-provider/x"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"status_code": 200, "data": {"a": 1}}, {"a": 1}),
        ({"status_code": 404, "data": {"a": 1}}, {"status_code": 404, "data": {"a": 1}}),
        ([PROVIDER], {"SAMLProviderList": [PROVIDER]}),
        ([DEVICE], {"VirtualMFADevices": [DEVICE], "IsTruncated": True}),
        ([DEVICE | {"UserName": "a"}], [DEVICE | {"UserName": "a"}]),
        ([DEVICE, PROVIDER], [DEVICE, PROVIDER]),
        ([{"Arn": 3}], [{"Arn": 3}]),
    ],
)
def test_recordings_and_lists_cut_out_are_unwrapped(data: Any, expected: Any) -> None:
    assert read_form(json.dumps(data).encode()) == JsonForm(expected)


def test_a_list_cut_out_as_yaml_is_unwrapped_too() -> None:
    form = read_form(yaml.safe_dump([PROVIDER]).encode())
    assert isinstance(form, JsonForm)
    assert form.data == {"SAMLProviderList": [PROVIDER]}


def test_pages_of_a_stream_are_one_answer_and_the_last_says_whether_more_follow() -> None:
    pages: list[dict[str, Any]] = [
        {"Accounts": [1], "NextToken": "x", "IsTruncated": True},
        {"Accounts": [2, 3], "IsTruncated": False},
    ]
    form = read_form(yaml.safe_dump(pages).encode())
    assert isinstance(form, JsonForm)
    assert form.data == {"Accounts": [1, 2, 3], "IsTruncated": False}
    pages[1]["Others"] = []
    assert isinstance(read_form(yaml.safe_dump(pages).encode()), BrokenForm)


def test_yaml_of_an_answer_may_be_larger_than_a_policy_file() -> None:
    data = {"Content": "x" * 3_000_000}
    assert getattr(read_form(yaml.safe_dump(data).encode()), "data", None) == data


FRAGMENTS = (
    b'{"',
    b"[",
    b"]",
    b"}",
    b'"',
    b"\\ud800",
    b"user,arn,",
    b"\n",
    b"An error occurred (",
    b"\xff\xfe",
    b"\x00",
)


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=5)), max_size=30).map(b"".join),
    )
)
def test_no_bytes_whatever_make_reading_fail(content: bytes) -> None:
    assert type(read_form(content)) in (JsonForm, TableForm, ErrorForm, BrokenForm)


@settings(deadline=None, max_examples=100)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_json_without_half_characters_is_read_as_it_is(data: Any) -> None:
    assert read_form(json.dumps([data]).encode()) == JsonForm([data])
