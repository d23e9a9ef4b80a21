"""The truth table: every folder in ``tests/examples`` is an account with the verdict that its name states."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from baselint.configuration import Configuration
from baselint.finding import Status
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library
from conftest import Cli

EXAMPLES = Path(__file__).parent / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/*/case.yaml"))
AS_OF = "2026-11-02"
DECIDED = {Status.PASS, Status.FAIL}


def _library() -> PolicyLibrary:
    return open_library(Configuration(policies=None))


def _controls() -> list[Control]:
    library = _library()
    return [library.control(name) for name in library.ids(PolicyKind.CONTROL)]


def _name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def _status(folder: Path) -> Status:
    found = [status for status in Status if folder.name.startswith(f"{status}-")]
    assert len(found) == 1, f"{_name(folder)}: the name must begin with a status"
    return found[0]


def _lint(
    folder: Path, directory: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, *drop: str
) -> tuple[int, dict[str, Any]]:
    """Lint a copy of a folder's snapshot, without the dropped files, against a baseline that selects its control only."""
    case = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    control = folder.parent.name
    shutil.copytree(folder / "snapshot", directory / "snapshot")
    for name in drop:
        (directory / "snapshot" / name).unlink()
    selection = {"id": control} | ({"parameters": case["parameters"]} if "parameters" in case else {})
    baseline = {
        "kind": "baseline",
        "id": "case",
        "title": "Case",
        "version": "1",
        "owner": "tests",
        "controls": [selection],
    }
    if "exceptions" in case:
        baseline["exceptions"] = case["exceptions"]
    files: dict[str, Any] = {"baselines/case.yaml": baseline}
    if "attestations" in case:
        files["attestations/case.yaml"] = {"kind": "attestations", "attestations": case["attestations"]}
    for name, content in files.items():
        path = directory / "policies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.chdir(directory)
    as_of = case.get("as_of", AS_OF)
    result = cli("lint", "-b", "case", "--as-of", as_of, "--format", "json", "snapshot")
    assert result.code in {0, 1}, result.err
    return result.code, json.loads(result.out)


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_an_example_gets_the_verdict_its_name_states(
    folder: Path, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    code, report = _lint(folder, tmp_path, cli, monkeypatch)
    (account,) = report["accounts"]
    (finding,) = account["findings"]
    assert (finding["status"], finding["control"]) == (_status(folder), folder.parent.name), finding["message"]
    if case["reason"] is not None:
        assert finding["reason"] == case["reason"], finding["message"]
    for words in case.get("says", ()):
        assert words in finding["message"]
    assert code == (1 if finding["status"] in {"fail", "unknown"} else 0)
    paths = {export["path"] for export in account["exports"]}
    assert {item["export"] for item in finding["evidence"]} <= paths
    if finding["status"] in DECIDED and not finding["reason"].startswith("attested"):
        assert finding["evidence"], "a verdict by facts shows its evidence"
    if finding["status"] == Status.UNKNOWN:
        assert finding["export_again"], "an unknown says how to cure it"


@pytest.mark.parametrize("control", _controls(), ids=lambda control: control.id)
def test_every_control_has_the_examples_it_needs(control: Control) -> None:
    present = {_status(folder) for folder in FOLDERS if folder.parent.name == control.id}
    if control.retired is not None:
        assert Status.NOT_APPLICABLE in present
    elif control.check is not None and control.check.expect:
        undecided = {Status.MANUAL, Status.UNKNOWN} if control.check.or_attest else {Status.UNKNOWN}
        assert {Status.PASS} <= present
        assert present & undecided
        assert Status.FAIL in present
    else:
        assert {Status.PASS, Status.FAIL, Status.MANUAL} <= present


def test_every_example_is_of_a_control_that_exists() -> None:
    assert {folder.parent.name for folder in FOLDERS} == {control.id for control in _controls()}
    folders = {path for path in EXAMPLES.glob("*/*") if path.is_dir()}
    assert folders == set(FOLDERS), "every folder has a case.yaml"


def _passes_by_facts(folder: Path) -> bool:
    case = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    return _status(folder) is Status.PASS and case["reason"] == "expectation-met"


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if _passes_by_facts(folder)], ids=_name)
def test_a_pass_does_not_survive_the_loss_of_its_evidence(
    folder: Path, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the files that the finding names as evidence, the same account must not pass."""
    _, report = _lint(folder, tmp_path / "whole", cli, monkeypatch)
    (account,) = report["accounts"]
    decisive = {Path(item["export"]).relative_to("snapshot").as_posix() for item in account["findings"][0]["evidence"]}
    directory = tmp_path / "bare"
    shutil.copytree(folder / "snapshot", directory / "extra" / "111122223333")
    for name in decisive:
        (directory / "extra" / "111122223333" / name.removeprefix("111122223333/")).unlink(missing_ok=True)
        (directory / "extra" / "111122223333" / name).unlink(missing_ok=True)
    identity = {"UserId": "AIDA", "Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/auditor"}
    (directory / "extra" / "111122223333" / "whoami.json").write_text(json.dumps(identity), encoding="utf-8")
    baseline = {"kind": "baseline", "id": "case", "title": "Case", "version": "1", "owner": "tests"}
    path = directory / "policies" / "baselines" / "case.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(baseline | {"controls": [{"id": folder.parent.name}]}), encoding="utf-8")
    monkeypatch.chdir(directory)
    result = cli("lint", "-b", "case", "--as-of", AS_OF, "--format", "json", "extra")
    (bare,) = json.loads(result.out)["accounts"]
    assert bare["findings"][0]["status"] in {"unknown", "manual"}
