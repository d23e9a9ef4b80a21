"""What differs between two baselines: exceptions and scopes by what they mean, and the words for it in every format."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from baselint.baseline import AppliesTo, Approval, ControlException
from baselint.difference_report import DIFFERENCE_FORMATS
from baselint.policy.differences import difference
from baselint.terminal import Painter
from conftest import Cli
from markdown_judge import dangers, render
from policytree import BASELINE, KEYS, LENGTH, tree
from random_policy import ACCOUNT, HERE, OTHER, baseline_of, resolved_control
from test_strictness import MINIMUM

CONTROLS = (resolved_control("a", MINIMUM, {"p": 14}),)


def exception(name: str = "e", **changes: object) -> ControlException:
    made = ControlException(
        name, "a", (ACCOUNT,), "r", "o", Approval("CISO", date(2026, 9, 1)), date(2026, 12, 1), HERE
    )
    return replace(made, **changes)


def ways(old: tuple[ControlException, ...], new: tuple[ControlException, ...]) -> list[str]:
    found = difference(baseline_of(CONTROLS, excused=old), baseline_of(CONTROLS, excused=new))
    back = difference(baseline_of(CONTROLS, excused=new), baseline_of(CONTROLS, excused=old))
    assert [item.direction.mirrored for item in back.changes] in (
        [item.direction for item in found.changes],
        [item.direction for item in reversed(found.changes)],
    )
    return [str(item.direction) for item in found.changes]


E = exception()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((), (E,), ["weaker"]),
        ((E,), (), ["stricter"]),
        ((E,), (E,), []),
        ((E,), (replace(E, reason="another", ticket="https://example.com"),), []),
        ((E,), (replace(E, expires=date(2027, 1, 1)),), ["weaker"]),
        ((E,), (replace(E, expires=date(2026, 11, 1)),), ["stricter"]),
        ((E,), (replace(E, approved=Approval("CISO", date(2026, 8, 1))),), ["weaker"]),
        ((E,), (replace(E, approved=Approval("CISO", date(2026, 8, 1)), expires=date(2026, 10, 1)),), ["different"]),
        ((E,), (replace(E, accounts=(ACCOUNT, OTHER)),), ["weaker"]),
        ((E,), (replace(E, accounts=(OTHER,)),), ["different"]),
        ((E,), (replace(E, subjects=("u1",)),), ["different"]),
        ((replace(E, subjects=("u1",)),), (replace(E, subjects=("u1", "u2")),), ["weaker"]),
        ((E,), (replace(E, id="f"),), ["equal", "equal"]),
        ((E,), (replace(E, control="b"),), ["stricter", "equal"]),
        ((E, replace(E, id="f", expires=date(2027, 1, 1))), (replace(E, id="f", expires=date(2027, 1, 1)),), ["equal"]),
    ],
)
def test_exceptions_are_compared_by_what_they_excuse(
    old: tuple[ControlException, ...], new: tuple[ControlException, ...], expected: list[str]
) -> None:
    assert ways(old, new) == expected


def test_an_exception_for_a_control_that_is_new_excuses_nothing_that_was_asked() -> None:
    found = difference(baseline_of(()), baseline_of(CONTROLS, excused=(E,)))
    assert [(item.kind, str(item.direction)) for item in found.changes] == [
        ("control", "stricter"),
        ("exception", "equal"),
    ]
    assert not found.may_weaken


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (AppliesTo(), AppliesTo((ACCOUNT,)), ["weaker"]),
        (AppliesTo((ACCOUNT,)), AppliesTo(), ["stricter"]),
        (AppliesTo((ACCOUNT,)), AppliesTo((OTHER,)), ["different"]),
        (AppliesTo((ACCOUNT, OTHER)), AppliesTo((OTHER, ACCOUNT)), []),
        (AppliesTo(partitions=("aws",)), AppliesTo(partitions=("aws", "aws-cn")), ["stricter"]),
        (AppliesTo((ACCOUNT,)), AppliesTo(kinds=("member",)), ["weaker", "stricter"]),
    ],
)
def test_scopes_are_compared_by_whom_they_mean(old: AppliesTo, new: AppliesTo, expected: list[str]) -> None:
    found = difference(baseline_of(CONTROLS, old), baseline_of(CONTROLS, new))
    assert [str(item.direction) for item in found.changes] == expected


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("baselint.toml").write_text("library = false\n")
    return tmp_path


FRAME = """\
kind: framework
id: frame
title: <b>Frame</b> | one
publisher: Us
edition: "1"
url: "https://example.com"
relation: decides
requirements:
  - {id: "1.1", title: "Long | <i>passwords</i>", controls: [{id: length, needs: {minimum: {at_least: 14}}}, {id: gone}]}
"""
OLD = (
    BASELINE
    + """\
satisfies: [frame]
exceptions:
  - id: ended
    control: keys
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-01-01"}
    expires: "2026-12-01"
"""
)
NEW = """\
kind: baseline
id: next
title: Next
version: "2 | <b>two</b>"
owner: ops
satisfies: [frame]
applies_to: {kinds: [member]}
controls:
  - {id: length, parameters: {minimum: 8}, severity: high}
  - {id: keys, parameters: {days: 30}}
exceptions:
  - id: added
    control: length
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-01-01"}
    expires: "2026-12-01"
