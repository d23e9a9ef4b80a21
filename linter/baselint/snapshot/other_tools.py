"""Recognises what other tools make of an account, which is no evidence here, and says what to export instead."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from baselint.snapshot.form import BrokenForm, Form, JsonForm

_RAW = "give the account's own exports; 'baselint list exports' names the commands"


@dataclass(frozen=True, slots=True)
class OtherTool:
    """A kind of file from another tool: how to know it, and why its word does not count."""

    reason: str
    holds: Callable[[Any], bool]


def _has(*keys: str) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, dict) and data.keys() >= set(keys)


def _first(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, list) and bool(data) and test(data[0])


def _either(*tests: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda data: any(test(data) for test in tests)


def _is_ocsf(item: Any) -> bool:
    event = item.get("metadata") if isinstance(item, dict) else None
    return isinstance(event, dict) and "class_uid" in item and "event_code" in event


def _is_asff(item: Any) -> bool:
    """Tell a finding in the format of AWS Security Hub, whoever found it."""
    return isinstance(item, dict) and "Compliance" in item and {"SchemaVersion", "ProductFields"} <= item.keys()


def _is_finding(item: Any) -> bool:
    return _is_ocsf(item) or _is_asff(item) or _has("CheckID", "Status")(item)


def _is_row(item: Any) -> bool:
    """Tell a row of a table of Steampipe, whose columns are in lower case, where the API's fields are not."""
    return isinstance(item, dict) and any(column in item for column in _COLUMNS)


def _is_empty_state(data: Any) -> bool:
    return (
        isinstance(data, dict) and "format_version" in data and data.keys() <= {"format_version", "terraform_version"}
    )


_COLUMNS = (
    "_ctx",
    "sp_connection_name",
    "account_mfa_enabled",
    "account_access_keys_present",
    "user_arn",
    "minimum_password_length",
    "serial_number",
    "contact_type",
)
_FINDINGS = (
    f"these are findings of Prowler or another judge: verdicts with thresholds of their own, not the settings; {_RAW}"
)


def _is_iam_policy(item: Any) -> bool:
    return isinstance(item, dict) and ("PolicyName" in item or "PolicyId" in item)


def _lists_iam_policies(data: Any) -> bool:
    listed = data.get("Policies") if isinstance(data, dict) and "UserDetailList" not in data else None
    return _first(_is_iam_policy)(listed) and "GroupDetailList" not in data


_TOOLS = (
    OtherTool(
        "these are policies of IAM, not the service control policies of the organization; "
        "export those with aws organizations list-policies --filter SERVICE_CONTROL_POLICY",
        _lists_iam_policies,
    ),
    OtherTool(
        f"this is a Terraform plan: what somebody intends, not what the account is; {_RAW}",
        _has("format_version", "planned_values"),
    ),
    OtherTool(
        f"this is a Terraform state: what was true at its last refresh, and it may hold secrets; {_RAW}",
        _either(
            _has("terraform_version", "resources"),
            _has("terraform_version", "modules"),
            _has("format_version", "values"),
            _is_empty_state,
        ),
    ),
    OtherTool(
        f"these are results of AWS Config rules: verdicts with thresholds of their own, not the settings; {_RAW}",
        _either(
            _has("EvaluationResults"),
            _has("AggregateEvaluationResults"),
            _has("ComplianceByConfigRules"),
            _has("AggregateComplianceByConfigRules"),
            _has("ComplianceByResources"),
        ),
    ),
    OtherTool(
        "this is the answer of an AWS Config query, which holds nothing of the root user, the password policy or the "
        f"contacts; {_RAW}",
        _has("Results", "QueryInfo"),
    ),
    OtherTool(
        "this is an AWS Config snapshot, which holds nothing of the root user, the password policy or the contacts; "
        + _RAW,
        _has("configurationItems"),
    ),
    OtherTool(
        f"these are rows of Steampipe, which leaves out what it could not read; {_RAW}",
        _either(_has("columns", "rows"), _first(_is_row)),
    ),
    OtherTool(_FINDINGS, _either(_is_finding, _first(_is_finding))),
    OtherTool(_FINDINGS, lambda data: isinstance(data, dict) and _first(_is_asff)(data.get("Findings"))),
)
_TEXTS: Mapping[str, "re.Pattern[str]"] = {
    f"this is a result file of ScoutSuite: derived, and not as AWS gave it; {_RAW}": re.compile(
        r"\s*scoutsuite_results\s*="
    ),
    _FINDINGS: re.compile(
        r"\"?(?:AUTH_METHOD|ASSESSMENT_START_TIME|FINDING_UID|PROFILE)\"?[;,\t]\"?"
        r"(?:TIMESTAMP|ACCOUNT_UID|FINDING_UNIQUE_ID|ACCOUNT_NUM|ASSESSMENT_DATE|[A-Z]{1,20}_[A-Z_]{1,30})\b"
    ),
}


def name_other_tool(form: Form) -> str | None:
    """Return what a file of another tool is, and what to export instead; None for any other file."""
    if isinstance(form, JsonForm):
        return next((tool.reason for tool in _TOOLS if tool.holds(form.data)), None)
    if isinstance(form, BrokenForm):
        return next((reason for reason, pattern in _TEXTS.items() if pattern.match(form.text)), None)
    return None
