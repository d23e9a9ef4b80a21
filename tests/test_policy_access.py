"""Choosing baselines by id and by path: each once, every mistake told."""

from pathlib import Path

import pytest

from baselint.commands.policy_access import chosen_baselines
from baselint.errors import PolicyError, UsageError
from policytree import BASELINE, library, tree


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_baseline_that_is_named_twice_is_chosen_once(here: Path) -> None:
    opened = library(tree(here))
    path = "policies/baselines/base.yaml"
    assert [item.id for item in chosen_baselines(["base", path, "./" + path], opened)] == ["base"]


def test_two_files_with_one_id_are_refused(here: Path) -> None:
    opened = library(tree(here))
    Path("draft").mkdir()
    Path("draft/base.yaml").write_text(BASELINE)
    with pytest.raises(UsageError, match=r"two baselines have the id 'base': policies/baselines/base\.yaml and draft/"):
        chosen_baselines(["base", "draft/base.yaml"], opened)


def test_the_mistakes_of_every_broken_baseline_are_told(here: Path) -> None:
    files = {f"baselines__{name}": BASELINE.replace("base", name).replace("owner", "onwer") for name in ("one", "two")}
    opened = library(tree(here, **files))
    with pytest.raises(PolicyError) as caught:
        chosen_baselines(["one", "base", "two"], opened)
    assert {item.location.path for item in caught.value.diagnostics} == {
        "policies/baselines/one.yaml",
        "policies/baselines/two.yaml",
    }


def test_a_file_with_an_ending_that_nobody_reads_is_a_mistake(here: Path) -> None:
    tree(here)
    Path("policies/attestations").mkdir()
    Path("policies/attestations/review.yml").write_text("kind: attestations\nattestations: []\n")
    with pytest.raises(
        PolicyError, match=r"policies/attestations/review\.yml:1:1: error\[file-name\]: policy files end"
    ):
        library(here)
