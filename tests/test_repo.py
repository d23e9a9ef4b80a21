"""The project's own rules on its code: sizes, docstrings, exceptions, and the direction of imports."""

import statistics
from collections.abc import Callable

import pytest

from checkout import ROOT
from code_rules import (
    broad_excepts,
    cycles,
    docstring_mistakes,
    imported,
    layer_mistakes,
    reach_mistakes,
    size_mistakes,
)

SOURCE_ROOT = ROOT / "linter"
MODULES = {
    ".".join(path.relative_to(SOURCE_ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SOURCE_ROOT.rglob("*.py"))
}
LAYERS = (
    ("__main__", "mkdocs_plugin"),
    ("cli",),
    ("commands",),
    ("evidence_pack",),
    ("reporting",),
    ("verdicts", "runbook"),
    ("comparison",),
    ("lint", "explanation", "difference_report", "export_script", "scaffold"),
    ("excepting", "expecting", "expiring", "help_sections", "control_words", "baseline_explanation"),
    ("judging",),
    ("policy", "snapshot", "report", "password_policy_command"),
    ("check", "attesting", "policy.schema_check"),
    ("wording", "verdict_words", "policy.schema_messages"),
    ("policy.schema_misspellings", "policy.schema_forms"),
    ("facts", "yamlsource", "placeholders", "markdown", "terminal_text"),
    ("yamlbuilder", "finding"),
    ("yamldocument", "baseline", "framework", "attestation"),
    ("model", "exports", "resources", "configuration", "clock", "atomic", "terms"),
    ("baselint", "errors", "evidence", "terminal", "suggestion", "strict_json", "policy.schema_places"),
)
"""Rooms, highest first: imports go down. The schema check knows no policies, so the snapshot's manifest may use it."""

APART = (
    ("report", "snapshot"),
    ("comparison", "snapshot"),
    ("runbook", "snapshot"),
    ("lint", "snapshot"),
    ("policy", "snapshot"),
    ("snapshot", "check"),
    ("snapshot", "lint"),
    ("snapshot", "report"),
    ("evidence", "errors"),
    ("errors", "evidence"),
)
"""Pairs of rooms of which the first never reaches the second."""


def source(name: str) -> str:
    return MODULES[name].read_text(encoding="utf-8")


def graph() -> dict[str, set[str]]:
    return {name: imported(source(name), MODULES.keys()) for name in MODULES}


def mistakes(check: Callable[[str], list[str]], *folders: str) -> list[str]:
    """Apply a check to every Python file under some folders."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(paths) > len(folders)
    return [
        f"{path.relative_to(ROOT).as_posix()}: {mistake}"
        for path in paths
        for mistake in check(path.read_text(encoding="utf-8"))
    ]


def test_modules_and_functions_are_short() -> None:
    assert mistakes(size_mistakes, "linter", "tests", "bench") == []


def test_half_of_the_modules_are_very_short() -> None:
    assert statistics.median(len(source(name).splitlines()) for name in MODULES) < 120


def test_every_module_says_in_one_sentence_what_it_is_for() -> None:
    assert mistakes(docstring_mistakes, "linter") == []


def test_only_the_program_itself_takes_any_exception() -> None:
    found = mistakes(broad_excepts, "linter", "tests", "bench")
    assert [item.split(":")[0] for item in found] == ["linter/baselint/__main__.py"]


def test_imports_go_one_way() -> None:
    assert layer_mistakes(graph(), LAYERS) == []


def test_every_room_of_the_layers_is_there() -> None:
    rooms = {room for layer in LAYERS for room in layer} | {room for pair in APART for room in pair}
    assert {room for room in rooms if f"baselint.{room}" not in MODULES} == {"baselint"}
    assert sum(len(layer) for layer in LAYERS) == len({room for layer in LAYERS for room in layer})


def test_the_frozen_types_at_the_bottom_import_nothing_but_where_things_stand() -> None:
    found = graph()
    assert found["baselint.errors"] == found["baselint.evidence"] == set()
    assert found["baselint.model"] == {"baselint.errors"}


def test_rooms_that_must_not_know_each_other_do_not() -> None:
    assert reach_mistakes(graph(), APART) == []


def test_nothing_imports_itself_by_way_of_others() -> None:
    assert cycles(graph()) == []


def function(lines: int) -> str:
    return "def long():\n" + "    x = 1\n" * (lines - 1)


@pytest.mark.parametrize(
    ("check", "bad", "good"),
    [
        (size_mistakes, function(51), function(50)),
        (size_mistakes, "async " + function(51), "async " + function(50)),
        (size_mistakes, "class A:\n    def f():\n" + "        x = 1\n" * 50, "class A:\n" + "    x = 1\n" * 50),
        (size_mistakes, "x = 1\n" * 351, "x = 1\n" * 350),
        (docstring_mistakes, "x = 1\n", '"""Says it."""\n'),
        (docstring_mistakes, '"""Says it"""\n', '"""Says it."""\n'),
        (docstring_mistakes, '"""Says it\nin two lines.\n"""\n', '"""Says it.\n\nAnd more\n"""\n'),
        (broad_excepts, "try:\n    f()\nexcept:\n    pass\n", "try:\n    f()\nexcept OSError:\n    pass\n"),
        (broad_excepts, "try:\n    f()\nexcept Exception as e:\n    pass\n", "raise Exception('x')\n"),
        (broad_excepts, "try:\n    f()\nexcept (OSError, builtins.BaseException):\n    pass\n", "E = Exception\n"),
        (broad_excepts, "try:\n    f()\nexcept* Exception:\n    pass\n", "try:\n    f()\nexcept* OSError:\n    pass\n"),
        (broad_excepts, "with contextlib.suppress(Exception):\n    f()\n", "with suppress(KeyError):\n    f()\n"),
    ],
)
def test_each_check_of_a_source_can_fail(check: Callable[[str], list[str]], bad: str, good: str) -> None:
    assert (len(check(bad)), check(good)) == (1, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import baselint.check\n", {"baselint.check"}),
        ("from baselint import check, nothing\n", {"baselint", "baselint.check"}),
        ("from baselint.check import Check\n", {"baselint.check"}),
        ("def f():\n    from baselint.check import Check\n", {"baselint.check"}),
        ("class A:\n    async def f():\n        import baselint.check as c\n", {"baselint.check"}),
        ("if TYPE_CHECKING:\n    from baselint.check import Check\n", set()),
        ("if typing.TYPE_CHECKING:\n    import os\nelse:\n    from baselint.check import Check\n", {"baselint.check"}),
        ("import os\nfrom pathlib import Path\n", set()),
    ],
)
def test_imports_are_seen_wherever_they_stand(text: str, expected: set[str]) -> None:
    assert imported(text, {"baselint", "baselint.check"}) == expected


def test_a_relative_import_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2: a relative import"):
        imported("import os\nfrom . import check\n", MODULES.keys())


def test_a_cycle_is_seen_even_where_it_is_long() -> None:
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c"]
    assert cycles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("baselint.cli", "baselint.check", []),
        ("baselint.policy.load", "baselint.policy.kinds", []),
        ("baselint.snapshot.manifest", "baselint.policy.schema_check", []),
        ("baselint.check", "baselint.cli", ["baselint.check imports baselint.cli, which is not below it"]),
        (
            "baselint.snapshot.manifest",
            "baselint.policy.load",
            ["baselint.snapshot.manifest imports baselint.policy.load, which is not below it"],
        ),
        ("baselint.checking", "baselint.check", ["baselint.checking is in no layer; give it one"]),
    ],
)
def test_the_layers_can_fail(name: str, target: str, expected: list[str]) -> None:
    assert layer_mistakes({name: {target}, target: set()}, LAYERS) == expected


def test_rooms_are_kept_apart_by_way_of_others_too() -> None:
    chain = {
        "baselint.report.x": {"baselint.clock"},
        "baselint.clock": {"baselint.snapshot"},
        "baselint.snapshot": set(),
    }
    assert reach_mistakes(chain, APART) == ["baselint.report.x reaches baselint.snapshot"]


def test_the_modules_are_those_of_the_package() -> None:
    assert {"baselint", "baselint.cli", "baselint.policy", "baselint.policy.rules.table"} <= MODULES.keys()
