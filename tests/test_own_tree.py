"""A tree of the user's own beside the shipped library: every command knows both, and ids clash loudly."""

import json
import re
from pathlib import Path

import pytest

from builders import caller, complete_snapshot, write
from conftest import Cli
from policytree import tree

CONTROL = """\
kind: control
id: acme-passwords-never-short
title: Passwords at Acme are never short
severity: high
summary: At least {$characters} characters.
parameters:
  characters: {title: Characters, type: integer, default: 20, minimum: 6, maximum: 128, unit: characters}
check:
  expect: {fact: password_policy.minimum_length, at_least: $characters}
"""
FRAMEWORK = """\
kind: framework
id: acme-rules-2026
title: Acme's own rules
publisher: Acme
edition: "2026"
url: "https://rules.acme.example/2026"
relation: decides
requirements:
  - {id: "1", title: Long passwords, controls: [{id: acme-passwords-never-short, needs: {characters: {at_least: 18}}}]}
  - {id: "2", title: A second factor for root, controls: [{id: root-mfa}]}
"""
BASELINE = """\
kind: baseline
id: acme-accounts
title: Acme accounts
version: "1"
owner: ops
extends: [aws-root-hardening]
satisfies: [acme-rules-2026]
controls:
  - {id: acme-passwords-never-short, parameters: {characters: 24}}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "controls/acme-house-rules/acme-passwords-never-short": CONTROL,
        "frameworks/acme-rules-2026": FRAMEWORK,
        "baselines/acme-accounts": BASELINE,
    }.items():
        path = Path("policies") / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    Path("baselint.toml").write_text('baseline = "acme-accounts"\n', encoding="utf-8")
    return tmp_path


def test_own_files_of_every_kind_are_validated_beside_the_library(here: Path, cli: Cli) -> None:
    assert cli("validate").err == "3 files checked: 0 error(s), 0 warning(s)\n"
    path = Path("policies/baselines/acme-accounts.yaml")
    path.write_text(BASELINE.replace("24", "16"), encoding="utf-8")
    weak = cli("validate")
    assert weak.code == 1
    assert "policies/baselines/acme-accounts.yaml:7:13: error[" in weak.out
    assert "acme-rules-2026" in weak.out


def test_own_controls_are_judged_beside_shipped_ones(here: Path, cli: Cli) -> None:
    write(Path("s"), complete_snapshot())
    report = json.loads(cli("lint", "--as-of", "2026-11-02", "--format", "json", "s").out)
    (baseline,) = report["baselines"]
    assert (baseline["id"], baseline["path"]) == ("acme-accounts", "policies/baselines/acme-accounts.yaml")
    findings = {item["control"]: item for item in report["accounts"][0]["findings"]}
    assert len(findings) == 26
    own = findings["acme-passwords-never-short"]
    assert (own["status"], own["location"]["path"]) == ("fail", "policies/baselines/acme-accounts.yaml")
    assert own["help"] == "controls/acme-house-rules/acme-passwords-never-short/"
    assert findings["root-mfa"]["help"] == "controls/root-user/root-mfa/"


def test_lists_and_explanations_show_own_and_shipped(here: Path, cli: Cli) -> None:
    for kind, names in {
        "controls": ("acme-passwords-never-short", "root-mfa"),
        "baselines": ("acme-accounts", "aws-cis-7.0"),
        "frameworks": ("acme-rules-2026", "cis-aws-foundations-7.0"),
    }.items():
        ids = [line.split()[0] for line in cli("list", kind).out.splitlines()]
        assert set(names) < set(ids)
    claimed = cli("list", "frameworks", "-b", "acme-accounts").out
    assert re.search(r"^acme-rules-2026 +decides  claimed  2 satisfied$", claimed, re.MULTILINE)
    assert "At least 24 characters." in cli("explain", "acme-passwords-never-short").out
    assert "Acme accounts" in cli("explain", "acme-accounts").out
    assert "Acme's own rules" in cli("explain", "acme-rules-2026").out


def test_the_runbook_has_pages_for_own_and_shipped(here: Path, cli: Cli) -> None:
    assert cli("render", "--output", "out").code == 0
    page = Path("out/controls/acme-house-rules/acme-passwords-never-short.md").read_text(encoding="utf-8")
    assert "At least 24 characters." in page
    assert "[`acme-accounts`](../../baselines/acme-accounts.md)" in page
    assert "[Acme's own rules]" in Path("out/frameworks/index.md").read_text(encoding="utf-8")
    groups = Path("out/controls/index.md").read_text(encoding="utf-8")
    assert "## Acme house rules" in groups
    assert "## Root user" in groups
    first, second = Path("out/index.md").read_text(encoding="utf-8").split("\n- **[")[1:3]
    assert first.startswith("Acme accounts]")
    assert "baselines/aws-" in second


@pytest.mark.parametrize(
    ("own", "shipped", "text"),
    [
        ("controls/mine/root-mfa", "controls/root-user/root-mfa", CONTROL),
        ("baselines/aws-startup", "baselines/aws-startup", BASELINE),
        ("frameworks/aws-fsbp", "baselines/aws-fsbp", FRAMEWORK),
    ],
)
@pytest.mark.parametrize("command", [("validate",), ("lint", "s"), ("list", "controls"), ("render", "--output", "out")])
def test_an_id_that_is_taken_is_an_error_that_names_both_files(
    here: Path, cli: Cli, own: str, shipped: str, text: str, command: tuple[str, ...]
) -> None:
    path = Path("policies") / f"{own}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    write(Path("s"), {"w.json": caller()})
    result = cli(*command)
    identifier = own.rsplit("/", 1)[1]
    message = f"the id '{identifier}' is already taken by <baselint>/policies/{shipped}.yaml; choose another"
    assert f"policies/{own}.yaml:1:1: error[duplicate-id]: {message}" in result.out + result.err
    assert result.code == (1 if command == ("validate",) else 2)


def test_without_the_library_the_own_tree_stands_alone(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree(tmp_path))
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n', encoding="utf-8")
    assert [line.split()[0] for line in cli("list", "baselines").out.splitlines()] == ["base"]
