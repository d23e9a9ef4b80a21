"""The search finds every control, every requirement of a standard and every rule: in its index, and as typed by a person."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
import yaml

from built import ROOT, SITE
from visit import Visit

FOUND = "/^\\d+ matching/.test(document.querySelector('.md-search-result__meta').textContent.trim())"


def controls() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "policies/controls").rglob("*.yaml")):
        yield path.stem, f"controls/{path.parent.name}/{path.stem}/"


def requirements() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "policies/frameworks").glob("*.yaml")):
        framework = yaml.safe_load(path.read_bytes())
        for requirement in framework["requirements"]:
            yield str(requirement["id"]), f"frameworks/{path.stem}/"


@pytest.fixture(scope="module")
def index() -> dict[str, str]:
    """The text that the search knows of each page."""
    found: dict[str, str] = {}
    for entry in json.loads((SITE / "search/search_index.json").read_bytes())["docs"]:
        page = entry["location"].partition("#")[0]
        found[page] = f"{found.get(page, '')} {entry['title']} {entry['text']}"
    return found


def missing(index: dict[str, str], wanted: Iterator[tuple[str, str]]) -> list[str]:
    """Tell ids that the index does not know as whole words on their own page."""
    return [
        f"{page}: {name}"
        for name, page in wanted
        if not re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", index.get(page, ""))
    ]


def test_the_index_holds_every_control_on_its_page(index: dict[str, str]) -> None:
    assert len(list(controls())) > 50
    assert missing(index, controls()) == []
    assert missing(index, iter([("no-such-control", "controls/root-user/root-mfa/")])) != []


def test_the_index_holds_every_requirement_on_the_page_of_its_standard(index: dict[str, str]) -> None:
    assert len(list(requirements())) > 200
    assert missing(index, requirements()) == []


def rules() -> Iterator[tuple[str, str]]:
    page = (ROOT / "build/docs/reference/rules.md").read_text(encoding="utf-8")
    for name in re.findall(r"^### ([a-z-]+)", page, re.MULTILINE):
        yield name, "reference/rules/"


def test_the_index_holds_every_rule_that_a_message_names(index: dict[str, str]) -> None:
    assert len(list(rules())) > 80
    assert missing(index, rules()) == []


def hits(visit: Visit, words: str) -> list[str]:
    """Type words into the search, and return the addresses of the pages that it finds, the best first."""
    page = visit.page
    field = page.locator("[data-md-component=search-query]")
    field.click()
    field.fill("")
    field.press("Backspace")
    page.wait_for_function("document.querySelector('.md-search-result__meta').textContent.includes('Type to start')")
    field.fill(words[:-1])
    field.press(words[-1])
    page.wait_for_function(FOUND)
    links = page.locator(".md-search-result__link")
    found = links.evaluate_all("(all) => all.map((link) => new URL(link.href).pathname.slice(1))")
    return list(dict.fromkeys(found))


def test_a_person_finds_each_control_by_typing_its_id(visit: Callable[..., Visit]) -> None:
    window = visit("")
    ranks = {name: hits(window, name).index(page) for name, page in controls()}
    assert max(ranks.values()) <= 2
    assert sum(rank == 0 for rank in ranks.values()) >= 0.8 * len(ranks)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("IAM.9", "frameworks/aws-security-hub-controls/"),
        ("IA-5(1)", "frameworks/nist-800-53-r5/"),
        ("CC6.1", "frameworks/soc-2-2017/"),
        ("8.4.1", "frameworks/pci-dss-4.0.1/"),
        ("root.mfa_enabled", "reference/facts/"),
        ("weakened-parameter", "reference/rules/"),
        ("error[weakened-parameter]", "reference/rules/"),
        ("not-an-answer", "reference/statuses/"),
        ("access-denied", "reference/statuses/"),
    ],
)
def test_a_person_finds_what_a_report_a_standard_or_a_message_names(
    visit: Callable[..., Visit], words: str, page: str
) -> None:
    assert page in hits(visit(""), words)


def test_the_search_is_reached_and_left_by_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit("controls/").page
    page.keyboard.press("s")
    page.keyboard.type("root-mfa-backup")
    page.wait_for_function(FOUND)
    page.locator(".md-search-result__link[href*='/root-mfa-backup/']").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/controls/root-user/root-mfa-backup/**")
