"""Reads every format as its consumers do, and says where a text from outside got power over it."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from jsonschema import Draft202012Validator

from baselint.terminal import UNSAFE
from markdown_judge import dangers, render

FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
COMMAND = re.compile(r"::(?P<kind>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")
ELEMENTS = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase", "system-err"},
    "properties": {"property"},
    "testcase": {"failure", "error", "skipped"},
}
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)[^\n]+$"},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation asks of a Code Quality report, in our own words."""


def csv_mistakes(text: str) -> Iterator[str]:
    """Every cell is data: no formula, no control character, and as many in each row."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if {len(row) for row in rows} != {len(rows[0])}:
        yield "rows of different lengths"
    yield from (f"formula: {cell!r}" for row in rows for cell in row if FORMULA.match(cell))


def json_mistakes(text: str) -> Iterator[str]:
    """It is one JSON document."""
    json.loads(text)
    yield from ()


def ndjson_mistakes(text: str) -> Iterator[str]:
    """Each line is an object of a kind we know."""
    for line in text.split("\n")[:-1]:
        kind = json.loads(line)["record"]
        if kind not in {"run", "finding", "unrecognised", "missing-account", "problem"}:
            yield f"a record {kind}"


def gitlab_mistakes(text: str) -> Iterator[str]:
    """It fits what GitLab asks for, and no two issues share a fingerprint."""
    issues = json.loads(text)
    yield from (error.message for error in Draft202012Validator(GITLAB).iter_errors(issues))
    names = [issue.get("fingerprint") for issue in issues]
    if len(names) != len(set(names)):
        yield "a fingerprint stands twice"
    if text.startswith("\ufeff"):
        yield "a byte order mark"


def junit_mistakes(text: str) -> Iterator[str]:
    """The XML has our elements only, and its totals are those of its cases."""
    root = ElementTree.fromstring(text)
    for parent in root.iter():
        yield from (f"{child.tag} in {parent.tag}" for child in parent if child.tag not in ELEMENTS.get(parent.tag, ()))
    for suite in (root, *root.iter("testsuite")):
        counted = [len(list(suite.iter(tag))) for tag in ("testcase", "failure", "error", "skipped")]
        told = [int(suite.attrib[name]) for name in ("tests", "failures", "errors", "skipped")]
        if counted != told:
            yield f"{suite.attrib.get('name')}: {told} told, {counted} counted"


def github_mistakes(text: str) -> Iterator[str]:
    """Each line is one command with the properties we write, and no kind has more than are shown."""
    kinds = []
    for line in text.split("\n")[:-1]:
        found = COMMAND.fullmatch(line)
        if found is None or "\r" in line:
            yield f"no command: {line!r}"
            continue
        kinds.append(found["kind"])
        names = [part.partition("=")[0] for part in found["properties"].split(",")]
        if names not in (["title"], ["title", "file", "line", "col"]):
            yield f"properties {names}"
    yield from (f"{kind} {kinds.count(kind)} times" for kind in set(kinds) if kinds.count(kind) > 10)


class _Summaries(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag if not attrs else f"{tag} {attrs}")

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")


def markdown_mistakes(text: str) -> Iterator[str]:
    """Rendered, it has no tag, link, mention or reference that a text brought about."""
    lines = text.split("\n")
    for line in (line for line in lines if line.startswith("<details>")):
        parser = _Summaries()
        parser.feed(line)
        if parser.tags != ["details", "summary"]:
            yield f"in a summary: {parser.tags}"
    body = "\n".join(line for line in lines if not line.startswith(("<details>", "</details>")))
    html = render(body)
    yield from dangers(html)
    yield from (f"a link: {found}" for found in re.findall(r"<a\b[^>]*>", html) if 'class="headerlink"' not in found)
    outside = re.sub(r"<code\b.*?</code>", "", html, flags=re.DOTALL)
    yield from (f"calls {found}" for found in re.findall(r"(?<!\w)@\w+", re.sub(r"<[^>]*>", "", outside)))


def text_mistakes(text: str) -> Iterator[str]:
    """No line begins like the last one but the last."""
    lines = [line for line in text.split("\n") if re.match(r"[0-9]+ accounts?: ", line)]
    if len(lines) != 1:
        yield f"counts stand {len(lines)} times"


READERS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "text": text_mistakes,
    "json": json_mistakes,
    "ndjson": ndjson_mistakes,
    "csv": csv_mistakes,
    "csv-subjects": csv_mistakes,
    "markdown": markdown_mistakes,
    "junit": junit_mistakes,
    "github": github_mistakes,
    "github-summary": markdown_mistakes,
    "gitlab": gitlab_mistakes,
}
"""How each format is read; one that is not named here is only looked at as a text."""


def mistakes(name: str, text: str) -> list[str]:
    """Return what is wrong with a report in a format; empty for one that is inert."""
    found: list[str] = [f"{sign!r} as it is" for sign in set(UNSAFE.findall(text))]
    return [*found, *READERS[name](text)] if name in READERS else found


def shape(value: Any) -> Any:
    """Return the form of JSON data without its texts."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return [shape(item) for item in value] if isinstance(value, list) else type(value).__name__
