"""The report as CSV, one row for each account, baseline and control."""

from collections.abc import Iterator, Mapping

from baselint.finding import Status
from baselint.report.document import AccountDocument, FindingDocument, Report
from baselint.report.shown import MISSING_ACCOUNT, MISSING_TEXT, UNJUDGED_ACCOUNT, UNJUDGED_TEXT
from baselint.report.spreadsheet import rows

COLUMNS = (
    "as_of",
    "account",
    "account_name",
    "partition",
    "account_kind",
    "baseline",
    "baseline_version",
    "control",
    "title",
    "severity",
    "status",
    "reason",
    "requirement",
    "observed",
    "notes",
    "subjects",
    "evidence",
    "exception",
    "exception_expires",
    "without_exception",
    "attested_by",
    "attested_on",
    "fix",
    "export_again",
    "exceptions_ignored",
    "path",
    "line",
    "help",
    "exception_in_force",
)
"""The columns in their order; new ones are added at the end."""


def write(report: Report) -> Iterator[str]:
    """Yield the head, the rows of one account after the other, and a row for each account that is missing.

    An account that no baseline is meant for has one row without a status, so that it is not taken for judged.
    """
    header = report.header
    ignored = _word(value=header["exceptions_ignored"])
    versions = {item["id"]: item["version"] for item in header["baselines"]}
    yield rows([COLUMNS])
    for account in report.accounts:
        about = {
            "as_of": header["as_of"],
            "account": account["id"],
            "account_name": account["name"],
            "partition": account["partition"],
            "account_kind": account["kind"],
            "exceptions_ignored": ignored,
        }
        yield _rows(about, account, versions)
    for missing in header["missing_accounts"]:
        row = {"as_of": header["as_of"], "account": missing, "status": Status.UNKNOWN.value, "reason": MISSING_ACCOUNT}
        yield rows([map({**row, "observed": MISSING_TEXT, "exceptions_ignored": ignored}.get, COLUMNS)])


def _rows(about: Mapping[str, str | None], account: AccountDocument, versions: Mapping[str, str]) -> str:
    return rows(
        map({**about, "baseline_version": versions.get(finding["baseline"]), **_row(finding)}.get, COLUMNS)
        for finding in account["findings"]
    ) or rows([map({**about, "reason": UNJUDGED_ACCOUNT, "observed": UNJUDGED_TEXT}.get, COLUMNS)])


def _row(finding: FindingDocument) -> dict[str, str | int | None]:
    exception, attestation = finding["exception"], finding["attestation"]
    exports = (item["export"] for item in (*finding["evidence"], *finding["subjects"]) if item["export"])
    return {
        "baseline": finding["baseline"],
        "control": finding["control"],
        "title": finding["title"],
        "severity": finding["severity"],
        "status": finding["status"],
        "reason": finding["reason"],
        "requirement": finding["requirement"],
        "observed": finding["observed"],
        "notes": "\n".join(finding["notes"]),
        "subjects": len(finding["subjects"]),
        "evidence": "\n".join(dict.fromkeys(exports)),
        "exception": exception["id"] if exception else None,
        "exception_expires": exception["expires"] if exception else None,
        "without_exception": exception["underlying"] if exception else None,
        "exception_in_force": _word(value=exception["in_force"]) if exception else None,
        "attested_by": attestation["by"] if attestation else None,
        "attested_on": attestation["date"] if attestation else None,
        "fix": finding["fix"],
        "export_again": finding["export_again"],
        "path": finding["location"]["path"],
        "line": finding["location"]["line"],
        "help": finding["help"],
    }


def _word(*, value: bool) -> str:
    return "yes" if value else "no"
