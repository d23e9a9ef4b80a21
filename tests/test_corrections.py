"""The text to write instead: told only where it is certain, and right where it is told."""

from pathlib import Path

import pytest

from baselint.configuration import Configuration
from baselint.errors import Diagnostic, PolicyError
from baselint.policy.open import open_library
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from baselint.suggestion import as_yaml, converted, did_you_mean, only_meant
from broken_baselines import ATTESTATION, FRAMEWORK, FULL, B, F, T
from broken_controls import C
from policytree import BASELINE, KEYS, LENGTH, REVIEW, library, tree

K, V = "controls__g__keys", "controls__g__review"
CHOICE = LENGTH.replace("check:", "  mode: {title: Mode, type: choice, default: wide, choices: [wide, narrow]}\ncheck:")
STRICT = LENGTH.replace("check:", "  strict: {title: Strict, type: boolean, default: true}\ncheck:")
KIND = LENGTH.replace("password_policy.minimum_length, at_least: $minimum", "root.mfa_kind, equals: virtual")
ON = LENGTH.replace("password_policy.minimum_length, at_least: $minimum", "root.mfa_enabled, equals: true")
PLACE = LENGTH.replace("password_policy.minimum_length, at_least: $minimum", 'account.partition, equals: "1"')
NUMBER = LENGTH.replace("at_least: $minimum", "equals: 14")
OTHER = FULL.replace("owner: ops\ncontrols", "owner: ops\nextends: [other]\ncontrols")

MENDED = [
    # file, its text, what is right in it, what stands there instead, the word that is told, and what to write for it
    (B, FULL, 'version: "1"', "version: 1.10", "1.10", '"1.10"'),
    (B, FULL, 'version: "1"', "version: 1", "1", '"1"'),
    (B, FULL, 'date: "2026-09-01"}', "date: 2026-9-1}", "2026-9-1", '"2026-09-01"'),
    (B, FULL, 'date: "2026-09-01"}', 'date: "2026/09/01"}', '"2026/09/01"', '"2026-09-01"'),
    (B, FULL, '"111122223333"', '"1111-2222-3333"', '"1111-2222-3333"', '"111122223333"'),
    (B, FULL, "title: Base", 'title: "Base "', '"Base "', '"Base"'),
    (B, FULL, "exceptions:", "exeptions:", "exeptions", "exceptions"),
    (B, FULL, "  - id: keys\n", "  - id: keyz\n", "keyz", "keys"),
    (B, OTHER, "[other]", "[othr]", "othr", "other"),
    (B, FULL, "  - id: keys\n", "  - id: keys\n    parameters: {dayz: 3}\n", "dayz", "days"),
    (B, FULL, "  - id: keys\n", '  - id: keys\n    parameters: {days: "3"}\n', 'days: "3"', "days: 3"),
    (B, FULL, "owner: ops\ncontrols", "owner: ops\nsatisfies: [fram]\ncontrols", "fram", "frame"),
    (C, LENGTH, "severity: medium", "severity: Meduim", "Meduim", "medium"),
    (C, LENGTH, "minimum: 6", 'minimum: "006"', '"006"', "6"),
    (C, LENGTH, "at_least: $minimum", 'at_least: "14"', '"14"', "14"),
    (C, LENGTH, "at_least: $minimum", "at_least: minimum", "minimum", "$minimum"),
    (C, LENGTH, "at_least: $minimum", "at_least: $minimun", "$minimun", "$minimum"),
    (C, LENGTH, "policy.minimum_length", "policy.minimum_lenght", "password_policy.minimum_lenght", "password_policy.minimum_length"),
    (C, LENGTH, "$minimum}\n", "$minimum, or_absent: yes}\n", "yes", "true"),
    (C, LENGTH, "default: 14", 'default: "14"', '"14"', "14"),
    (C, CHOICE, "default: wide", "default: wid", "wid", "wide"),
    (C, STRICT, "default: true", "default: on", "on", "true"),
    (C, KIND, "equals: virtual", "equals: virtul", "virtul", "virtual"),
    (C, ON, "equals: true", "equals: yes", "yes", "true"),
    (C, ON, "equals: true", 'equals: "false"', '"false"', "false"),
    (C, PLACE, 'equals: "1"', "equals: 1", "1", '"1"'),
    (C, NUMBER, "equals: 14", 'equals: "14"', '"14"', "14"),
    (V, REVIEW, "within_days: 90", 'within_days: "90"', '"90"', "90"),
    (T, ATTESTATION, "outcome: pass", "outcome: passed", "passed", "pass"),
    (T, ATTESTATION, "trigger: periodic", "trigger: periodc", "periodc", "periodic"),
    (T, ATTESTATION, "trigger: periodic", "triger: periodic", "triger", "trigger"),
    (T, ATTESTATION, "kind: attestations", "kind: atestations", "atestations", "attestations"),
    (F, FRAMEWORK, "{id: length,", "{id: lenght,", "lenght", "length"),
    (F, FRAMEWORK, "{minimum: {", "{minimun: {", "minimun", "minimum"),
    (F, FRAMEWORK, "{equals: 90}", '{equals: "90"}', '{equals: "90"}', "{equals: 90}"),
]  # fmt: skip

