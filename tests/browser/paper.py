"""Prints pages of the built site: ``python paper.py FILE [PAGE]`` writes the whole runbook, or one page of it, as PDF."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from built import SITE, served
from conftest import CHROMIUM, OPTIONS

WHOLE = "print/"


def printed(page: Page) -> bytes:
    """Return a page that is open as PDF; sizes and margins are those of the style sheet."""
    return page.pdf(prefer_css_page_size=True, tagged=True, outline=True)


def main(target: str, path: str = WHOLE) -> None:
    """Write one page of the built site as PDF."""
    with served(SITE) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page()
        answer = page.goto(address + path)
        if answer is None or not answer.ok:
            sys.exit(f"{path}: the site has no such page")
        Path(target).write_bytes(printed(page))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
