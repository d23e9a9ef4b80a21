"""zensical and properdocs, which nobody here wrote, build the site of a starter tree from the pages and settings as they are."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

BIN = Path(sys.executable).parent
ENGINES = {"zensical": "search.json", "properdocs": "search/search_index.json"}
"""Each engine, and where it puts what its search finds."""


def run(directory: Path, *command: str) -> subprocess.CompletedProcess[str]:
    program, *arguments = command
    return subprocess.run(
        [str(BIN / program), *arguments],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )


def build(engine: str, directory: Path, settings: str = "mkdocs.yml") -> subprocess.CompletedProcess[str]:
    return run(directory, engine, "build", "--strict", "-f", settings)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a starter tree with its pages."""
    here = tmp_path_factory.mktemp("site")
    for command in (("init", "--id", "acme"), ("render", "--output", "docs")):
        done = run(here, "baselint", *command)
        assert done.returncode == 0, done.stderr
    return here


@pytest.fixture(scope="module")
def sites(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the site that each engine made of the same tree."""
    made = {}
    for engine in ENGINES:
        here = shutil.copytree(tree, tmp_path_factory.mktemp(engine) / "tree")
        done = build(engine, here)
        assert done.returncode == 0, done.stdout + done.stderr
        made[engine] = here / "build" / "site"
    return made


def addresses(pages: Path) -> set[str]:
    """Return the address of each page below a directory of Markdown."""
    names = (path.relative_to(pages).with_suffix("").as_posix() for path in pages.rglob("*.md"))
    return {name.removesuffix("index").rstrip("/") for name in names}


def sections(page: Path) -> Sequence[str]:
    """Return the titles of the groups of a menu, in their order."""
    text = page.read_text(encoding="utf-8")
    titles = re.findall(r'class="md-nav__title"[^>]*>\s*(?:<span[^>]*></span>)?\s*([^<]*?)\s*<', text)
    return [title for title in titles if title not in {"", "Table of contents", "On this page"}]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_page_is_built(engine: str, sites: dict[str, Path], tree: Path) -> None:
    site = sites[engine]
    built = {path.parent.relative_to(site).as_posix().removeprefix(".") for path in site.rglob("index.html")}
    assert len(built) > 100
    assert built == addresses(tree / "docs")
    assert (site / "assets" / "runbook.css").is_file()
    assert not (site / ".mkdocs-menu.yml").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_finding_leads_to_its_step(engine: str, sites: dict[str, Path]) -> None:
    page = (sites[engine] / "controls" / "root-user" / "root-mfa" / "index.html").read_text(encoding="utf-8")
    for anchor in ("steps", "verify", "evidence"):
        assert f'id="{anchor}"' in page, anchor
    assert page.count('data-bl-tick="root-mfa/') > 5


@pytest.mark.parametrize("engine", ENGINES)
def test_search_finds_every_rule_and_leaves_the_page_for_paper_out(engine: str, sites: dict[str, Path]) -> None:
    found = json.loads((sites[engine] / ENGINES[engine]).read_text(encoding="utf-8"))
    entries = found.get("docs") or found["items"]
    titles = {entry["title"] for entry in entries}
    assert {"weakened-parameter", "unknown-control", "bad-form", "not-exported"} <= titles
    assert [entry["location"] for entry in entries if entry["location"].startswith("print")] == []


def test_the_menu_is_the_same(sites: dict[str, Path]) -> None:
    groups = ["Account contacts", "Credentials", "Organization", "Password policy", "Root user"]
    relations = ["They decide", "They get evidence"]
    titles = ["At night", "Baselines", "Controls", *groups, "Guides", "Standards", *relations, "Reference", "Registers"]
    for engine, site in sites.items():
        assert sections(site / "index.html") == titles, engine


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("link", ["nowhere.md", "guides/glossary.md#nowhere"])
def test_each_engine_sees_a_link_that_leads_nowhere(engine: str, link: str, tree: Path, tmp_path: Path) -> None:
    here = shutil.copytree(tree, tmp_path / "tree")
    page = here / "docs" / "index.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n[x]({link})\n", encoding="utf-8")
    done = build(engine, here)
    assert done.returncode != 0
    told = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    assert "nowhere" in told or "anchor does not exist" in told


def test_the_plugin_makes_the_same_site_under_properdocs(tree: Path, sites: dict[str, Path], tmp_path: Path) -> None:
    here = shutil.copytree(tree, tmp_path / "tree")
    shutil.rmtree(here / "docs")
    (here / "docs").mkdir()
    settings = yaml.safe_load((here / "mkdocs.yml").read_text(encoding="utf-8"))
    del settings["INHERIT"]
    settings["plugins"].append("baselint")
    (here / "with-plugin.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    done = build("properdocs", here, "with-plugin.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    site = here / "build" / "site"
    pages = {path.relative_to(site): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    rendered = sites["properdocs"]
    assert pages == {path.relative_to(rendered): path.read_text(encoding="utf-8") for path in rendered.rglob("*.html")}


def test_a_broken_policy_ends_a_build_of_properdocs_with_its_place(tree: Path, tmp_path: Path) -> None:
    here = shutil.copytree(tree, tmp_path / "tree")
    baseline = here / "policies" / "baselines" / "acme.yaml"
    baseline.write_text(baseline.read_text(encoding="utf-8").replace("minimum: 16", "minimun: 16"), encoding="utf-8")
    (here / "with-plugin.yml").write_text("site_name: x\ntheme: material\nplugins: [baselint]\n", encoding="utf-8")
    done = build("properdocs", here, "with-plugin.yml")
    assert done.returncode != 0
    assert re.search(r"policies/baselines/acme\.yaml:\d+:\d+: error\[", done.stderr + done.stdout)
    assert "Traceback" not in done.stderr + done.stdout
