"""The menu of the site: every page once, grouped, and safe as YAML whatever a folder is called."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from baselint import resources
from baselint.configuration import Configuration
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library
from baselint.policy.prepare import prepare
from baselint.runbook.book import RunbookPolicy
from baselint.runbook.files import files
from baselint.runbook.menu import AT_NIGHT, GUIDES, MENU, Menu, document, menu
from policytree import LENGTH, library, tree

SHIPPED_GUIDES = {path for path, _ in resources.texts("site", "pages")}


def policy(opened: PolicyLibrary) -> RunbookPolicy:
    baselines = prepare((opened.baseline(name) for name in opened.ids(PolicyKind.BASELINE)), opened).baselines
    controls = tuple(opened.control(name) for name in opened.ids(PolicyKind.CONTROL))
    frameworks = tuple(opened.framework(name) for name in opened.ids(PolicyKind.FRAMEWORK))
    return RunbookPolicy(baselines, controls, dict(resources.texts("site", "pages")), frameworks)


def paths(entries: Menu) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        else:
            for inner in entry.values():
                yield from paths([inner] if isinstance(inner, str) else inner)


def titles(entries: Menu) -> list[str]:
    return [next(iter(entry)) if isinstance(entry, dict) else entry for entry in entries]


def test_every_page_stands_in_the_menu_once() -> None:
    made = files(policy(open_library(Configuration(policies=None))))
    nav = yaml.safe_load(made[MENU])["nav"]
    assert sorted(paths(nav)) == sorted(path for path in made if path.endswith(".md"))
    named = [title for title in titles(nav) if not title.endswith(".md")]
    assert named == ["Home", "At night", "Baselines", "Controls", "Guides", "Standards", "Reference", "Registers"]
    groups = {next(iter(entry)): next(iter(entry.values())) for entry in nav if isinstance(entry, dict)}
    assert titles(groups["Controls"])[:2] == ["controls/index.md", "Account contacts"]
    assert titles(groups["Standards"])[-2:] == ["They decide", "They get evidence"]
    assert nav[0] == {"Home": "index.md"}


def test_every_guide_has_its_place() -> None:
    assert {*AT_NIGHT, *GUIDES} == SHIPPED_GUIDES


def test_pages_that_no_group_knows_are_there_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree(tmp_path))
    extra = (
        "index.md",
        "guides/new.md",
        "guides/glossary.md",
        "accounts/index.md",
        "accounts/a.md",
        "odd-ones/x.md",
        "z.md",
    )
    found = menu(policy(library(tmp_path)), [*extra, "controls.json", "assets/x.css"])
    assert found == [
        {"Home": "index.md"},
        {"Guides": ["guides/glossary.md", "guides/new.md"]},
        {"Accounts": ["accounts/index.md"]},
        {"Odd ones": ["odd-ones/x.md"]},
        {"Registers": ["z.md"]},
    ]


def test_what_matters_most_comes_first_and_what_is_retired_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = LENGTH.replace("id: length", "id: ancient").replace("severity: medium", "severity: critical")
    old += 'status: retired\nretired: {date: "2025-01-06", reason: it ended}\n'
    monkeypatch.chdir(tree(tmp_path, controls__g__ancient=old))
    found = menu(
        policy(library(tmp_path)), [f"controls/g/{name}.md" for name in ("ancient", "keys", "length", "review")]
    )
    assert list(paths(found)) == [f"controls/g/{name}.md" for name in ("keys", "length", "review", "ancient")]


@pytest.mark.parametrize("name", ["a: b", "- x", "#", 'quo"te', "!!python/name:os.system", "\u2028", "é {{ x }}"])
def test_no_name_of_a_folder_comes_alive(name: str) -> None:
    entries: Menu = [f"{name}.md", {name: [f"{name}/x.md"]}]
    assert yaml.safe_load(document(entries)) == {"nav": entries}


def test_single_accounts_are_left_out_and_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There may be thousands, and every page of the site carries the menu."""
    monkeypatch.chdir(tree(tmp_path))
    found = menu(policy(library(tmp_path)), ["accounts/index.md", "accounts/111122223333.md"])
    assert found == [{"Accounts": ["accounts/index.md"]}]
    assert yaml.safe_load(document(found, with_accounts=True))["not_in_nav"] == "/accounts/"
    assert "not_in_nav" not in yaml.safe_load(document(found))
