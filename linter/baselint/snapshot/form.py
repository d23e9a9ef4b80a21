"""Tells what form the bytes of a file have: JSON, a table, an AWS error text, or nothing usable."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from baselint import strict_json, yamlsource
from baselint.errors import PolicyError
from baselint.evidence import MissingReason
from baselint.snapshot.archive import GZIP, ZIP
from baselint.snapshot.report_header import begins_with_header, decode_report
from baselint.snapshot.wrappers import find_json, join_pages, unwrap

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ERROR = re.compile(
    # Windows PowerShell breaks the line of an error wherever its window ends.
    r"An\s+error\s+occurred\s+\((?P<code>[A-Za-z0-9.]{1,100})\)\s+when\s+calling\s+the\s+"
    r"(?P<operation>[A-Za-z0-9]{1,100})\s+operation(?:\s+\([^)\n]{0,100}\))?:\s*(?P<message>[^\n]{0,2000})"
)
_OBJECT = re.compile(r'\{\s*"')
_EMPTY = frozenset(("{}", "[]", "null", '""'))
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_DEEPEST = 40
_YAML_BYTES = 16 * 1024 * 1024
_COMPRESSED = ((GZIP, "gzip"), (ZIP, "zip"))
_YAML = re.compile(r"(?:---\s+)?(?:- )?(?P<key>[A-Z][A-Za-z0-9]*):\s")
_SEPARATOR = re.compile(r"\A\s{0,10}\"?sep=.\"?(?=[\r\n])", re.IGNORECASE)
_CLI_FAILURES = (
    ("Unable to locate credentials", "the AWS CLI found no credentials; sign in, and export it again"),
    ("The config profile (", "the AWS CLI does not know the profile that was named; see aws configure list-profiles"),
    (
        "Could not connect to the endpoint URL",
        "the AWS CLI could not reach AWS; check network and region, and export it again",
    ),
    ("Unable to parse config file", "the AWS CLI could not read its configuration; mend it, and export it again"),
    ("Error loading SSO Token", "the sign-in of the AWS CLI has expired; run aws sso login, and export it again"),
    (
        "Error when retrieving token from sso",
        "the sign-in of the AWS CLI has expired; run aws sso login, and export it again",
    ),
    ("You must specify a region", "the AWS CLI was given no region; name one with --region, and export it again"),
    (
        "SSL validation failed",
        "the AWS CLI could not reach AWS safely; check the certificates it trusts, and export it again",
    ),
    (
        "usage: aws ",
        "the AWS CLI did not understand the command, and printed how it is used; export it again with --output json",
    ),
)
"""What the AWS CLI prints when it fails before AWS is asked, and what that means."""
_STRANGE = "the JSON is no answer of AWS: nested too deeply, or with an endless number or half a character in it"


@dataclass(frozen=True, slots=True)
class JsonForm:
    """The data of a JSON document, or of the YAML that the CLI can write instead."""

    data: Any
    yaml: str = ""
    """The text, where it is YAML: other texts may look like it."""
    note: str = ""
    """What a person should know of the file: what stood around the answer."""


@dataclass(frozen=True, slots=True)
class TableForm:
    """The text of a credential report."""

    text: str


@dataclass(frozen=True, slots=True)
class ErrorForm:
    """The error text of an AWS API call."""

    code: str
    operation: str
    message: str


@dataclass(frozen=True, slots=True)
class BrokenForm:
    """Nothing that can be read; ``text`` is what could be decoded, for finding out what it was meant to be."""

    reason: MissingReason
    detail: str
    text: str = ""


Form: TypeAlias = JsonForm | TableForm | ErrorForm | BrokenForm


def read_form(content: bytes) -> Form:
    """Tell the form of a file's content; never raises, whatever the bytes are."""
    for magic, name in _COMPRESSED:
        if content.startswith(magic):
            detail = f"the file is compressed ({name}) and cut, broken, too large or packed twice; unpack it first"
            return BrokenForm(MissingReason.NOT_AN_ANSWER, detail)
    text = _decode(content)
    if text is None:
        return BrokenForm(MissingReason.NOT_AN_ANSWER, "the file is no text in UTF-8 or UTF-16; export it again")
    stripped = text.strip()
    if not stripped:
        detail = "the file is empty: an error text of the AWS CLI goes to stderr; keep it with 2> beside the file"
        return BrokenForm(MissingReason.NOT_AN_ANSWER, detail)
    table = _read_table(text)
    if table is not None:
        return table
    if stripped[0] in '{["' or stripped in {"null", "true", "false"}:
        return _read_json(text)
    return _read_text(text)