LEFT_TO_A_PERSON = [
    (B, FULL, "owner: ops\ncontrols", "onwer: me\nowner: ops\ncontrols", "unknown-key"),
    (B, FULL, 'date: "2026-09-01"}', 'date: "01.09.2026"}', "bad-form"),
    (B, FULL, 'date: "2026-09-01"}', 'date: "2026-2-30"}', "bad-form"),
    (B, FULL, '"111122223333"', "11112222333", "wrong-type"),
    (B, FULL, "title: Base", "title: true", "wrong-type"),
    (B, FULL, "title: Base", 'title: "Ba\\nse "', "bad-form"),
    (B, FULL, "  - id: keys\n", "  - id: nothing-like-it\n", "unknown-control"),
    (B, FULL, "  - id: keys\n", "  - id: keys\n    parameters: {days: 3, dayz: 3}\n", "unknown-parameter"),
    (B, FULL, "  - id: keys\n", '  - id: keys\n    parameters: {days: "0"}\n', "parameter-value"),
    (B, FULL, "  - id: keys\n", "  - id: keys\n    parameters: {days: soon}\n", "parameter-value"),
    (C, LENGTH, "at_least: $minimum", "at_least: maximum", "bad-form"),
    (C, LENGTH, "at_least: $minimum", "at_least: $maxi", "undeclared-parameter"),
    (C, LENGTH, "{$minimum}", "{$maxi}", "unknown-placeholder"),
    (C, LENGTH, "minimum: 6", "minimum: [6]", "wrong-type"),
    (C, KIND, "equals: virtual", "one_of: [virtul]", "operator-value"),
    (C, ON, "equals: true", "equals: 1", "operator-value"),
    (C, ON, "equals: true", "equals: yes", "unquoted-text"),
    (C, ON, "equals: true", "one_of: [yes]", "unquoted-text"),
    (C, STRICT, "default: true", "default: on", "unquoted-text"),
    (B, FULL, "  - id: keys\n", "  - id: keys\n    parameters: {days: 0030}\n", "unquoted-text"),
    (V, REVIEW, "within_days: 90", 'within_days: "0"', "bad-form"),
    (K, KEYS, "kind: control", "format: 2", "missing-key"),
    (T, ATTESTATION, "trigger: periodic", "trigger: periodic, triger: periodic", "attestation-answers"),
    (F, FRAMEWORK, "{equals: 90}", "{equals: often}", "parameter-value"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(directory: Path, file: str, text: str) -> list[Diagnostic]:
    """What validate says of one file of the small tree."""
    others = {F: FRAMEWORK, "baselines__other": BASELINE.replace("id: base", "id: other")}
    tree(directory, **{**others, file: text})
    path = Path("policies", file.replace("__", "/") + ".yaml")
    found = validate_paths([path], Context(library(directory))).diagnostics
    return [item for item in found if item.location.path == path.as_posix()]


@pytest.mark.parametrize(("file", "text", "right", "wrong", "word", "correction"), MENDED)
def test_what_is_told_to_write_mends_the_file(
    here: Path, file: str, text: str, right: str, wrong: str, word: str, correction: str
) -> None:
    assert right in text
    broken = text.replace(right, wrong, 1)
    (found,) = [item for item in told(here, file, broken) if item.correction is not None]
    assert found.correction == correction
    line, column = (found.location.line or 0) - 1, (found.location.column or 0) - 1
    lines = broken.split("\n")
    at = lines[line].index(word, column)
    assert at == column or found.rule == "unknown-placeholder"
    lines[line] = lines[line][:at] + correction + lines[line][at + len(word) :]
    mended = told(here, file, "\n".join(lines))
    assert not [item for item in mended if (item.rule, item.location) == (found.rule, found.location)]
    assert {item.rule for item in mended} <= {"unused-parameter", "operator-value", "unsatisfied-claim"}


@pytest.mark.parametrize(("file", "text", "right", "wrong", "rule"), LEFT_TO_A_PERSON)
def test_what_is_not_certain_is_left_to_a_person(
    here: Path, file: str, text: str, right: str, wrong: str, rule: str
) -> None:
    assert right in text
    found = [item for item in told(here, file, text.replace(right, wrong, 1)) if item.rule == rule]
    assert found
    assert [item.correction for item in found] == [None] * len(found)


def test_a_placeholder_is_told_as_it_stands_in_the_text(here: Path) -> None:
    (found,) = told(here, C, LENGTH.replace("{$minimum}", "{$minimun}"))
    assert str(found).endswith("did you mean 'minimum'?\n    write: {$minimum}")


def test_a_sha256_is_told_in_lower_case(here: Path) -> None:
    (found,) = told(here, T, f"{ATTESTATION}    evidence: [{{title: Minutes, sha256: {'AB' * 32}}}]\n")
    assert found.correction == f'"{"ab" * 32}"'


def test_the_key_kind_is_told_as_any_other(here: Path) -> None:
    (found,) = told(here, C, LENGTH.replace("kind:", "knid:"))
    assert (found.rule, found.correction) == ("unknown-key", "kind")


def test_a_file_is_told_its_new_name(here: Path) -> None:
    (found,) = told(here, C, LENGTH.replace("id: length", "id: lengths"))
    assert found.correction == "lengths.yaml"
    tree(here, controls__g__length=LENGTH)
    Path("policies/baselines/base.yaml").rename("policies/baselines/base.yml")
    with pytest.raises(PolicyError) as raised:
        open_library(Configuration(policies=Path("policies"), library=False))
    assert [item.correction for item in raised.value.diagnostics] == ["base.yaml"]


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("lenght", ["length", "keys"], "length"),
        ("Root_MFA", ["root-mfa", "root-mfa-backup"], "root-mfa"),
        ("user-key-aged", ["user-key-age", "user-key-ages"], None),
        ("xyz", ["length"], None),
        ("x", [], None),
    ],
)
def test_only_one_name_is_meant_where_no_other_is_about_as_near(name: str, known: list[str], meant: str | None) -> None:
    assert only_meant(name, known) == meant
    assert meant is None or did_you_mean(name, known) == f"; did you mean {meant!r}?"


@pytest.mark.parametrize(
    ("value", "wanted", "meant"),
    [
        ("yes", bool, "true"),
        ("Off", bool, "false"),
        ("perhaps", bool, None),
        (1, bool, None),
        ("007", int, "7"),
        ("-7", int, None),
        ("123456789012", int, None),
        (True, int, None),
        (7, str, '"7"'),
        (False, str, None),
        (None, str, None),
        (("a",), str, None),
    ],
)
def test_a_value_is_converted_where_only_one_can_be_meant(value: object, wanted: type, meant: str | None) -> None:
    found = converted(value, wanted)
    assert (None if found is None else as_yaml(found)) == meant


def test_a_text_is_written_in_quotes_whatever_it_holds() -> None:
    assert as_yaml('2026-01-01 "x" \\ ü') == '"2026-01-01 \\"x\\" \\\\ ü"'
