"""What other tools make of an account is recognised, refused, and told what to export instead."""

from typing import Any

import pytest

from builders import complete_snapshot, report_csv, root_row
from snapshotting import recognise_one

RAW = "give the account's own exports; 'baselint list exports' names the commands"
CASES: list[tuple[str, Any, str]] = [
    ("plan", {"format_version": "1.2", "planned_values": {"root_module": {}}}, "this is a Terraform plan"),
    ("state", {"version": 4, "terraform_version": "1.9.0", "serial": 3, "resources": []}, "this is a Terraform state"),
    ("show", {"format_version": "1.0", "values": {"root_module": {}}}, "this is a Terraform state"),
    ("steampipe", {"columns": [{"name": "a"}], "rows": [{"a": 1}]}, "these are rows of Steampipe"),
    ("old steampipe", [{"account_id": "111122223333", "_ctx": {"connection_name": "aws"}}], "these are rows of Steampipe"),
    ("rules", {"EvaluationResults": [{"ComplianceType": "COMPLIANT"}]}, "these are results of AWS Config rules"),
    ("compliance", {"ComplianceByConfigRules": []}, "these are results of AWS Config rules"),
    ("config", {"fileVersion": "1.0", "configurationItems": []}, "this is an AWS Config snapshot"),
    ("ocsf", [{"class_uid": 2004, "metadata": {"event_code": "iam_root_mfa_enabled"}}], "these are findings of Prowler"),
    ("ocsf line", {"class_uid": 2004, "metadata": {"event_code": "x"}}, "these are findings of Prowler"),
    ("prowler csv", "AUTH_METHOD;TIMESTAMP;ACCOUNT_UID\n;2026-11-01;1\n", "these are findings of Prowler"),
    ("ocsf bare csv", "AUTH_METHOD,TIMESTAMP,ACCOUNT_UID\n,2026,1\n", "these are findings of Prowler"),
    ("prowler tab", "AUTH_METHOD\tTIMESTAMP\tACCOUNT_UID\n\t2026\t1\n", "these are findings of Prowler"),
    ("prowler 2", "PROFILE,ACCOUNT_NUM,REGION,TITLE_ID\nx,1,us-east-1,1.1\n", "these are findings of Prowler"),
    ("prowler 3 csv", "ASSESSMENT_START_TIME;FINDING_UNIQUE_ID;PROVIDER\nx;y;aws\n", "these are findings of Prowler"),
    ("prowler 3", [{"AssessmentStartTime": "2023-01-01", "CheckID": "iam_root", "Status": "PASS"}], "these are findings of Prowler"),
    ("asff", [{"SchemaVersion": "2018-10-08", "ProductFields": {}, "Compliance": {}}], "these are findings of Prowler"),
    ("security hub", {"Findings": [{"SchemaVersion": "2018-10-08", "ProductFields": {}, "Compliance": {}}]}, "these are findings of Prowler"),
    ("by resource", {"ComplianceByResources": [{"ResourceType": "AWS::::Account"}]}, "these are results of AWS Config rules"),
    ("aggregated", {"AggregateEvaluationResults": []}, "these are results of AWS Config rules"),
    ("aggregated rules", {"AggregateComplianceByConfigRules": []}, "these are results of AWS Config rules"),
    ("query", {"Results": ["{}"], "QueryInfo": {"SelectFields": []}}, "this is the answer of an AWS Config query"),
    ("steampipe selected", [{"account_mfa_enabled": True, "account_access_keys_present": 0}], "these are rows of Steampipe"),
    ("steampipe report", [{"user_name": "<root_account>", "user_arn": "arn", "mfa_active": True}], "these are rows of Steampipe"),
    ("empty show", {"format_version": "1.0"}, "this is a Terraform state"),
    ("state 3", {"version": 3, "terraform_version": "0.11.1", "modules": []}, "this is a Terraform state"),
    ("scout", "scoutsuite_results =\n{\"account_id\": \"1\"}", "this is a result file of ScoutSuite"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_file_of_another_tool_is_refused_with_the_reason_and_the_cure(content: Any, words: str) -> None:
    file = recognise_one(content, "account-summary.json")
    assert file.export is None
    assert file.reason is not None
    assert file.reason.startswith(words)
    assert file.reason.endswith(RAW)


@pytest.mark.parametrize(
    "content",
    [{"metadata": 1, "class_uid": 2}, [], [1], {"columns": []}, "scoutsuite_results", {"Findings": []}, "PROFILE,x"],
)
def test_nothing_else_is_taken_for_one(content: Any) -> None:
    assert RAW not in str(recognise_one(content).reason)


def test_no_export_is_taken_for_one() -> None:
    for name, content in {**complete_snapshot(), "report.csv": report_csv(root_row())}.items():
        assert recognise_one(content, name).export is not None
