"""The report as JSON: public, versioned, described by ``schema/report.schema.json``; streams account by account."""

import json
from collections.abc import Iterator

from baselint.report.document import Report
from baselint.terminal import spelt_out

_BEHIND = ("account_list", "missing_accounts", "problems", "summary")
"""What stands behind the accounts."""


def write(report: Report) -> Iterator[str]:
    """Yield the report in pieces; the pieces together are one JSON document."""
    header = report.header.items()
    opening = {key: value for key, value in header if key not in _BEHIND}
    yield _dump(opening).removesuffix("\n}") + ',\n  "accounts": ['
    first = True
    for account in report.accounts:
        yield ("" if first else ",") + "\n" + _indent(_dump(account), "    ")
        first = False
    closing = {key: value for key, value in header if key in _BEHIND}
    yield ("]" if first else "\n  ]") + ",\n" + _dump(closing).removeprefix("{\n") + "\n"


def _dump(value: object) -> str:
    """Write JSON; what could steer a terminal, or cannot be encoded, stands escaped."""
    return spelt_out(json.dumps(value, indent=2, ensure_ascii=False))


def _indent(text: str, prefix: str) -> str:
    return "\n".join(prefix + line for line in text.split("\n"))
