"""One browser and one server for all tests; a window with storage of its own for each test that acts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from built import SITE, served
from visit import Visit

CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served(SITE) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Open windows: ``visit(path, width=…, scheme=…)``; they are shut after the test."""
    opened = []

    def window(path: str, base: str = address, **options: Any) -> Visit:
        made = Visit(browser, base, **options)
        opened.append(made)
        made.open(path)
        return made

    yield window
    for made in opened:
        made.context.close()
