"""Which files stand on a file: found by its id as a word under the key that can name it, without reading them."""

from pathlib import Path

import pytest

from baselint.policy.kinds import PolicyKind
from baselint.policy.validate import dependents
from policytree import BASELINE, library, tree

EXTENDING = [
    "extends: [base]\n",
    "extends: [other, base]\n",
    'extends: ["base"]\n',
    "extends:\n  - base\n",
    "extends:\n- base\n",
    "extends:\n  # why\n\n  - other\n  - ../baselines/base.yaml\n",
    "extends: [./base.yaml]\n",
]
NOT = [
    "",
    "extends: [basement]\n",
    "extends: [my-base]\n",
    "extends: [base.two]\n",
    "description: as base does\n",
    "extends:\n  - other\ntitle2: base\n",
]


@pytest.mark.parametrize(("text", "found"), [*((text, True) for text in EXTENDING), *((text, False) for text in NOT)])
def test_a_baseline_stands_on_those_it_extends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, found: bool
) -> None:
    child = BASELINE.replace("id: base\n", "id: child\n").replace("title: Base\n", f"title: T\n{text}")
    monkeypatch.chdir(tree(tmp_path, baselines__child=child))
    opened = library(tmp_path)
    entry = opened.entry(PolicyKind.BASELINE, "base")
    assert entry is not None
    standing = dependents([opened.read_entry(entry)], opened, {entry.path})
    assert [item.id for item in standing] == (["child"] if found else [])


def test_what_stands_on_a_control_is_followed_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = 'kind: baseline\nid: child\ntitle: C\nversion: "1"\nowner: o\nextends: [base]\ncontrols: [{id: review}]\n'
    statement = "kind: attestations\nattestations:\n  - {control: keys}\n"
    monkeypatch.chdir(tree(tmp_path, baselines__child=child, attestations__q=statement))
    opened = library(tmp_path)
    keys = opened.read_entry(next(item for item in opened.entries if item.id == "keys"))
    assert [item.id for item in dependents([keys], opened, set())] == ["q", "base", "child"]
