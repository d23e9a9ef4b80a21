"""The report as CSV, one row for each user, key or certificate that does not meet a control, could not be judged or is excepted."""

from collections.abc import Iterator

from baselint.finding import Status
from baselint.report.document import AccountDocument, FindingDocument, Report
from baselint.report.shown import MISSING_ACCOUNT, MISSING_TEXT, UNJUDGED_ACCOUNT, UNJUDGED_TEXT
from baselint.report.spreadsheet import rows

COLUMNS = (
    "as_of",
    "account",
    "account_name",
    "baseline",
    "control",
    "title",
    "severity",
    "subject",
    "status",
    "reason",
    "observed",
    "export",
    "pointer",
    "exception",
)
"""The columns in their order; new ones are added at the end."""

_NO_SUBJECT = ""


def write(report: Report) -> Iterator[str]:
    """Yield the head, the rows of one account after the other, and a row for each account that is missing.

    A finding about nobody in particular has one row with an empty subject, and an account that no baseline is meant for one
    without a status, so that nothing looks clean that is not.
    """
    as_of = report.header["as_of"]
    yield rows([COLUMNS])
    for account in report.accounts:
        yield rows(row for finding in account["findings"] for row in _rows(as_of, account, finding))
        if not account["findings"]:
            unjudged = (as_of, account["id"], account["name"], *[None] * 6)
            yield rows([(*unjudged, UNJUDGED_ACCOUNT, UNJUDGED_TEXT, None, None, None)])
    for missing in report.header["missing_accounts"]:
        about = (as_of, missing, *[None] * 6)
        yield rows([(*about, Status.UNKNOWN.value, MISSING_ACCOUNT, MISSING_TEXT, None, None, None)])


def _rows(as_of: str, account: AccountDocument, finding: FindingDocument) -> Iterator[tuple[str | None, ...]]:
    about = (
        as_of,
        account["id"],
        account["name"],
        finding["baseline"],
        finding["control"],
        finding["title"],
        finding["severity"],
    )
    status, reason, exception = finding["status"], finding["reason"], finding["exception"]
    over_all = exception["id"] if exception and status == Status.EXCEPTED else None
    for item in finding["subjects"]:
        yield (*about, item["id"], status, reason, item["observed"], item["export"], item["pointer"], over_all)
    if not finding["subjects"]:
        yield (*about, _NO_SUBJECT, status, reason, finding["observed"], None, None, over_all)
    for view in (exception, *finding["further_exceptions"]):
        for name in view["subjects"] if view else ():
            yield (*about, name, Status.EXCEPTED.value, reason, None, None, None, view["id"] if view else None)
