"""Finding, opening, resolving and preparing policy."""

from dataclasses import replace
from pathlib import Path

import pytest

from baselint import configuration, resources
from baselint.configuration import Configuration
from baselint.errors import ExitCode, PolicyError, UsageError
from baselint.model import Parameter, ParameterType
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from baselint.policy.parameters import value_mistake
from baselint.policy.prepare import prepare
from baselint.policy.resolve import resolve, selection_mistakes
from policytree import BASELINE, KEYS, LENGTH, library, tree

CHILD = BASELINE.replace("id: base", "id: child").replace("controls:", "extends: [base]\ncontrols:")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def baseline(identifier: str, *lines: str, extends: str = "") -> str:
    parents = f"extends: [{extends}]\n" if extends else ""
    return (
        f'kind: baseline\nid: {identifier}\ntitle: T\nversion: "1"\nowner: o\n{parents}controls:\n'
        + "\n".join(lines)
        + "\n"
    )


def resolved(directory: Path, identifier: str = "child", **files: str) -> dict[str, object]:
    opened = library(tree(directory, **files))
    return {item.control.id: dict(item.parameters) for item in resolve(opened.baseline(identifier), opened).controls}


def test_defaults_fill_what_a_baseline_does_not_set(here: Path) -> None:
    assert resolved(here, "base") == {"length": {"minimum": 14}, "keys": {"days": 90}, "review": {}}


def test_a_child_overrides_its_parents_in_order(here: Path) -> None:
    found = resolved(
        here,
        baselines__first=baseline(
            "first", "  - {id: length, parameters: {minimum: 10}}", "  - {id: keys, severity: low}"
        ),
        baselines__second=baseline("second", "  - {id: review}"),
        baselines__child=baseline("child", "  - {id: keys, parameters: {days: 30}}", extends="first, second"),
    )
    assert found == {"length": {"minimum": 10}, "keys": {"days": 30}, "review": {}}
    opened = library(here)
    keys = next(item for item in resolve(opened.baseline("child"), opened).controls if item.control.id == "keys")
    assert keys.severity == "low"


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("  - {id: review}", "the parents of child disagree on length: parameter 'minimum'"),
        ("  - {id: length, parameters: {minimum: 12}}", None),
        ("  - {id: length, exclude: true, reason: no}", None),
    ],
)
def test_parents_that_disagree_are_an_error_unless_the_child_sets_it(here: Path, own: str, words: str | None) -> None:
    files = {
        "baselines__first": baseline("first", "  - {id: length, parameters: {minimum: 10}}"),
        "baselines__second": baseline("second", "  - {id: length}"),
        "baselines__child": baseline("child", own, extends="first, second"),
    }
    opened = library(tree(here, **files))
    found = selection_mistakes(opened.baseline("child"), opened)
    assert [item.message.split(";")[0] for item in found] == ([words] if words else [])
    assert {item.rule for item in found} <= {"parents-disagree"}


def test_parents_that_disagree_on_an_exclusion_are_an_error(here: Path) -> None:
    files = {
        "baselines__first": baseline("first", "  - {id: length}"),
        "baselines__second": baseline("second", "  - {id: length, exclude: true, reason: no}", extends="base"),
        "baselines__child": baseline("child", "  - {id: review}", extends="first, second"),
    }
    opened = library(tree(here, **files))
    (found,) = selection_mistakes(opened.baseline("child"), opened)
    assert "whether it is excluded" in found.message


def test_parents_that_agree_are_fine(here: Path) -> None:
    files = {
        "baselines__first": baseline("first", "  - {id: length, parameters: {minimum: 14}}"),
        "baselines__second": baseline("second", "  - {id: length}"),
        "baselines__child": baseline("child", "  - {id: review}", extends="first, second"),
    }
    assert resolved(here, **files)["length"] == {"minimum": 14}


def test_an_excluded_control_is_left_out_and_remembered(here: Path) -> None:
    tree(here, baselines__child=baseline("child", "  - {id: keys, exclude: true, reason: none here}", extends="base"))
    opened = library(here)
    found = resolve(opened.baseline("child"), opened)
    assert [item.control.id for item in found.controls] == ["length", "review"]
    assert [(item.control, item.reason) for item in found.excluded] == [("keys", "none here")]


def test_a_circle_of_parents_is_told(here: Path) -> None:
    files = {
        "baselines__first": baseline("first", "  - {id: length}", extends="child"),
        "baselines__child": baseline("child", "  - {id: length}", extends="first"),
    }
    opened = library(tree(here, **files))
    with pytest.raises(PolicyError, match=r"extends-circle.*child -> first -> child"):
        resolve(opened.baseline("child"), opened)


def test_a_parent_can_be_named_by_its_path(here: Path) -> None:
    found = resolved(here, baselines__child=baseline("child", "  - {id: keys}", extends="./base.yaml"))
    assert set(found) == {"length", "keys", "review"}


