"""The page of every rule: its form, and its examples run through the real validation."""

import ast
import json
import re
from pathlib import Path

import pytest

from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.gate import Gate
from baselint.policy.rules.rule import Context
from baselint.policy.rules.table import RULES, rule_pages
from baselint.policy.validate import validate_library
from checkout import ROOT
from conftest import Cli
from rule_examples import BASES, examples, tree_of, validated, whole_file

PAGES = rule_pages()
DESCRIBED = {"schema", "too-deep", "too-large", "yaml-encoding"}
"""Gates that no short text can show."""

SHOWN = sorted(PAGES.keys() - DESCRIBED)
TELLING = {"Diagnostic", "mistake", "warning", "refuse", "_refuse", "resolving", "weakened"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("kind", BASES)
def test_the_files_that_examples_change_are_right(kind: PolicyKind) -> None:
    assert list(validate_library(Context(tree_of(".", BASES[kind], kind, {})), ("policies/",)).diagnostics) == []


@pytest.mark.parametrize("name", SHOWN)
def test_the_bad_example_is_told_by_its_rule_and_by_those_that_the_page_names(name: str) -> None:
    rule = PAGES[name]
    found = validated(examples(rule.page)["Bad"], rule)
    others = {other for other in PAGES if f"`{other}`" in rule.page}
    assert {(item.rule, item.level) for item in found if item.rule not in others} == {(name, rule.level)}, found


@pytest.mark.parametrize("name", SHOWN)
def test_the_good_example_is_right(name: str) -> None:
    found = validated(examples(PAGES[name].page)["Good"], PAGES[name])
    assert [str(item) for item in found] == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_says_what_must_hold_then_why_then_shows_it(name: str) -> None:
    page = PAGES[name].page
    first, why = page.strip().split("\n\n")[:2]
    assert re.fullmatch(r"[^\n]{,140}[^.\n]\.", first)
    assert len(why) > 80
    assert "```" not in why
    shown = ["Bad", "Good"] if name in SHOWN else []
    assert list(examples(page)) == shown
    assert page.count("```") == 2 * len(shown)
    assert not shown or re.search(r"\n\nBad[^\n]*:\n\n```yaml\n[^`]*```\n\nGood[^\n]*:\n\n```yaml\n[^`]*```\s*\Z", page)
    assert all(len(line) <= 140 for line in page.splitlines())


def test_a_rule_has_one_page() -> None:
    gates = {name for name, rule in PAGES.items() if isinstance(rule, Gate)}
    names = [rule.id for rule in RULES]
    assert gates.isdisjoint(names)
    assert PAGES.keys() == gates | set(names)
    assert gates > DESCRIBED


def test_an_example_takes_the_place_of_the_keys_it_has() -> None:
    path, text = whole_file('version: "2"\nowner: me\n', PolicyKind.BASELINE)
    assert path == "policies/baselines/acme.yaml"
    assert text == (
        'kind: baseline\nid: acme\ntitle: Accounts of Acme\ncontrols:\n  - id: root-mfa\nversion: "2"\nowner: me\n'
    )
    assert whole_file("# policies/controls/x.yaml\nkind: x\n", PolicyKind.BASELINE) == (
        "policies/controls/x.yaml",
        "# policies/controls/x.yaml\nkind: x\n",
    )
    assert whole_file("# nothing\n", PolicyKind.CONTROL)[1] == "# nothing\n"


def ids_told(source: str) -> set[str]:
    """Return the rule ids that a source writes into what it tells: in a call, or between place and message in a tuple."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in TELLING:
            values = node.args
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            values = node.value.elts[1:2] if len(node.value.elts) > 2 else []
        else:
            continue
        texts = [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
        found.update(text for text in texts if re.fullmatch(r"[a-z]+(-[a-z]+)*", text))
    return found


def test_every_id_that_can_be_told_has_a_page_and_every_page_can_be_told() -> None:
    package = ROOT / "linter" / "baselint"
    paths = [*(package / "policy").rglob("*.py"), package / "yamlsource.py", package / "yamlbuilder.py"]
    told = {name for path in paths for name in ids_told(path.read_text(encoding="utf-8"))}
    assert told == rule_pages().keys()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "unused-parameter",
            "rule unused-parameter\nlevel: warning\nfiles: control\n\nThe check of a control uses every",
        ),
        ("unused-parameter", "\nBad:\n\n  parameters:\n    minimum: {title: Minimum length,"),
        ("unused-parameter", "\nGood:\n\n  parameters:\n    minimum: {title: Minimum length,"),
        ("yaml-tag", "level: error\nfiles: control, baseline, framework, attestations\n\nA policy file has no tags.\n"),
    ],
)
def test_a_rule_is_explained_with_its_level_and_examples(cli: Cli, name: str, words: str) -> None:
    assert words in cli("explain", name).out


def test_rules_are_listed_with_their_level_and_one_sentence(cli: Cli) -> None:
    rows = json.loads(cli("list", "rules", "--format", "json").out)
    assert [row["id"] for row in rows] == sorted(rule_pages())
    assert {tuple(row) for row in rows} == {("id", "level", "summary")}
    assert {row["id"]: row["level"] for row in rows if row["id"] in PAGES} == {
        name: str(rule.level) for name, rule in PAGES.items()
    }
    assert not any("\n" in row["summary"] for row in rows)
    assert "unquoted-text               warning  A text that other YAML readers" in cli("list", "rules").out
