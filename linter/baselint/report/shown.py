"""What formats for people share: the order of verdicts, what is hidden, and the counts in words."""

from baselint.finding import Status
from baselint.model import Severity
from baselint.report.document import FindingDocument, HeaderDocument, Report

WORST_FIRST = (Status.FAIL, Status.UNKNOWN, Status.MANUAL, Status.EXCEPTED, Status.PASS, Status.NOT_APPLICABLE)
"""The verdicts in the order in which a person looks at them."""

RANKS = {status.value: position for position, status in enumerate(WORST_FIRST)}
"""Position of each verdict in that order."""

GOOD = (Status.PASS, Status.NOT_APPLICABLE)
"""The verdicts that ask nobody to do anything."""


def is_hidden(finding: FindingDocument, report: Report) -> bool:
    """Tell whether a finding is less severe than the run was asked to show."""
    least = report.minimum_severity
    return least is not None and Severity(finding["severity"]).rank > least.rank


def summary_line(header: HeaderDocument) -> str:
    """Return every count in one line, on verdicts nobody has looked at as well."""
    counts = header["summary"]
    parts = [f"{counts[status.value]} {status}" for status in Status]
    looked = f" ({counts['manual']} nobody has looked at)" if counts["manual"] else ""
    ignored = "; EXCEPTIONS IGNORED" if header["exceptions_ignored"] else ""
    number = counts["accounts"]
    return f"{number} account{'' if number == 1 else 's'}: {', '.join(parts)}{looked}{ignored}"