def _decode(content: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_as(content[len(bom) :], encoding)
    return _decode_as(content, "utf-8")


def _decode_as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _read_table(text: str) -> TableForm | None:
    """Read a table as AWS or a spreadsheet writes it; lines keep their numbers."""
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")  # as spreadsheets of the Macintosh wrote it
    table = _SEPARATOR.sub("", text, count=1)
    return TableForm(table) if begins_with_header(table.strip()) else None


def _read_json(text: str) -> Form:
    try:
        data = strict_json.loads(text)
    except strict_json.DuplicateKeyError as error:
        return BrokenForm(MissingReason.INVALID, f"the JSON names the key {error} twice; export it again", text)
    except json.JSONDecodeError as error:
        if text[: error.pos].strip() in _EMPTY and _ERROR.search(text, error.pos):
            return _read_text(text)
        among = _read_among(text)
        if among is not None:
            return among
        detail = (
            f"the JSON cannot be read from line {error.lineno}, column {error.colno} on; it may be cut: export it again"
        )
        return BrokenForm(MissingReason.INVALID, detail, text)
    except (RecursionError, ValueError):
        return BrokenForm(MissingReason.INVALID, _STRANGE, text)
    return _shape(data, text)


def _shape(data: Any, text: str, note: str = "") -> Form:
    """Return data that were read as what they are: an answer, or the lines of a table one by one."""
    if not _is_plain(data):
        return BrokenForm(MissingReason.INVALID, _STRANGE, text)
    if isinstance(data, list) and data and all(isinstance(line, str) for line in data):
        lines = "\n".join(data)
        return TableForm(lines) if begins_with_header(lines) else JsonForm(data, note=note)
    return JsonForm(unwrap(data), note=note)


def _read_among(text: str) -> Form | None:
    """Read the one answer that stands among a few lines of other programs, and say where."""
    if _ERROR.search(text):
        return None
    try:
        found = find_json(text, strict_json.loads)
    except (RecursionError, ValueError):
        return None
    if found is None:
        return None
    note = f"other text stands around the JSON, which begins in line {found[1]} and was read; keep the answer alone in the file"
    return _shape(found[0], text, note)


def _is_plain(data: Any) -> bool:
    """Tell whether data are no deeper than answers of AWS, and hold only texts that can be written again."""
    level = [data]
    for _ in range(_DEEPEST):
        if any(isinstance(item, str) and not item.isascii() and _HALF_CHARACTER.search(item) for item in level):
            return False
        level = [child for item in level for child in _children(item)]
        if not level:
            return True
    return False


def _children(item: Any) -> Iterable[Any]:
    if isinstance(item, dict):
        return (*item.keys(), *item.values())
    return item if isinstance(item, list) else ()


def _read_error(text: str) -> Form | None:
    """Read an error text; None when there is none in the text, no answer when something else is beside it."""
    found = list(_ERROR.finditer(text))
    if not found:
        return None
    if len({(error["code"], error["operation"]) for error in found}) > 1:
        detail = "the file holds the error texts of several calls; keep the output of each call in its own file"
        return BrokenForm(MissingReason.NOT_AN_ANSWER, detail, text)
    if _OBJECT.search(_ERROR.sub("", text)):
        detail = "the file holds an error text and an answer, and which is true cannot be told; export it again"
        return BrokenForm(MissingReason.NOT_AN_ANSWER, detail, text)
    message = "\n".join(error["message"].strip() for error in found)
    return ErrorForm(found[0]["code"], found[0]["operation"], message)


def _read_text(text: str) -> Form:
    error = _read_error(text)
    if error is not None:
        return error
    report = decode_report(text)
    if report is not None:
        return TableForm(report)
    return _read_yaml(text) or _read_among(text) or BrokenForm(MissingReason.NOT_AN_ANSWER, _describe(text), text)


def _read_yaml(text: str) -> Form | None:
    """Read an answer that the CLI wrote as YAML: a mapping, or with ``yaml-stream`` a list of pages."""
    if not _YAML.match(text):
        return None
    try:
        data = yamlsource.load(text.encode(), "", maximum=_YAML_BYTES).data
    except PolicyError:
        return None
    whole = unwrap(data)
    page = join_pages(data) if whole is data else whole
    return JsonForm(page, text) if isinstance(page, dict) and _is_plain(page) else None


def _describe(text: str) -> str:
    """Tell what a text is that is nothing baselint reads."""
    if "<?xml" in text[:200] or "<html" in text[:500].lower():
        return "the file holds an XML or HTML page, no answer of the AWS CLI"
    if text.lstrip().startswith(("+--", "|", "----")):
        return "this is table output; export it again with --output json"
    for words, meaning in _CLI_FAILURES:
        if words in text[:2000]:
            return meaning
    begin = _OBJECT.search(text)
    if begin:
        line = text.count("\n", 0, begin.start()) + 1
        return f"other text stands before the JSON, which begins in line {line}; keep the answer alone in the file"
    if "\t" in text:
        return "this looks like text output; export it again with --output json"
    return "the file holds neither JSON nor a credential report; export it again with --output json"
