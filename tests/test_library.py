"""One namespace of policy files over several trees; the simple cases stand in test_policy."""

from pathlib import Path

import pytest

from baselint.errors import PolicyError, UsageError
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary, PolicyRoot
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_library, validate_paths
from policytree import BASELINE, KEYS, LENGTH, library, tree

FRAMEWORK = """\
kind: framework
id: frame
title: Frame
publisher: Us
edition: "1"
url: "https://example.com"
relation: supports
requirements:
  - {id: "1", title: One, controls: [{id: keys}]}
"""
ATTESTATION = """\
kind: attestations
attestations:
  - {control: %s, accounts: ["111122223333"], outcome: fail, statement: s, by: b, date: "2026-01-01"}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def two_trees(directory: Path) -> PolicyLibrary:
    roots = [PolicyRoot(directory / name / "policies", f"{name}/policies") for name in ("ours", "theirs")]
    return PolicyLibrary(tuple(roots))


def test_every_kind_is_found_by_its_id(here: Path) -> None:
    opened = library(tree(here, frameworks__frame=FRAMEWORK, attestations__a=ATTESTATION % "keys"))
    assert opened.control("keys").title == "Keys are young"
    assert opened.baseline("base").owner == "ops"
    assert opened.framework("frame").publisher == "Us"
    assert [item.control for item in opened.attestations()] == ["keys"]
    assert opened.ids(PolicyKind.FRAMEWORK) == ("frame",)
    assert opened.entry(PolicyKind.BASELINE, "keys") is None


def test_attestations_of_every_tree_count_and_may_share_a_name(here: Path) -> None:
    for name in ("ours", "theirs"):
        path = here / name / "policies" / "attestations" / "2026.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(ATTESTATION % f"c-{name}")
    opened = two_trees(here)
    assert tuple(opened.name_mistakes()) == ()
    assert [item.control for item in opened.attestations()] == ["c-ours", "c-theirs"]


def test_each_clash_of_ids_is_told_at_the_later_file(here: Path) -> None:
    tree(here / "ours", frameworks__review=FRAMEWORK.replace("id: frame", "id: review"))
    tree(here / "theirs")
    found = [str(item) for item in two_trees(here).name_mistakes()]
    assert (
        "ours/policies/frameworks/review.yaml:1:1: error[duplicate-id]: the id 'review' is already taken by "
        in found[0]
    )
    assert sorted(line.split(":")[0] for line in found[1:]) == [
        "theirs/policies/baselines/base.yaml",
        *(f"theirs/policies/controls/g/{name}.yaml" for name in ("keys", "length", "old", "review")),
    ]


def test_a_file_is_read_once(here: Path) -> None:
    opened = library(tree(here))
    path = here / "policies/controls/g/keys.yaml"
    by_id, by_path = opened.control("keys"), opened.read_path(Path("policies/controls/g/keys.yaml")).model
    outside = opened.read_path(path)
    path.write_text("broken: [")
    assert by_id is by_path is opened.control("keys")
    assert opened.read_path(path) is outside
    assert outside.model.location.path == path.as_posix()  # type: ignore[union-attr]


def test_only_files_that_were_read_are_loaded(here: Path) -> None:
    opened = library(tree(here))
    assert opened.loaded(PolicyKind.CONTROL) == ()
    opened.control("keys")
    assert [file.stem for file in opened.loaded(PolicyKind.CONTROL)] == ["keys"]
    assert opened.loaded(PolicyKind.BASELINE) == ()


@pytest.mark.parametrize("name", ["elsewhere/mine.yaml", "mine.yml", "./mine.yml"])
def test_a_baseline_is_read_from_any_path(here: Path, name: str) -> None:
    opened = library(tree(here))
    (here / "elsewhere").mkdir()
    (here / name).write_text(BASELINE.replace("id: base", "id: mine"))
    assert opened.baseline(name).id == "mine"


def test_a_path_is_not_looked_up_as_an_id(here: Path) -> None:
    opened = library(tree(here))
    with pytest.raises(UsageError, match=r"^base\.yaml: cannot be read \(No such file or directory\); check the path$"):
        opened.baseline("base.yaml")


def test_a_whole_tree_is_validated_only_where_it_is_ones_own(here: Path) -> None:
    for name in ("ours", "theirs"):
        tree(here / name, controls__g__keys=KEYS.replace("severity: high", "severity: hihg"))
    opened = two_trees(here)
    found = validate_library(Context(opened), ("theirs/",)).diagnostics
    assert [(item.location.path, item.rule) for item in found] == [
        ("theirs/policies/controls/g/keys.yaml", "value-not-allowed")
    ]


def test_mistakes_of_several_paths_are_told_together_and_sorted(here: Path) -> None:
    tree(here)
    (here / "b.yaml").write_text("a: [")
    (here / "a.yaml").write_text(KEYS.replace("id: keys", "id: a").replace("at_most: $days", "at_most: $zzz"))
    found = validate_paths(
        [Path("b.yaml"), Path("a.yaml"), Path("policies/controls/g/keys.yaml")], Context(library(here))
    ).diagnostics
    assert [f"{item.location} {item.level} {item.rule}" for item in found] == [
        "a.yaml:10:48 error undeclared-parameter",
        "b.yaml:1:5 error yaml-syntax",
        "a.yaml:6:9 warning unused-parameter",
    ]


def test_a_broken_file_that_an_attestation_names_is_told_at_its_own_place(here: Path) -> None:
    tree(here, controls__g__keys="a: [", attestations__a=ATTESTATION % "keys")
    found = validate_paths([Path("policies/attestations/a.yaml")], Context(library(here))).diagnostics
    assert [(item.location.path, item.rule) for item in found] == [("policies/controls/g/keys.yaml", "yaml-syntax")]


def test_warnings_never_change_the_exit_code(here: Path, cli) -> None:
    tree(here, baselines__base=BASELINE.replace('"1"', "1.10"))
    (here / "baselint.toml").write_text("library = false\n")
    result = cli("validate")
    assert "policies/baselines/base.yaml:4:10: warning[unquoted-text]" in result.out
    assert (result.code, result.err) == (0, "5 files checked: 0 error(s), 1 warning(s)\n")


STEPS = "procedure:\n  cli: [{id: a, do: Run, expect: ok}]\n"


def test_an_outline_is_a_control_without_its_procedure(here: Path) -> None:
    opened = library(tree(here, controls__g__length=LENGTH + STEPS))
    outline = opened.outline("length")
    assert outline is opened.outline("length"), "it is read once"
    whole = opened.control("length")
    assert (outline.parameters, outline.check) == (whole.parameters, whole.check)
    assert (outline.procedure.cli, len(whole.procedure.cli)) == ((), 1)
    assert opened.outline("length") is whole, "what was read whole is not read again"


def test_an_outline_that_cannot_be_read_is_the_whole_control_with_its_mistakes(here: Path) -> None:
    tree(here, controls__g__length=LENGTH.replace("severity: medium", "severity: mild") + STEPS)
    with pytest.raises(PolicyError, match="'severity'"):
        library(here).outline("length")
    quoted = LENGTH.replace("summary: At least {$minimum} characters.", 'summary: "At least\nprocedure: of characters"')
    tree(here, controls__g__length=quoted + STEPS)
    assert library(here).outline("length").summary == "At least procedure: of characters"
    with pytest.raises(UsageError, match="there is no control 'lenght'"):
        library(here).outline("lenght")
