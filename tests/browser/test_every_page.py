"""Every page stands alone, fits a phone, and shuts nobody out; one page of every kind in the other modes as well."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from built import KINDS, pages
from visit import PHONE, WIDE, Visit

ALL = pages()
MODES = [(WIDE, "light"), (WIDE, "dark"), (PHONE, "dark")]


@pytest.fixture(scope="module")
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    window = Visit(browser, address, PHONE)
    yield window
    window.context.close()


@pytest.fixture(scope="module", params=MODES, ids=lambda mode: f"{mode[1]}-{mode[0]}")
def window(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    width, scheme = request.param
    made = Visit(browser, address, width, scheme)
    yield made
    made.context.close()


def judge(visit: Visit, path: str) -> None:
    page = visit.open(path)
    assert page.locator("article h1").count() == 1
    assert visit.sideways() <= 0
    # The pages of reference explain what a placeholder looks like; on all others none may be left.
    assert path.startswith("reference/") or "{$" not in page.locator("article").inner_text()
    assert visit.barriers() == []
    assert visit.outside() == []
    assert [error for error in visit.errors if path != "404.html"] == []


@pytest.mark.parametrize("path", ALL)
def test_a_page_stands_alone_fits_a_phone_and_shuts_nobody_out(phone: Visit, path: str) -> None:
    judge(phone, path)


@pytest.mark.parametrize("path", KINDS)
def test_a_page_of_every_kind_does_so_in_every_mode(window: Visit, path: str) -> None:
    judge(window, path)
    scheme = "slate" if window.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "default"
    assert window.page.locator("body").get_attribute("data-md-color-scheme") == scheme


def test_every_kind_is_there() -> None:
    assert set(KINDS) < set(ALL)
