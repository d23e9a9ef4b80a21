"""The built site in a real browser: desktop and phone, light and dark, on paper, and without any outside request."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

SITE = Path(__file__).parents[2] / "build" / "site"
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
PAGES = [
    "",
    "baselines/aws-root-hardening/",
    "controls/",
    "controls/root-user/root-mfa/",
    "controls/password-policy/password-minimum-length/",
    "controls/root-user/root-security-questions/",
    "guides/break-glass/",
    "guides/edit-in-your-editor/",
    "guides/export-a-snapshot/",
    "guides/glossary/",
    "guides/incident-root-alarm/",
    "guides/incident-root-key-found/",
    "guides/incident-root-mfa-lost/",
    "guides/reading-this-site-as-an-auditor/",
    "guides/reading-verdicts/",
    "guides/root-user-or-iam-user/",
    "guides/storing-snapshots-safely/",
    "guides/tasks-that-need-root/",
]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Quiet(SimpleHTTPRequestHandler):
    """A file server that logs nothing."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    assert (SITE / "index.html").is_file(), "build the site first: make docs"
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(SITE)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield running
        running.close()


class Visit:
    """A page with what it asked for and what it complained of."""

    def __init__(self, browser: Browser, address: str, width: int, scheme: str) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.address = address

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path, wait_until="networkidle")
        return self.page

    def outside(self) -> list[str]:
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:" + self.address))]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 420])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_alone_and_fits(browser: Browser, address: str, path: str, width: int, scheme: str) -> None:
    visit = Visit(browser, address, width, scheme)
    page = visit.open(path)
    assert visit.outside() == []
    assert visit.errors == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.locator("h1").count() == 1
    assert page.locator("body").get_attribute("data-md-color-scheme") == {"light": "default", "dark": "slate"}[scheme]
    assert page.locator("article").inner_text().count("{$") == 0
    visit.context.close()


def test_console_and_cli_are_linked_tabs(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, 1280, "light")
    page = visit.open("controls/password-policy/password-minimum-length/")
    tab = page.locator(".tabbed-labels label", has_text="CLI")
    command = page.get_by_text("update-account-password-policy").locator("visible=true")
    tab.click()
    command.first.wait_for()
    page = visit.open("controls/account-contacts/contact-billing/")
    page.locator(".tabbed-block").nth(1).wait_for(state="visible")
    assert page.locator(".tabbed-block").nth(0).is_hidden()
    visit.context.close()


def test_paper_shows_every_tab(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, 1280, "light")
    page = visit.open("controls/root-user/root-mfa/")
    assert page.locator(".tabbed-block").nth(1).is_hidden()
    page.emulate_media(media="print")
    assert all(block.is_visible() for block in page.locator(".tabbed-block").all())
    visit.context.close()


def test_the_search_finds_a_control_by_its_id(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, 1280, "light")
    page = visit.open("")
    query = page.locator("[data-md-component=search-query]")
    query.click()
    query.press_sequentially("root-mfa", delay=30)
    page.locator(".md-search-result__link[href*='root-mfa']").first.wait_for(timeout=10_000)
    visit.context.close()


def test_the_checklist_has_names_and_opens_each_control(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, 420, "light")
    page = visit.open("baselines/aws-root-hardening/")
    boxes = page.locator("article input[type=checkbox]").all()
    assert len(boxes) == 25
    assert boxes[4].get_attribute("data-bl-tick") == "aws-root-hardening/root-mfa"
    page.locator("article ol a").nth(4).click()
    page.wait_for_url("**/controls/root-user/root-mfa/")
    visit.context.close()


def test_the_judges_are_awake(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, 420, "light")
    page = visit.open("")
    page.evaluate("document.querySelector('article').innerHTML += '<div style=\"width: 900px\">wide</div><h1>two</h1>'")
    assert page.evaluate(SIDEWAYS) > 0
    assert page.locator("h1").count() == 2
    page.evaluate("fetch('http://127.0.0.1:9/outside').catch(() => console.error('refused'))")
    page.wait_for_timeout(500)
    assert visit.outside() == ["http://127.0.0.1:9/outside"]
    assert visit.errors
    visit.context.close()
