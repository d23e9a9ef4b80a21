"""compliance-trestle and NIST's own schema and constraints judge our OSCAL: the documents one by one, and all four together."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from trestle.common.err import TrestleError
from trestle.core.base_model import OscalBaseModel
from trestle.oscal.assessment_plan import AssessmentPlan
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.catalog import Catalog
from trestle.oscal.profile import Profile

from reported import run_all

MODELS: dict[str, type[OscalBaseModel]] = {
    "oscal-catalog": Catalog,
    "oscal-profile": Profile,
    "oscal-assessment-plan": AssessmentPlan,
    "oscal-assessment-results": AssessmentResults,
}
ACCEPTED = {"OSCAL_VERSION_DIFFERS", "CONSTRAINT_CARDINALITY"}
"""Warnings that say that the judge knows a newer edition, and that no system security plan lies beside the plan."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Directories with the four documents of one report each."""
    return run_all(MODELS, tmp_path_factory.mktemp("oscal"))


def judged(directory: Path) -> list[tuple[str, str]]:
    """Return severity and kind of what NIST's schema and constraints say of the documents of a directory."""
    words = [sys.executable, "-m", "oscal_validate", "package", directory, "--format", "json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    report = json.loads(done.stdout)
    assert len(report["documents"]) == 4
    found = [item for member in report["documents"] for item in member["report"]["findings"]]
    assert (done.returncode == 1) == any(item["severity"] == "ERROR" for item in found)
    return [(item["severity"], item["code"]) for item in found]


def test_trestle_reads_every_document_and_loses_nothing(places: list[Path]) -> None:
    for place in places:
        for name, model in MODELS.items():
            text = place.joinpath(f"{name}.json").read_text()
            read = model.oscal_read(place / f"{name}.json")
            assert read is not None
            assert json.loads(read.oscal_serialize_json().replace("+00:00", "Z")) == json.loads(text)


def test_nist_finds_no_mistake(places: list[Path]) -> None:
    for place in places:
        found = judged(place)
        assert [code for severity, code in found if severity == "ERROR"] == []
        assert {code for severity, code in found if severity == "WARNING"} <= ACCEPTED


def _state(results: Any) -> None:
    results["results"][0]["findings"][0]["target"]["status"]["state"] = "fine"


def _zone(results: Any) -> None:
    results["results"][0]["start"] = "2026-11-02T23:59:59"


def _key(results: Any) -> None:
    results["results"][0]["colour"] = "green"


def _twice(results: Any) -> None:
    observations = results["results"][0]["observations"]
    observations[1]["uuid"] = observations[0]["uuid"]


def broken(places: list[Path], damage: Callable[[Any], None], directory: Path) -> Path:
    """Copy the documents with everything in them, one of them damaged."""
    for name in MODELS:
        document = json.loads(places[0].joinpath(f"{name}.json").read_text())
        if name == "oscal-assessment-results":
            damage(document["assessment-results"])
        directory.joinpath(f"{name}.json").write_text(json.dumps(document))
    return directory


@pytest.mark.parametrize("damage", [_state, _zone, _key])
def test_trestle_is_awake(places: list[Path], damage: Callable[[Any], None], tmp_path: Path) -> None:
    directory = broken(places, damage, tmp_path)
    with pytest.raises(TrestleError):
        AssessmentResults.oscal_read(directory / "oscal-assessment-results.json")


@pytest.mark.parametrize("damage", [_zone, _key, _twice])
def test_nist_is_awake(places: list[Path], damage: Callable[[Any], None], tmp_path: Path) -> None:
    assert any(severity == "ERROR" for severity, _ in judged(broken(places, damage, tmp_path)))
