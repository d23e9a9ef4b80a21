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


def _is_prowler(item: Any) -> bool:
    event = item.get("metadata") if isinstance(item, dict) else None
    return isinstance(event, dict) and "class_uid" in item and "event_code" in event


def _is_steampipe(data: Any) -> bool:
    return _has("columns", "rows")(data) or _first(_has("sp_connection_name"))(data) or _first(_has("_ctx"))(data)


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
        lambda data: _has("terraform_version", "resources")(data) or _has("format_version", "values")(data),
    ),
    OtherTool(
        f"these are results of AWS Config rules: verdicts with thresholds of their own, not the settings; {_RAW}",
        lambda data: _has("EvaluationResults")(data) or _has("ComplianceByConfigRules")(data),
    ),
    OtherTool(
        "this is an AWS Config snapshot, which holds nothing of the root user, the password policy or the contacts; "
        + _RAW,
        _has("configurationItems"),
    ),
    OtherTool(f"these are rows of Steampipe, which leaves out what it could not read; {_RAW}", _is_steampipe),
    OtherTool(
        f"these are findings of Prowler: verdicts with thresholds of their own, not the settings; {_RAW}",
        lambda data: _first(_is_prowler)(data) or _is_prowler(data),
    ),
)
_TEXTS: Mapping[str, "re.Pattern[str]"] = {
    f"this is a result file of ScoutSuite: derived, and not as AWS gave it; {_RAW}": re.compile(
        r"\s*scoutsuite_results\s*="
    ),
    f"these are findings of Prowler: verdicts with thresholds of their own, not the settings; {_RAW}": re.compile(
        r'"?(?:AUTH_METHOD|ASSESSMENT_START_TIME|FINDING_UID)"?;'
    ),
}


def name_other_tool(form: Form) -> str | None:
    """Return what a file of another tool is, and what to export instead; None for any other file."""
    if isinstance(form, JsonForm):
        return next((tool.reason for tool in _TOOLS if tool.holds(form.data)), None)
    if isinstance(form, BrokenForm):
        return next((reason for reason, pattern in _TEXTS.items() if pattern.match(form.text)), None)
    return None
