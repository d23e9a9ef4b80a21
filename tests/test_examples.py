"""The truth table: every folder in ``tests/examples`` is an account with the verdict that its name states."""

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from baselint.configuration import Configuration
from baselint.finding import Status
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from builders import ACCOUNT, caller, virtual_devices
from conftest import Cli

EXAMPLES = Path(__file__).parent / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/*/case.yaml"))
AS_OF = "2026-11-02"
BASELINE = "policies/baselines/case.yaml"
CONFIGURATION = '[tool.baselint]\npolicies = "policies"\nlibrary = true\n'
REQUIRED = {"row", "why", "reason", "says"}
ALLOWED = REQUIRED | {"as_of", "parameters", "exceptions", "attestations", "subjects", "elsewhere"}
BY_FACTS = {"expectation-met", "expectation-not-met"}
BY_ATTESTATION = {"attested", "attested-fail", "attestation-lapsed", "no-attestation"}
FAILING = {"fail", "unknown"}


def _controls() -> list[Control]:
    library = open_library(Configuration(policies=None))
    return [library.control(name) for name in library.ids(PolicyKind.CONTROL)]


def _name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def _status(folder: Path) -> Status:
    found = [status for status in Status if folder.name.startswith(f"{status}-")]
    assert len(found) == 1, f"{_name(folder)}: the name must begin with a status"
    return found[0]


@cache
def _case(folder: Path) -> dict[str, Any]:
    return yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))


def _write_policies(folder: Path, directory: Path) -> None:
    """Write a project whose baseline selects the folder's control only."""
    case, control = _case(folder), folder.parent.name
    selection = {"id": control, **({"parameters": case["parameters"]} if "parameters" in case else {})}
    about = {"kind": "baseline", "id": "case", "title": "Case", "version": "1", "owner": "tests"}
    baseline = about | {"controls": [selection], **({"exceptions": case["exceptions"]} if "exceptions" in case else {})}
    files: dict[str, Any] = {BASELINE: baseline}
    if "attestations" in case:
        attestations = {"kind": "attestations", "attestations": case["attestations"]}
        files["policies/attestations/case.yaml"] = attestations
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    (directory / "pyproject.toml").write_text(CONFIGURATION, encoding="utf-8")


def _lint(folder: Path, cli: Cli) -> tuple[int, dict[str, Any]]:
    """Lint the directory ``snapshot`` under the working directory; there is one account, with one finding."""
    result = cli("lint", "--format", "json", "--as-of", _case(folder).get("as_of", AS_OF), "-b", BASELINE, "snapshot")
    assert result.code in {0, 1}, result.err
    report = json.loads(result.out)
    (account,) = report["accounts"]
    assert account["id"] == ACCOUNT
    assert len(account["findings"]) == 1
    return result.code, account


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder after making its project the working directory."""
    folder: Path = request.param
    shutil.copytree(folder / "snapshot", tmp_path / "snapshot")
    _write_policies(folder, tmp_path)
    monkeypatch.chdir(tmp_path)
    return folder


def _shows_what_a_person_said(case: dict[str, Any], finding: dict[str, Any]) -> None:
    """An exception or attestation that concerns the account at that time is in the report."""
    day = case.get("as_of", AS_OF)[:10]
    exceptions = [item for item in case.get("exceptions", ()) if ACCOUNT in item["accounts"]]
    shown = finding["exception"]
    assert (shown and shown["id"]) == (exceptions[0]["id"] if exceptions else None)
    if shown:
        in_force = shown["approved"] <= day <= shown["expires"]
        assert shown["in_force"] is in_force
        whole = not exceptions[0].get("subjects")
        excepted = whole and in_force and shown["underlying"] in {"fail", "manual"}
        assert (finding["status"] == "excepted") is excepted
    dates = [item["date"] for item in case.get("attestations", ()) if ACCOUNT in item["accounts"]]
    newest = max((date for date in dates if date <= day), default=None)
    if finding["reason"] in BY_FACTS | BY_ATTESTATION:
        assert (finding["attestation"] and finding["attestation"]["date"]) == newest


@pytest.mark.parametrize("project", FOLDERS, ids=_name, indirect=True)
def test_an_example_gets_the_verdict_its_name_states(project: Path, cli: Cli) -> None:
    case = _case(project)
    code, account = _lint(project, cli)
    (finding,) = account["findings"]
    status, sentence = finding["status"], finding["message"].removeprefix(finding["requirement"])
    assert (finding["control"], status, finding["reason"]) == (project.parent.name, _status(project), case["reason"])
    assert [words for words in case["says"] if words not in sentence] == [], sentence
    assert code == (1 if status in FAILING else 0)
    assert {item["id"]: item["observed"] for item in finding["subjects"]} == case.get("subjects", {})
    named = {item["export"] for item in finding["evidence"]}
    assert named <= {export["path"] for export in account["exports"]}
    assert named or case["reason"] not in BY_FACTS, "a verdict by facts shows its evidence"
    assert status != "unknown" or finding["export_again"], "an unknown says how to cure it"
    _shows_what_a_person_said(case, finding)


def test_every_example_says_which_row_it_stands_for() -> None:
    assert [_name(folder) for folder in FOLDERS if not REQUIRED <= _case(folder).keys() <= ALLOWED] == []
    assert [_name(folder) for folder in FOLDERS if not all(_case(folder)[key] for key in REQUIRED)] == []


@pytest.mark.parametrize("control", _controls(), ids=lambda control: control.id)
def test_every_control_has_the_examples_it_needs(control: Control) -> None:
    present = {(_status(folder), _case(folder)["reason"]) for folder in FOLDERS if folder.parent.name == control.id}
    statuses = {status for status, _ in present}
    if control.retired is not None:
        assert statuses == {Status.NOT_APPLICABLE}
        return
    assert control.check is not None
    if control.check.expect:
        assert (Status.PASS, "expectation-met") in present
        undecided = Status.MANUAL if control.check.or_attest else Status.UNKNOWN
        assert {Status.FAIL, undecided} <= statuses
    if control.check.attestation is not None:
        attested = {(Status.PASS, "attested"), (Status.FAIL, "attested-fail"), (Status.MANUAL, "no-attestation")}
        assert attested <= present


def test_every_example_is_of_a_control_that_exists() -> None:
    assert {folder.parent.name for folder in FOLDERS} == {control.id for control in _controls()}
    folders = {path for path in EXAMPLES.glob("*/*") if path.is_dir()}
    assert folders == set(FOLDERS), "every folder has a case.yaml"


PASSING = [folder for folder in FOLDERS if _status(folder) is Status.PASS and _case(folder)["reason"] in BY_FACTS]


@pytest.mark.parametrize("project", PASSING, ids=_name, indirect=True)
def test_a_pass_does_not_survive_the_loss_of_its_evidence(project: Path, cli: Cli) -> None:
    """Without the files that the finding names as evidence, the same account must not pass."""
    _, account = _lint(project, cli)
    decisive = {Path(item["export"]) for item in account["findings"][0]["evidence"]}
    assert decisive
    for path in decisive:
        path.unlink()
    identity = caller(f"arn:{account['partition'] or 'aws'}:iam::{ACCOUNT}:user/auditor")
    if any(item["fact"] == "exports.made_by_root" for item in account["findings"][0]["evidence"]):
        identity = virtual_devices(None)  # a caller would itself be the evidence that was lost
    Path("snapshot/whoami.json").write_text(json.dumps(identity), encoding="utf-8")
    _, bare = _lint(project, cli)
    assert bare["findings"][0]["status"] in {"unknown", "manual"}, bare["findings"][0]["message"]
