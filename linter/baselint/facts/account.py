"""Facts of the account and of its exports."""

from baselint.evidence import ExportKind
from baselint.facts.definition import FactDefinition, FactType

_REPORT = ExportKind.CREDENTIAL_REPORT
_SUMMARY = ExportKind.ACCOUNT_SUMMARY
_CALLER = ExportKind.CALLER_IDENTITY
_BOOLEAN = FactType.BOOLEAN
_INTEGER = FactType.INTEGER
_TEXT = FactType.TEXT

ACCOUNT = (
    FactDefinition("account.partition", _TEXT, "the partition of the account", (_REPORT, _CALLER)),
    FactDefinition("exports.made_by_root", _BOOLEAN, "exports made by the root user", (_CALLER,)),
    FactDefinition("credential_report.age_days", _INTEGER, "the age of the credential report", (_REPORT,), unit="days"),
    FactDefinition(
        "credential_report.complete",
        _BOOLEAN,
        "the credential report",
        (_REPORT, _SUMMARY),
        words=("complete", "incomplete"),
    ),
)
