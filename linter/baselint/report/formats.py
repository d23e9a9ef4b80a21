"""The table of output formats."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from baselint.finding import AccountResult, ReportHeader
from baselint.report import json_report, text_report
from baselint.terminal import Painter

Format: TypeAlias = Callable[[ReportHeader, Iterable[AccountResult]], Iterator[str]]


def _text(painter: Painter) -> Format:
    return lambda header, accounts: text_report.write(header, accounts, painter)


def _json(_painter: Painter) -> Format:
    return json_report.write


FORMATS: Mapping[str, Callable[[Painter], Format]] = {"text": _text, "json": _json}
"""Each format by name; a new one is one module and one line here."""
