"""The schema of SARIF and Microsoft's multitool judge our logs: either of them passes mistakes that the other finds."""

import json
import os
import platform
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reported import run_all

PACKAGES = Path(__file__).parent / "node_modules" / "@microsoft"
SCHEMA = PACKAGES / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
TOOL = PACKAGES / "sarif-multitool-linux" / "Sarif.Multitool"
FORMATS = ("sarif", "sarif-github")
ACCEPTED = {"SARIF2005", "SARIF2017"}
"""Warnings that want the address of a site, which the package has none of, and a region where a whole file is meant."""


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every log, by a name that says what it is."""
    kept = run_all(FORMATS, tmp_path_factory.mktemp("logs"))
    found = {f"{place.name}-{name}": place / f"{name}.sarif" for place in kept for name in FORMATS}
    assert len(found) == 18
    return found


def schema_mistakes(log: Any) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(log)]


def tool_mistakes(*logs: Path, output: Path) -> list[tuple[str, str, str]]:
    """Return what the multitool found, as file, rule and level; its exit code says nothing, its own log does."""
    TOOL.chmod(0o755)
    words = [TOOL, "validate", *logs, "--output", output, "--log", "ForceOverwrite", "--rule-kind", "Sarif;Ghas"]
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    assert f"{len(logs)} files scanned" in done.stdout, done.stdout + done.stderr
    (run,) = json.loads(output.read_text(encoding="utf-8-sig"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    found = []
    for result in run.get("results", []):
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        uri = place.get("uri") or run["artifacts"][place["index"]]["location"]["uri"]
        usual = rules[result["ruleIndex"]].get("defaultConfiguration", {}).get("level", "warning")
        found.append((f"{Path(uri).parent.name}-{Path(uri).stem}", result["ruleId"], result.get("level", usual)))
    return found


def test_every_log_fits_the_schema(logs: dict[str, Path]) -> None:
    found = {
        name: mistakes for name, path in logs.items() if (mistakes := schema_mistakes(json.loads(path.read_text())))
    }
    assert found == {}


def _wrong_level(run: Any) -> None:
    run["results"][0]["level"] = "critical"


def _wrong_index(run: Any) -> None:
    run["results"][0]["ruleIndex"] = 4711


def _no_message(run: Any) -> None:
    del run["results"][0]["message"]


@pytest.mark.parametrize("damage", [_wrong_level, _no_message])
def test_the_schema_is_awake(logs: dict[str, Path], damage: Callable[[Any], None]) -> None:
    log = json.loads(logs["everything-sarif"].read_text())
    damage(log["runs"][0])
    assert schema_mistakes(log)


@pytest.mark.skipif(platform.system() != "Linux", reason="the package holds a program for each system; this is Linux's")
def test_the_multitool_finds_no_mistake_but_those_that_are_put_in(logs: dict[str, Path], tmp_path: Path) -> None:
    broken = {}
    for damage in (_wrong_index, _no_message):
        log = json.loads(logs["everything-sarif"].read_text())
        damage(log["runs"][0])
        path = tmp_path / damage.__name__ / "broken.sarif"
        path.parent.mkdir()
        path.write_text(json.dumps(log))
        broken[f"{damage.__name__}-broken"] = path
    found = tool_mistakes(*logs.values(), *broken.values(), output=tmp_path / "out.sarif")
    errors = {(name, rule) for name, rule, level in found if level == "error"}
    assert {name for name, _ in errors} == set(broken)
    assert ("_wrong_index-broken", "SARIF1009") in errors
    warnings = {rule for name, rule, level in found if level == "warning" and name in logs}
    assert warnings <= ACCEPTED
