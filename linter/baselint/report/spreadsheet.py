"""Writes rows as CSV that stays data in a spreadsheet: no cell is a formula."""

import csv
import io
import re
from collections.abc import Iterable

from baselint.terminal import clean

_FORMULA = re.compile(r"[\t\n]|\s*[=+\-@'\uff1d\uff0b\uff0d\uff20]")
"""How a formula begins, in the signs of East Asian keyboards as well; an apostrophe is told from our own by a second one."""


def rows(values: Iterable[Iterable[str | int | None]]) -> str:
    """Return lines of CSV, every cell in quotes."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([map(_cell, row) for row in values])
    return text.getvalue()


def _cell(value: str | int | None) -> str:
    """Put an apostrophe before what a spreadsheet would compute, and leave out what only machines see."""
    if value is None:
        return ""
    text = clean(str(value))
    return f"'{text}" if _FORMULA.match(text) else text
