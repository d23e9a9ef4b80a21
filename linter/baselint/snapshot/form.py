"""Tells what form the bytes of a file have: JSON, a table, an AWS error text, or nothing usable."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from baselint.evidence import MissingReason

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ERROR = re.compile(
    r"An error occurred \((?P<code>[A-Za-z0-9.]{1,100})\) when calling the (?P<operation>[A-Za-z0-9]{1,100}) operation"
    r"[^:\n]{0,100}: ?(?P<message>[^\n]{0,2000})"
)
_HEADER = re.compile(r'"?user"?[,;\t]"?arn"?[,;\t]', re.IGNORECASE)
_COMPRESSED = ((b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip"))


@dataclass(frozen=True, slots=True)
class JsonForm:
    """A JSON document."""

    data: Any


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


class _DuplicateKeyError(ValueError):
    """An object names one key twice, so nobody can say which value counts."""


def read_form(content: bytes) -> Form:
    """Tell the form of a file's content; never raises, whatever the bytes are."""
    for magic, name in _COMPRESSED:
        if content.startswith(magic):
            return BrokenForm(MissingReason.NOT_AN_ANSWER, f"the file is compressed ({name}); unpack it first")
    text = _decode(content)
    if text is None:
        return BrokenForm(MissingReason.NOT_AN_ANSWER, "the file is no text in UTF-8 or UTF-16; export it again")
    stripped = text.strip()
    if not stripped:
        detail = "the file is empty: an error text of the AWS CLI goes to stderr; keep it with 2> beside the file"
        return BrokenForm(MissingReason.NOT_AN_ANSWER, detail)
    if _HEADER.match(stripped):
        return TableForm(text)
    if stripped[0] in '{["' or stripped in {"null", "true", "false"}:
        return _read_json(stripped)
    return _read_text(stripped)


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


def _read_json(text: str) -> Form:
    try:
        return JsonForm(json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant))
    except _DuplicateKeyError as error:
        return BrokenForm(MissingReason.INVALID, f"the JSON names the key {error} twice; export it again", text)
    except json.JSONDecodeError as error:
        detail = (
            f"the JSON cannot be read from line {error.lineno}, column {error.colno} on; it may be cut: export it again"
        )
        return BrokenForm(MissingReason.INVALID, detail, text)
    except (RecursionError, ValueError):
        return BrokenForm(
            MissingReason.INVALID, "the JSON is no answer of AWS: nested too deeply or a huge number", text
        )


def _unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise _DuplicateKeyError(repr(key[:40]))
        result[key] = value
    return result


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _read_text(text: str) -> Form:
    found = _ERROR.search(text)
    if found:
        return ErrorForm(found["code"], found["operation"], found["message"].strip())
    if "<?xml" in text[:200] or "<html" in text[:500].lower():
        return BrokenForm(
            MissingReason.NOT_AN_ANSWER, "the file holds an XML or HTML page, no answer of the AWS CLI", text
        )
    if text.startswith(("+--", "|", "---")):
        return BrokenForm(MissingReason.NOT_AN_ANSWER, "this is table output; export it again with --output json", text)
    if "\t" in text:
        return BrokenForm(
            MissingReason.NOT_AN_ANSWER, "this looks like text output; export it again with --output json", text
        )
    detail = "the file holds neither JSON nor a credential report; export it again with --output json"
    return BrokenForm(MissingReason.NOT_AN_ANSWER, detail, text)
