"""Replaces names in reports that are at hand as a whole: one set of aliases for all of them."""

from baselint.report.document import HeaderDocument, ProblemDocument, Report
from baselint.report.redaction import Redactor


def redacted(*reports: Report) -> tuple[Report, ...]:
    """Return the reports without names; the same name has the same alias in each.

    Messages of problems may name users that no finding is about and so nobody knows here: their reasons stand in their place.
    """
    everything: HeaderDocument = {
        **reports[0].header,
        "baselines": [item for report in reports for item in report.header["baselines"]],
        "missing_accounts": [item for report in reports for item in report.header["missing_accounts"]],
    }
    redactor = Redactor(everything, [account for report in reports for account in report.accounts])
    return tuple(
        Report(
            redactor.header({**report.header, "problems": [_reason(item) for item in report.header["problems"]]}),
            tuple(redactor.account(account) for account in report.accounts),
            report.minimum_severity,
            report.requirements,
        )
        for report in reports
    )


def _reason(problem: ProblemDocument) -> ProblemDocument:
    return {**problem, "message": problem["reason"].replace("-", " ")}