def test_exceptions_are_not_inherited(here: Path) -> None:
    exception = (
        "exceptions:\n  - {id: e, control: keys, accounts: ['111122223333'], reason: r, owner: o, "
        "approved: {by: c, date: '2026-01-01'}, expires: '2026-12-01'}\n"
    )
    opened = library(tree(here, baselines__base=BASELINE + exception, baselines__child=CHILD))
    assert resolve(opened.baseline("child"), opened).baseline.exceptions == ()


def test_the_hash_follows_what_decides_and_nothing_else(here: Path) -> None:
    def hashed(text: str = BASELINE, control: str = LENGTH) -> str:
        opened = library(tree(here, baselines__base=text, controls__g__length=control))
        return resolve(opened.baseline("base"), opened).sha256

    same = hashed()
    assert hashed(BASELINE.replace("title: Base", "title: Other").replace("- id: length", "-   id: length")) == same
    assert hashed(control=LENGTH.replace("have a length", "are long")) == same
    exception = (
        "exceptions:\n  - {id: e, control: keys, accounts: ['111122223333'], reason: r, owner: o, "
        "approved: {by: c, date: '2026-01-01'}, expires: '2026-12-01'}\n"
    )
    others = {
        hashed(BASELINE.replace("- id: length", "- id: length\n    parameters: {minimum: 15}")),
        hashed(BASELINE.replace("- id: length", "- id: length\n    severity: low")),
        hashed(BASELINE.replace("  - id: length\n", "")),
        hashed(BASELINE + "applies_to: {accounts: ['111122223333']}\n"),
        hashed(BASELINE + exception),
        hashed(control=LENGTH.replace("default: 14", "default: 16")),
        hashed(control=LENGTH.replace("at_least", "at_most")),
    }
    assert len(others) == 7
    assert same not in others


def test_prepare_tells_the_mistakes_of_every_file_that_takes_part(here: Path) -> None:
    tree(
        here,
        controls__g__length=LENGTH.replace("password_policy.minimum_length", "nothing.here"),
        controls__g__old="kind: control\n",
        attestations__a="kind: attestations\nattestations:\n  - {control: nobody, accounts: ['111122223333'], outcome: pass, "
        "statement: s, by: b, date: '2026-01-01'}\n",
    )
    opened = library(here)
    with pytest.raises(PolicyError) as caught:
        prepare([opened.baseline("base")], opened)
    assert {item.rule for item in caught.value.diagnostics} == {"unknown-fact", "unknown-control"}
    assert caught.value.exit_code == ExitCode.USAGE


def test_prepare_tells_broken_files_together(here: Path) -> None:
    tree(here, controls__g__length="kind: control\n", controls__g__keys="a: [", attestations__a="kind: attestations\n")
    opened = library(here)
    with pytest.raises(PolicyError) as caught:
        prepare([opened.baseline("base")], opened)
    assert {item.location.path for item in caught.value.diagnostics} == {
        "policies/controls/g/length.yaml",
        "policies/controls/g/keys.yaml",
        "policies/attestations/a.yaml",
    }


def test_prepare_leaves_out_what_nobody_selected(here: Path) -> None:
    opened = library(tree(here, controls__g__other="broken: ["))
    assert len(prepare([opened.baseline("base")], opened).baselines[0].controls) == 3


def test_ids_are_one_namespace_over_all_kinds(here: Path) -> None:
    tree(here, baselines__keys=BASELINE.replace("id: base", "id: keys"))
    with pytest.raises(PolicyError, match=r"baselines/keys.yaml:1:1: error\[duplicate-id\].*controls/g/keys.yaml"):
        library(here)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda opened: opened.control("lengt"),
            r"there is no control 'lengt'; see 'baselint list controls'; did you mean 'length'\?",
        ),
        (lambda opened: opened.baseline("bas"), "there is no baseline 'bas'"),
        (lambda opened: opened.framework("cis"), "there is no framework 'cis'"),
        (lambda opened: opened.baseline("nope.yaml"), "nope.yaml: cannot be read"),
        (
            lambda opened: opened.baseline("policies/controls/g/keys.yaml"),
            "this is a control; give the file of a baseline",
        ),
    ],
)
def test_what_is_not_there_is_told(here: Path, call: object, words: str) -> None:
    opened = library(tree(here))
    with pytest.raises(UsageError, match=words):
        call(opened)  # type: ignore[operator]


def test_a_file_in_the_wrong_place_is_told(here: Path) -> None:
    tree(here, controls__g__base2=BASELINE.replace("id: base", "id: base2"), controls__g__misnamed=KEYS)
    opened = library(here)
    with pytest.raises(PolicyError, match=r"base2.yaml:1:7: error\[wrong-folder\].*move it to baselines/"):
        opened.control("base2")
    with pytest.raises(PolicyError, match=r"misnamed.yaml:2:5: error\[file-name\].*\n    write: keys.yaml"):
        opened.control("misnamed")


