"""The report as lines of JSON, for pipes: first the run, then a line for each finding, unread file, missing account and problem."""

import json
from collections.abc import Iterator

from baselint.finding import Status
from baselint.report.document import Report
from baselint.report.shown import MISSING_ACCOUNT, MISSING_TEXT


def write(report: Report) -> Iterator[str]:
    """Yield one line at a time; ``record`` tells what a line is about."""
    header = report.header
    run = {key: value for key, value in header.items() if key not in {"problems", "missing_accounts"}}
    yield _line({"record": "run", **run})
    for account in report.accounts:
        about = {
            "record": "finding",
            "as_of": header["as_of"],
            "account": account["id"],
            "partition": account["partition"],
            "account_kind": account["kind"],
            "account_name": account["name"],
        }
        yield "".join(_line({**about, **finding}) for finding in account["findings"])
        unread = {"record": "unrecognised", "as_of": header["as_of"], "account": account["id"]}
        yield "".join(_line({**unread, **item}) for item in account["unrecognised"])
    for missing in header["missing_accounts"]:
        lacking = {"status": Status.UNKNOWN.value, "reason": MISSING_ACCOUNT, "message": MISSING_TEXT}
        yield _line({"record": MISSING_ACCOUNT, "as_of": header["as_of"], "account": missing, **lacking})
    for problem in header["problems"]:
        yield _line({"record": "problem", "as_of": header["as_of"], **problem})


def _line(value: object) -> str:
    """Write JSON in ASCII, so that no text in it can steer a terminal or break a line."""
    return json.dumps(value) + "\n"
