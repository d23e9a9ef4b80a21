"""The page of contradictions: which standards cannot be met together, at which bounds, and what each baseline chose."""

from pathlib import Path

import pytest

from policytree import BASELINE, library, tree
from test_contradictions import CONTROLS, HEAD, control
from test_framework_pages import made

SIDES = {
    "f0": "{id: expires, needs: {maximum: {at_most: 90}}}",
    "f1": "{id: never}",
    "f2": "{id: users-on}",
    "f3": "{id: users-off}",
    "f4": "{id: expires}",
}
BASE = BASELINE + "  - id: never\n    reason: NIST | says <b>so</b>\n"
OTHER = BASELINE.replace("id: base", "id: other") + "  - {id: expires, parameters: {maximum: 30}}\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    files = {f"controls__g__{name}": text for name, text in CONTROLS.items()}
    for name, mapped in SIDES.items():
        files[f"frameworks__{name}"] = HEAD % (name, "decides") + f'  - {{id: "7", title: One, controls: [{mapped}]}}\n'
    opened = library(tree(tmp_path, baselines__base=BASE, baselines__other=OTHER, **files))
    return made(opened, "base", "other")["frameworks/contradictions.md"]


def test_each_side_is_said_at_the_loosest_bound_of_each_standard(page: str) -> None:
    anchor = "password_policy.maximum_age_days--expires--never"
    section = page[page.index(f"## The maximum age of IAM users' passwords {{#{anchor}}}\n") :].partition("\n## ")[0]
    assert (
        "**Either** the maximum age of IAM users' passwords must be at most 90 days ([`expires`](../controls/g/expires.md)), asked by:\n\n"
        "- [Frame 1, 7](f0.md#requirement-7)\n\n"
        "**or** the maximum age of IAM users' passwords must be at most 1095 days ([`expires`](../controls/g/expires.md)), asked by:\n\n"
        "- [Frame 1, 7](f4.md#requirement-7)\n\n"
        "**or** the maximum age of IAM users' passwords must be unset (passwords never expire) ([`never`](../controls/g/never.md)), asked by:\n\n"
        "- [Frame 1, 7](f1.md#requirement-7)\n"
    ) in section


def test_the_choice_of_each_baseline_is_said_with_its_value_and_its_reason(page: str) -> None:
    assert (
        "- [`base`](../baselines/base.md) takes [`never`](../controls/g/never.md): the maximum age of IAM users' passwords must be "
        "unset (passwords never expire). *Why:* NIST | says &lt;b&gt;so&lt;/b&gt;\n"
        "- [`other`](../baselines/other.md) takes [`expires`](../controls/g/expires.md): the maximum age of IAM users' passwords must "
        "be at most 30 days.\n"
    ) in page
    neither = "Neither side is asked for by [`base`](../baselines/base.md), [`other`](../baselines/other.md).\n"
    assert page.count(neither) == 1


def test_the_standards_are_named_in_pairs_first(page: str) -> None:
    first = page.partition("## In short {#in-short}")[2].partition("\n## ")[0]
    age = "[the maximum age of IAM users' passwords](#password_policy.maximum_age_days--expires--never)"
    assert f"- [Frame 1](f0.md) and [Frame 1](f1.md): {age}\n- [Frame 1](f1.md) and [Frame 1](f4.md): {age}\n" in first
    assert "- [Frame 1](f2.md) and [Frame 1](f3.md): [" in first
    assert first.count("\n- ") == 3


def test_members_are_named_where_it_is_about_each_of_them(page: str) -> None:
    assert "**Either** for each IAM user: " in page


def test_a_side_without_a_bound_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    least = "parameters:\n  least: {title: Least, type: integer, default: 14}\n"
    files = {
        "controls__g__open": control(
            "open", "{expect: {fact: password_policy.minimum_length, at_least: $least}}", least
        ),
        "controls__g__none": control("none", "{expect: {fact: password_policy.minimum_length, present: false}}"),
    }
    for name in ("open", "none"):
        files[f"frameworks__{name}s"] = (
            HEAD % (f"{name}s", "decides") + f'  - {{id: "7", title: One, controls: [{{id: {name}}}]}}\n'
        )
    page = made(library(tree(tmp_path, **files)), "base")["frameworks/contradictions.md"]
    assert (
        "the minimum length of IAM users' passwords may be anything ([`open`](../controls/g/open.md)), asked by:\n"
        in page
    )
    assert "What the baselines chose" not in page


def test_standards_that_agree_are_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"frameworks__f0": HEAD % ("f0", "decides") + '  - {id: "7", title: One, controls: [{id: keys}]}\n'}
    page = made(library(tree(tmp_path, **files)), "base")["frameworks/contradictions.md"]
    assert "No two requirements of the standards here contradict each other.\n" in page
    assert "In short" not in page


def test_two_requirements_that_clash_on_several_facts_tell_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {f"controls__g__{name}": CONTROLS[name] for name in ("expires", "never", "users-on", "users-off")}
    for name, ids in (("f0", "{id: expires}, {id: users-on}"), ("f1", "{id: never}, {id: users-off}")):
        files[f"frameworks__{name}"] = HEAD % (name, "decides") + f'  - {{id: "7", title: One, controls: [{ids}]}}\n'
    page = made(library(tree(tmp_path, **files)), "base")["frameworks/contradictions.md"]
    first = page.partition("## In short {#in-short}")[2].partition("\n## ")[0]
    assert first.count("\n- ") == 1
    assert "--expires--never)" in first
    assert "--users-off--users-on)" in first
    assert page.count("\n## ") == 3
