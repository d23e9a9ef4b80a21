"""Pages of accounts: they stand alone, fit a phone, shut nobody out, lead to the steps, and stay out of the search."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from built import ACCOUNTS, SITE, served
from visit import PHONE, WIDE, Visit

PAGES = ["accounts/", "accounts/111122223333/"]
MODES = [(WIDE, "light"), (WIDE, "dark"), (PHONE, "light"), (PHONE, "dark")]


@pytest.fixture(scope="module")
def internal() -> Iterator[str]:
    with served(ACCOUNTS) as found:
        yield found


@pytest.fixture(scope="module", params=MODES, ids=lambda mode: f"{mode[1]}-{mode[0]}")
def window(browser: Browser, internal: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    width, scheme = request.param
    made = Visit(browser, internal, width, scheme)
    yield made
    made.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_accounts_does_as_every_page_in_every_mode(window: Visit, path: str) -> None:
    page = window.open(path)
    assert page.locator("article h1").count() == 1
    assert page.get_by_text("Internal: account data").is_visible()
    assert window.sideways() <= 0
    assert window.barriers() == []
    assert window.outside() == []
    assert window.errors == []


def test_the_matrix_leads_to_the_finding_and_the_finding_to_the_steps(window: Visit) -> None:
    page = window.open("accounts/")
    page.locator(".bl-statuses .bl-fail").first.click()
    page.wait_for_url("**/accounts/111122223333/#finding-root-mfa")
    assert page.locator("#finding-root-mfa").is_visible()
    page.get_by_role("link", name="the steps that mend it").first.click()
    page.wait_for_url("**/controls/root-user/root-mfa/#steps")
    assert page.locator("#steps").is_visible()


def test_the_first_column_of_the_matrix_stays(window: Visit) -> None:
    page = window.open("accounts/")
    cell = page.locator(".bl-statuses tbody td").last.locator("xpath=../td[1]")
    page.evaluate("document.querySelectorAll('.bl-statuses *').forEach((box) => box.scrollTo(200, 0))")
    after = cell.bounding_box()
    edge = page.locator(".bl-statuses .md-typeset__scrollwrap").last.bounding_box()
    assert after
    assert edge
    assert 0 <= after["x"] - edge["x"] <= 20


def test_the_menu_has_the_overview_and_the_search_has_no_account(window: Visit) -> None:
    page = window.open("")
    assert page.locator("nav a[href='accounts/']").count() >= 1
    assert page.locator("nav a[href*='111122223333']").count() == 0
    entries = json.loads((ACCOUNTS / "search/search_index.json").read_bytes())["docs"]
    assert entries
    assert [item["location"] for item in entries if item["location"].startswith("accounts/")] == []


def test_the_public_site_has_no_page_of_an_account() -> None:
    assert (SITE / "index.html").is_file()
    assert not (SITE / "accounts").exists()
    assert not (SITE / "robots.txt").exists()