def test_an_unreadable_file_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = library(tree(here))

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UsageError, match=r"keys.yaml: cannot be read \(Permission denied\)"):
        opened.control("keys")


def test_deep_folders_and_other_files_are_passed_by(here: Path) -> None:
    tree(here, controls__a__b__c__deep=KEYS.replace("id: keys", "id: deep"), controls__a__b__c__d__lost=KEYS)
    Path("policies/controls/notes.txt").write_text("x")
    opened = library(here)
    assert opened.ids(PolicyKind.CONTROL) == ("deep", "keys", "length", "old", "review")
    assert not opened.is_retired("nobody")
    assert opened.is_retired("old")
    assert opened.framework is not None


def test_a_library_needs_a_tree() -> None:
    with pytest.raises(UsageError, match="there is no policy tree"):
        open_library(Configuration(policies=None, library=False))


def test_the_users_tree_and_the_shipped_one_stand_side_by_side(here: Path) -> None:
    tree(here)
    opened = open_library(Configuration(policies=Path("policies")))
    assert opened.entry(PolicyKind.CONTROL, "keys") is not None
    entry = opened.entry(PolicyKind.CONTROL, "root-mfa")
    assert entry is not None
    assert entry.path == "<baselint>/policies/controls/root-user/root-mfa.yaml"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (ParameterType.INTEGER, 5, "'p' is 5; it must be at least 6 and at most 9"),
        (ParameterType.INTEGER, 10, "'p' is 10; it must be at least 6 and at most 9"),
        (ParameterType.INTEGER, 6, None),
        (ParameterType.INTEGER, True, "'p' must be a whole number, not True"),
        (ParameterType.BOOLEAN, 1, "'p' must be true or false, not 1"),
        (ParameterType.BOOLEAN, True, None),
        (ParameterType.TEXT, 1, "'p' must be a text, not 1"),
        (ParameterType.CHOICE, "c", "'p' cannot be 'c'; allowed: a, b"),
        (ParameterType.CHOICE, "a", None),
        (ParameterType.LIST, "a", "'p' must be a list of texts, not 'a'"),
        (ParameterType.LIST, ("a",), None),
        (ParameterType.LIST, None, None),
    ],
)
def test_values_of_parameters(kind: ParameterType, value: object, words: str | None) -> None:
    parameter = Parameter("p", "P", kind, None, minimum=6, maximum=9, choices=("a", "b"))
    assert value_mistake(parameter, value) == words  # type: ignore[arg-type]


def test_a_range_with_one_end() -> None:
    parameter = Parameter("p", "P", ParameterType.INTEGER, None, maximum=9)
    assert value_mistake(parameter, 10) == "'p' is 10; it must be at most 9"
    assert value_mistake(replace(parameter, minimum=3, maximum=None), 2) == "'p' is 2; it must be at least 3"


def settings(directory: Path, text: str, name: str = "pyproject.toml") -> Configuration:
    (directory / name).write_text(text, encoding="utf-8")
    return configuration.find(directory)


def test_configuration_is_found_upward(here: Path) -> None:
    tree(here)
    text = '[tool.baselint]\nbaseline = "acme"\nlibrary = false\n'
    assert settings(here, text) == Configuration(Path("policies"), library=False, baseline="acme")
    below = here / "a" / "b"
    below.mkdir(parents=True)
    assert configuration.find(below) == Configuration(Path("../../policies"), library=False, baseline="acme")


def test_a_file_of_its_own_needs_no_table(here: Path) -> None:
    assert settings(here, 'baseline = "two"\n', "baselint.toml") == Configuration(None, baseline="two")


def test_a_pyproject_of_another_tool_is_passed_by(here: Path) -> None:
    tree(here)
    assert settings(here, "[tool.other]\n") == Configuration(Path("policies"))
    assert settings(here, "tool = 3\n") == Configuration(Path("policies"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[tool.baselint]\npolicy = 'x'",
            "'policy' is not known; allowed: policies, library, baseline, longest_exception_days, notes, repository; did you mean 'policies'",
        ),
        ("[tool.baselint]\nlibrary = 'no'", "'library' must be true or false"),
        ("[tool.baselint]\nbaseline = 3", "'baseline' must be a text"),
        ("[tool.baselint]\npolicies = 'nowhere'", "'nowhere' is not a directory"),
        ("[tool", "this is not TOML"),
        ("# " + "x" * 1_048_576, "larger than 1048576 bytes"),
    ],
)
def test_broken_configuration_is_told(here: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        settings(here, text)


def test_unreadable_configuration_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "baselint.toml").write_text("")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UsageError, match=r"baselint.toml: cannot be read \(Permission denied\)"):
        configuration.find(here)


def test_missing_data_files_are_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_SENTINEL", ("nowhere",))
    with pytest.raises(resources.MissingDataError, match="install the package again") as caught:
        resources.data_root()
    assert caught.value.exit_code == ExitCode.INTERNAL
