"""check-jsonschema as a second opinion on our schemas, on our policy files, on our examples and on our reports."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from repository import PAGES, POLICIES, ROOT, Block, code_blocks, run

SCHEMAS = sorted((ROOT / "schema").glob("*.json"))
CONTROL = ROOT / "policies/controls/root-user/root-mfa.yaml"


def schema_of(kind: str) -> Path:
    return ROOT / "schema" / f"{kind}.schema.json"


def refusal(schema: Path, *files: Path) -> str:
    """What check-jsonschema has against the files; empty when they fit."""
    result = run("check-jsonschema", "--schemafile", schema, *files)
    assert result.returncode in {0, 1}, result.stderr
    return result.stdout + result.stderr if result.returncode else ""


def change(path: Path, target: Path, **changes: Any) -> Path:
    """Write a YAML file anew with some of its keys changed."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    target.write_text(yaml.safe_dump({**data, **changes}), encoding="utf-8")
    return target


def report_of(snapshot: Path) -> dict[str, Any]:
    result = run("baselint", "lint", "--format", "json", "--as-of", "2026-11-23", "--fail-on", "never", snapshot)
    assert result.returncode == 0, result.stderr
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def examples() -> list[Block]:
    """Whole files of ours in the Markdown pages: those whose first key is ``kind``."""
    pages = [ROOT / "README.md", *PAGES]
    blocks = [block for page in pages for block in code_blocks(page) if block.language in {"yaml", "json"}]
    return [block for block in blocks if (yaml.safe_load(block.code) or {}).get("kind")]


def test_every_schema_is_a_schema() -> None:
    result = run("check-jsonschema", "--check-metaschema", *SCHEMAS)
    assert result.returncode == 0, result.stdout
    assert {path.name.removesuffix(".schema.json") for path in SCHEMAS} == {
        "attestations",
        "baseline",
        "control",
        "framework",
        "report",
        "snapshot-manifest",
    }


def test_a_broken_schema_is_refused(tmp_path: Path) -> None:
    schema = json.loads(schema_of("control").read_text(encoding="utf-8")) | {"type": "mapping"}
    broken = tmp_path / "broken.schema.json"
    broken.write_text(json.dumps(schema), encoding="utf-8")
    result = run("check-jsonschema", "--check-metaschema", broken)
    assert result.returncode == 1
    assert "'mapping' is not valid" in result.stdout


@pytest.mark.parametrize(
    "kind", sorted({yaml.safe_load(path.read_text(encoding="utf-8"))["kind"] for path in POLICIES})
)
def test_every_policy_file_fits_the_schema_of_its_kind(kind: str) -> None:
    files = [path for path in POLICIES if yaml.safe_load(path.read_text(encoding="utf-8"))["kind"] == kind]
    assert refusal(schema_of(kind), *files) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"severitty": "high"}, "'severitty' was unexpected"),
        ({"severity": "urgent"}, "'urgent' is not one of"),
        ({"title": 7}, "7 is not of type 'string'"),
        ({"verified": "yesterday"}, "'yesterday' does not match"),
    ],
)
def test_a_broken_control_is_refused(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    assert words in refusal(schema_of("control"), change(CONTROL, tmp_path / "broken.yaml", **changes))


@pytest.mark.parametrize("block", examples(), ids=lambda block: f"{block.path.name}-{block.line}")
def test_every_whole_example_in_the_pages_fits_the_schema_of_its_kind(tmp_path: Path, block: Block) -> None:
    example = tmp_path / f"example.{block.language}"
    example.write_text(block.code, encoding="utf-8")
    assert refusal(schema_of(yaml.safe_load(block.code)["kind"]), example) == ""


def test_the_pages_show_a_whole_baseline_and_a_whole_manifest() -> None:
    assert {yaml.safe_load(block.code)["kind"] for block in examples()} >= {"baseline", "snapshot-manifest"}


@pytest.mark.parametrize("snapshot", sorted((ROOT / "examples").iterdir()), ids=lambda path: path.name)
def test_the_report_of_every_sample_account_fits_its_schema(tmp_path: Path, snapshot: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps(report_of(snapshot)), encoding="utf-8")
    assert refusal(schema_of("report"), report) == ""


@pytest.mark.parametrize(
    ("place", "changes", "words"),
    [
        ("report", {"schema_version": 2}, "1 was expected"),
        ("report", {"generated_at": "2026-11-23"}, "'generated_at' was unexpected"),
        ("finding", {"status": "passed"}, "'passed' is not one of"),
        ("finding", {"reason": "because"}, "'because' is not one of"),
        ("export", {"sha256": "0"}, "'0' does not match"),
    ],
)
def test_a_broken_report_is_refused(tmp_path: Path, place: str, changes: dict[str, Any], words: str) -> None:
    data = report_of(ROOT / "examples/111122223333")
    account = data["accounts"][0]
    {"report": data, "finding": account["findings"][0], "export": account["exports"][0]}[place].update(changes)
    report = tmp_path / "report.json"
    report.write_text(json.dumps(data), encoding="utf-8")
    assert words in refusal(schema_of("report"), report)
