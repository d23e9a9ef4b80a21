"""Schemas for editors: they propose what there is, speak in words, and accept what the shipped ones accept."""

import json
from pathlib import Path
from typing import Any

import pytest

from baselint.configuration import Configuration
from baselint.facts import FACTS
from baselint.policy.editor_schemas import editor_schemas
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from baselint.policy.schema_check import load_schema
from conftest import Cli
from policytree import KEYS, tree

ADDED = {"defaultSnippets", "patternErrorMessage"}


def schemas(here: Path) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in editor_schemas(open_library(_own(here))).items()}


def _own(here: Path) -> Configuration:
    return Configuration(policies=here / "policies", library=False)


def without_additions(node: Any) -> Any:
    if isinstance(node, list):
        return [without_additions(item) for item in node]
    if isinstance(node, dict):
        return {key: without_additions(value) for key, value in node.items() if key not in ADDED}
    return node


def proposed(schema: Any, definition: str) -> dict[str, str]:
    snippets = schema["$defs"][definition].get("defaultSnippets", [])
    assert all(item["label"] == item["body"] for item in snippets)
    return {item["body"]: item["description"] for item in snippets}


def test_they_are_the_shipped_schemas_with_additions(tmp_path: Path) -> None:
    made = schemas(tree(tmp_path))
    assert list(made) == [f"{kind}.schema.json" for kind in PolicyKind]
    for kind in PolicyKind:
        assert without_additions(made[f"{kind}.schema.json"]) == load_schema(kind)


def test_ids_that_can_be_used_are_proposed_with_their_titles(tmp_path: Path) -> None:
    broken = KEYS.replace("severity: high", "severity: hihg")
    made = schemas(tree(tmp_path, controls__g__keys=broken, controls__g__torn="kind: [", baselines__other="kind: x\n"))
    controls = {
        "keys": "Keys are young",
        "length": "Passwords have a length",
        "review": "Somebody reviewed it",
        "torn": "",
    }
    for kind in ("control", "baseline", "framework", "attestations"):
        assert proposed(made[f"{kind}.schema.json"], "control-id") == controls
    assert proposed(made["baseline.schema.json"], "baseline-name") == {"base": "Base", "other": ""}
    assert proposed(made["baseline.schema.json"], "framework-id") == {}
    assert proposed(made["control.schema.json"], "fact") == {fact.name: fact.label for fact in FACTS.values()}


def test_every_kind_of_id_is_proposed_from_the_library() -> None:
    made = {name: json.loads(text) for name, text in editor_schemas(open_library(Configuration(policies=None))).items()}
    baseline = made["baseline.schema.json"]
    assert "root-mfa" in proposed(baseline, "control-id")
    assert "aws-startup" in proposed(baseline, "baseline-name")
    assert "cis-aws-foundations-7.0" in proposed(baseline, "framework-id")


def test_every_pattern_has_words(tmp_path: Path) -> None:
    number = 0

    def walk(node: Any) -> None:
        nonlocal number
        if isinstance(node, dict):
            if "pattern" in node:
                assert node["patternErrorMessage"].startswith("This must be ")
                assert node["patternErrorMessage"].endswith(".")
                number += 1
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(schemas(tree(tmp_path)))
    assert number > 20


def test_the_command_writes_them_beside_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.chdir(tree(tmp_path))
    result = cli("schema", "--output", ".baselint/schema")
    assert (result.code, result.out, result.err) == (0, "", "4 schemas in .baselint/schema\n")
    names = sorted(path.name for path in Path(".baselint/schema").iterdir())
    assert names == [f"{kind}.schema.json" for kind in ("attestations", "baseline", "control", "framework")]
    schema = json.loads(Path(".baselint/schema/baseline.schema.json").read_text(encoding="utf-8"))
    assert {"keys", "root-mfa"} < set(proposed(schema, "control-id"))


@pytest.mark.parametrize("arguments", [(), ("baseline", "--output", "x")])
def test_the_command_does_one_thing_at_a_time(cli: Cli, arguments: tuple[str, ...]) -> None:
    result = cli("schema", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("baselint: schema: name a KIND to print one, or --output DIR")
