"""What a run needs of the policy: every file that takes part is checked, and no other."""

from pathlib import Path

import pytest

from baselint.errors import PolicyError
from baselint.policy.prepare import prepare
from policytree import BASELINE, library, tree

CHILD = 'kind: baseline\nid: child\ntitle: T\nversion: "1"\nowner: o\nextends: [base]\ncontrols:\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_prepare_tells_the_broken_controls_that_only_a_parent_selects(here: Path) -> None:
    tree(
        here,
        controls__g__length="kind: control\nid: [\n",
        controls__g__keys="kind: control\nid: {\n",
        baselines__child=CHILD + "  - id: review\n",
    )
    opened = library(here)
    with pytest.raises(PolicyError) as caught:
        prepare([opened.baseline("child")], opened)
    assert {item.location.path for item in caught.value.diagnostics} == {
        "policies/controls/g/length.yaml",
        "policies/controls/g/keys.yaml",
    }


def test_prepare_does_not_read_a_control_that_the_child_excludes(here: Path) -> None:
    tree(
        here,
        controls__g__keys="kind: control\nid: [\n",
        baselines__child=CHILD + "  - {id: keys, exclude: true, reason: x}\n",
    )
    opened = library(here)
    (found,) = prepare([opened.baseline("child")], opened).baselines
    assert [item.control.id for item in found.controls] == ["length", "review"]


def test_prepare_returns_the_attestations_and_lets_warnings_pass(here: Path) -> None:
    attestation = (
        "kind: attestations\nattestations:\n  - {control: length, accounts: ['111122223333'], outcome: fail, "
        "statement: s, by: b, date: '2026-01-01'}\n"
    )
    opened = library(tree(here, attestations__a=attestation, baselines__base=BASELINE.replace('"1"', "1.10")))
    prepared = prepare([opened.baseline("base")], opened)
    assert [(item.control, item.outcome) for item in prepared.attestations] == [("length", "fail")]
    assert [item.baseline.version for item in prepared.baselines] == ["1.10"]