"""


def two(directory: Path) -> None:
    gone = LENGTH.replace("id: length", "id: gone").replace("  minimum: {", "  other: {").replace("$minimum", "$other")
    tree(
        directory,
        controls__g__gone=gone,
        frameworks__frame=FRAME.replace(", {id: gone}", ""),
        baselines__base=OLD,
        baselines__next=NEW,
    )


@pytest.mark.parametrize("name", sorted(DIFFERENCE_FORMATS))
def test_every_format_says_what_changed(here: Path, cli: Cli, golden: Callable[[str, str], None], name: str) -> None:
    two(here)
    found = cli("diff", "base", "next", "--format", name)
    assert (found.code, found.err) == (0, "")
    golden(f"difference.{ {'text': 'txt', 'markdown': 'md'}.get(name, name) }", found.out)
    assert cli("diff", "base", "next", "--format", name).out == found.out


def test_markdown_holds_no_html_of_a_file(here: Path, cli: Cli) -> None:
    two(here)
    html = render(cli("diff", "base", "next", "--format", "markdown").out)
    assert dangers(html) == []
    assert "&lt;b&gt;two&lt;/b&gt;" in html


def test_nothing_to_tell_is_told(here: Path, cli: Cli) -> None:
    tree(here)
    words = "nothing that decides a verdict differs"
    assert cli("diff", "base", "base", "--fail-on", "weaker").out.endswith(f"equal: {words}\n")
    assert cli("diff", "base", "base", "--format", "markdown").out == f"### base 1 → base 1: equal\n\nN{words[1:]}.\n"
    shorter = BASELINE.replace("id: base", "id: next").replace("  - id: keys\n", "")
    Path("policies/baselines/next.yaml").write_text(shorter)
    found = cli("diff", "base", "next", "--format", "markdown").out
    assert found.endswith("1 change: 0 stricter, 1 weaker, 0 different, 0 equal.\n")
    shown = json.loads(cli("diff", "base", "base", "--format", "json").out)
    assert (shown["direction"], shown["changes"]) == ("equal", [])


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        ("{id: keys, parameters: {days: 91}}", 1),
        ("{id: keys, parameters: {days: 89}}", 0),
        ("{id: keys, severity: medium}", 1),
        ("{id: keys, severity: critical}", 0),
    ],
)
def test_only_what_may_weaken_fails(here: Path, cli: Cli, selection: str, code: int) -> None:
    text = BASELINE.replace("id: base", "id: next").replace("- id: keys", f"- {selection}")
    tree(here, baselines__next=text)
    assert cli("diff", "base", "next", "--fail-on", "weaker").code == code
    assert cli("diff", "base", "next").code == 0


def test_a_changed_check_is_told_in_words(here: Path, cli: Cli) -> None:
    tree(here)
    other = here / "release"
    (other / "controls/g").mkdir(parents=True)
    (other / "controls/g/length.yaml").write_text(LENGTH)
    Path("policies/controls/g/length.yaml").unlink()
    newer = here / "newer/controls/g"
    newer.mkdir(parents=True)
    (newer / "length.yaml").write_text(LENGTH.replace("at_least: $minimum", "at_most: $minimum"))
    found = cli("diff", "base", "base", "--old-library", "release", "--new-library", "newer")
    assert "  different  length  what it asks: changed\n" in found.out
    assert (
        "             it asked  the minimum length of IAM users' passwords must be at least 14 characters\n"
        in found.out
    )
    assert (
        "             it asks   the minimum length of IAM users' passwords must be at most 14 characters\n" in found.out
    )


def test_a_release_is_compared_by_its_wheel(here: Path, cli: Cli) -> None:
    tree(here)
    Path("policies/controls/g/keys.yaml").unlink()
    for name, text in (("old", KEYS), ("new", KEYS.replace("default: 90", "default: 365"))):
        with zipfile.ZipFile(f"{name}.whl", "w") as wheel:
            wheel.writestr("baselint/_data/policies/controls/g/keys.yaml", text)
    found = cli("diff", "base", "base", "--old-library", "old.whl", "--new-library", "new.whl", "--fail-on", "weaker")
    assert found.code == 1
    assert "  weaker     keys  days: 90 -> 365\n" in found.out
    assert "new.whl/controls/g/keys.yaml:6:47, was old.whl/controls/g/keys.yaml:6:47" in found.out


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "baselint.toml",
            "baselint.toml: is no wheel (File is not a zip file); name a wheel, or a directory of policies",
        ),
        ("empty", "empty: holds no policies; name baselint's wheel, or a directory of policies"),
        ("nowhere", "nowhere: holds no policies"),
        ("other.whl", "other.whl: holds no policies"),
    ],
)
def test_what_is_no_release_is_told(here: Path, cli: Cli, path: str, words: str) -> None:
    tree(here)
    Path("empty").mkdir()
    zipfile.ZipFile("other.whl", "w").close()
    found = cli("diff", "base", "base", "--old-library", path)
    assert found.code == 2
    assert words in found.err


def test_colours_say_nothing_that_words_do_not() -> None:
    found = difference(baseline_of(CONTROLS), baseline_of(()))
    coloured = "".join(DIFFERENCE_FORMATS["text"](found, (), Painter(coloured=True)))
    assert "\x1b[31;1mweaker   \x1b[0m" in coloured
    assert "weaker" in "".join(DIFFERENCE_FORMATS["text"](found, (), Painter(coloured=False)))
