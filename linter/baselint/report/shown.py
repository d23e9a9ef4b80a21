"""What formats for people share: the order of verdicts, what is hidden, and the counts in words."""

from baselint.finding import Reason, Status
from baselint.model import Severity
from baselint.report.document import FindingDocument, HeaderDocument, Report, ValueDocument

WORST_FIRST = (Status.FAIL, Status.UNKNOWN, Status.MANUAL, Status.EXCEPTED, Status.PASS, Status.NOT_APPLICABLE)
"""The verdicts in the order in which a person looks at them."""

RANKS = {status.value: position for position, status in enumerate(WORST_FIRST)}
"""Position of each verdict in that order."""

BY_ATTESTATION = (Reason.ATTESTED, Reason.ATTESTED_FAIL, Reason.ATTESTATION_LAPSED)
"""Why a verdict rests on what a person stated."""

GOOD = (Status.PASS, Status.NOT_APPLICABLE)
"""The verdicts that ask nobody to do anything."""


MISSING_ACCOUNT = "missing-account"
"""The word for an account that was expected and is not there, where a format needs the name of a check."""

MISSING_TEXT = "the account was expected, and no export of it was read: everything about it is unknown"
"""What is said of such an account."""


UNJUDGED_ACCOUNT = "account-not-judged"
UNJUDGED_TEXT = "no baseline is meant for the account: nothing there was judged"
"""The same for an account that is there, and that no baseline asks anything of; it has no status."""


def is_hidden(finding: FindingDocument, report: Report) -> bool:
    """Tell whether a finding is less severe than the run was asked to show."""
    least = report.minimum_severity
    return least is not None and Severity(finding["severity"]).rank > least.rank


def summary_line(header: HeaderDocument) -> str:
    """Return every count in one line, on verdicts nobody has looked at as well."""
    counts = header["summary"]
    parts = [f"{counts[status.value]} {status}" for status in Status]
    looked = f" ({counts['manual']} nobody has looked at)" if counts["manual"] else ""
    missing = len(header["missing_accounts"])
    lacking = f"; {missing} expected account{'' if missing == 1 else 's'} missing" if missing else ""
    ignored = "; EXCEPTIONS IGNORED" if header["exceptions_ignored"] else ""
    redacted = "; names and ids replaced by aliases" if header["redacted"] else ""
    number = counts["accounts"]
    return f"{number} account{'' if number == 1 else 's'}: {', '.join(parts)}{looked}{lacking}{ignored}{redacted}"


def scope_line(header: HeaderDocument) -> str:
    """Say how the accounts compare with the list of those that were expected; nothing where there is no list."""
    found = header["account_list"]
    if found is None:
        return ""
    parts = [f"{found['present']} present", f"{len(header['missing_accounts'])} missing"]
    if found["inactive"]:
        parts.append(f"{len(found['inactive'])} more not active, and not expected")
    if found["unexpected"]:
        parts.append(f"{len(found['unexpected'])} of this report not in the list")
    return f"accounts by {found['path']}: {found['expected']} expected, {', '.join(parts)}"


def hidden_line(number: int, report: Report) -> str:
    """Say how many findings are less severe than the run was asked to show."""
    return f"{number} finding(s) below {report.minimum_severity} are not shown; they are counted"


def value_words(value: ValueDocument) -> str:
    """Return a value of a fact as a person reads it."""
    if isinstance(value, dict):
        return f"{value['low']} to {value['high']}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "none" if value is None else str(value)


def repository_path(path: str) -> str | None:
    """Return a path that a forge can show, or None for a file of the library or outside of the working directory."""
    return None if path.startswith(("<", "../", "/")) or not path else path
