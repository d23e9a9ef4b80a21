"""Judges snapshots through the command line, and takes the JSON report apart."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from baselint.policy.schema_check import load_schema
from builders import complete_snapshot, report_json, root_row, summary, write
from conftest import Cli

AS_OF = "2026-11-02"
OLD_KEY = {"access_key_1_active": "true", "access_key_1_last_rotated": "2024-01-01T00:00:00Z"}
VALIDATOR = Draft202012Validator(load_schema("report"))


def settle(directory: Path) -> Path:
    """Make a directory a project of its own, whose baseline is ``base``."""
    (directory / "pyproject.toml").write_text('[tool.baselint]\nlibrary = false\nbaseline = "base"\n')
    return directory


def exports(*rows: dict[str, str]) -> dict[str, Any]:
    """A complete snapshot with these users."""
    return complete_snapshot() | {
        "credential-report.json": report_json(root_row(), *rows),
        "account-summary.json": summary(users=len(rows)),
    }


def report(cli: Cli, *arguments: str, code: int | None = None) -> dict[str, Any]:
    """Run ``baselint lint --format json``; the report must fit its schema."""
    result = cli("lint", "--as-of", AS_OF, "--format", "json", *arguments)
    assert result.code == code if code is not None else result.code in {0, 1}, result.err
    found: dict[str, Any] = json.loads(result.out)
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []
    return found


def findings(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The findings of a report by control."""
    return {item["control"]: item for account in found["accounts"] for item in account["findings"]}


def judged(cli: Cli, directory: Path, files: dict[str, Any], control: str) -> dict[str, Any]:
    """Write a snapshot into ``s`` under a project, judge it, and return one finding."""
    write(directory / "s", files)
    return findings(report(cli, "s"))[control]
