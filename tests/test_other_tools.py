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
    ("scout", "scoutsuite_results =\n{\"account_id\": \"1\"}", "this is a result file of ScoutSuite"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_file_of_another_tool_is_refused_with_the_reason_and_the_cure(content: Any, words: str) -> None:
    file = recognise_one(content, "account-summary.json")
    assert file.export is None
    assert file.reason is not None
    assert file.reason.startswith(words)
    assert file.reason.endswith(RAW)


@pytest.mark.parametrize("content", [{"metadata": 1, "class_uid": 2}, [], [1], {"columns": []}, "scoutsuite_results"])
def test_nothing_else_is_taken_for_one(content: Any) -> None:
    assert RAW not in str(recognise_one(content).reason)


def test_no_export_is_taken_for_one() -> None:
    for name, content in {**complete_snapshot(), "report.csv": report_csv(root_row())}.items():
        assert recognise_one(content, name).export is not None
