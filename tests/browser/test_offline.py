"""The build for a disk: links open pages, the search finds, ticks last, and nothing is asked of any host."""

from collections.abc import Callable

import pytest

from built import OFFLINE, pages
from visit import Visit

BASE = f"{OFFLINE.as_uri()}/"


@pytest.fixture
def opened(visit: Callable[..., Visit]) -> Visit:
    return visit("index.html", base=BASE)


def test_it_has_every_page_of_the_other_build() -> None:
    flat = {path.relative_to(OFFLINE).as_posix() for path in OFFLINE.rglob("*.html")}
    assert {path.removesuffix(".html").removesuffix("index").rstrip("/") for path in flat} == {
        path.removesuffix(".html").rstrip("/") for path in pages()
    }


def test_links_lead_from_page_to_page(opened: Visit) -> None:
    page = opened.page
    page.locator("article a[href*='baselines/aws-root-hardening']").first.click()
    page.wait_for_url("**/baselines/aws-root-hardening.html")
    page.locator("article a[href*='root-mfa.html']").first.click()
    page.wait_for_url("**/controls/root-user/root-mfa.html")
    assert opened.outside() == []
    assert opened.errors == []


def test_no_link_of_any_page_opens_a_directory(opened: Visit) -> None:
    page = opened.open("controls/index.html")
    hrefs = page.locator("a[href]").evaluate_all("(all) => all.map((one) => one.href)")
    assert len(hrefs) > 100
    assert [href for href in hrefs if href.split("#")[0].split("?")[0].endswith("/")] == []


def test_the_search_finds_an_id_without_a_worker_or_a_host(opened: Visit) -> None:
    page = opened.page
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type("root-mfa-backup")
    found = page.locator(".md-search-result__link[href*='root-mfa-backup.html']")
    found.first.wait_for()
    found.first.click()
    page.wait_for_url("**/root-mfa-backup.html?h=**")
    assert opened.outside() == []
    assert opened.errors == []


def test_ticks_and_links_to_steps_work(opened: Visit) -> None:
    page = opened.open("controls/root-user/root-mfa.html")
    page.locator("[data-bl-tick]").first.check()
    page.reload()
    assert page.locator("[data-bl-tick]").first.is_checked()
    step = page.locator(".tabbed-block >> nth=1 >> .bl-tick").first.get_attribute("id")
    page = opened.open(f"controls/root-user/root-mfa.html#{step}")
    page.locator(f"#{step}").wait_for(state="visible")
    assert opened.errors == []
