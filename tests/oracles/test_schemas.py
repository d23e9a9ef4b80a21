"""check-jsonschema, which nobody here wrote, judges our schemas, our policy files and our report."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
KINDS = {"controls": "control", "baselines": "baseline", "frameworks": "framework", "attestations": "attestations"}
FILES = sorted(ROOT.joinpath("policies").rglob("*.yaml"))


def check(*arguments: str | Path) -> int:
    return subprocess.run([BIN / "check-jsonschema", *arguments], capture_output=True, check=False).returncode


def schema(name: str) -> Path:
    return ROOT / "schema" / f"{name}.schema.json"


def test_schemas_fit_the_metaschema_and_a_broken_one_does_not(tmp_path: Path) -> None:
    assert check("--check-metaschema", *sorted(ROOT.joinpath("schema").glob("*.json"))) == 0
    broken = tmp_path / "broken.schema.json"
    broken.write_text(schema("baseline").read_text().replace('"type": "object"', '"type": "objekt"', 1))
    assert check("--check-metaschema", broken) == 1


@pytest.mark.parametrize("folder", KINDS)
def test_policy_files_fit_their_schema(folder: str) -> None:
    files = [path for path in FILES if path.relative_to(ROOT / "policies").parts[0] == folder]
    assert not files or check("--schemafile", schema(KINDS[folder]), *files) == 0


def test_a_broken_policy_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    text = (ROOT / "policies/controls/root-user/root-mfa.yaml").read_text()
    path.write_text(text.replace("severity: critical", "severity: worst"))
    assert check("--schemafile", schema("control"), path) == 1


def test_the_report_of_the_sample_fits_its_schema_and_a_broken_one_does_not(tmp_path: Path) -> None:
    done = subprocess.run(
        [BIN / "baselint", "lint", "--as-of", "2026-11-23", "--format", "json", "examples/111122223333"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    path = tmp_path / "report.json"
    path.write_text(done.stdout)
    assert check("--schemafile", schema("report"), path) == 0
    report = json.loads(done.stdout)
    report["accounts"][0]["findings"][0]["status"] = "fine"
    path.write_text(json.dumps(report))
    assert check("--schemafile", schema("report"), path) == 1
