"""On paper: every step of every tab under its label, no navigation, empty boxes, and a sane number of pages."""

import io
import re
import unicodedata
from collections.abc import Callable

from playwright.sync_api import Page
from pypdf import PdfReader

from built import ROOT
from paper import WHOLE, printed
from visit import Visit

MFA = "controls/root-user/root-mfa/"


def read(page: Page) -> tuple[int, str]:
    """Print a page, and return how many sheets it takes and the words on them, without any blank."""
    reader = PdfReader(io.BytesIO(printed(page)))
    return len(reader.pages), squeezed("".join(sheet.extract_text() for sheet in reader.pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def steps(page: Page) -> list[str]:
    return page.locator(".bl-tick > span").evaluate_all("(all) => all.map((one) => one.textContent)")


def test_a_control_prints_every_step_of_every_tab(visit: Callable[..., Visit]) -> None:
    page = visit(MFA).page
    wanted = steps(page)
    assert len(wanted) > 8
    sheets, words = read(page)
    assert 3 <= sheets <= 14
    assert [step for step in wanted if squeezed(step) not in words] == []
    assert "Console" in words
    assert "Searchno" not in words
    assert "CopyasMarkdown" not in words


def test_the_whole_runbook_prints_every_step_of_every_control(visit: Callable[..., Visit]) -> None:
    page = visit(WHOLE).page
    wanted = steps(page)
    assert len(wanted) > 150
    sheets, words = read(page)
    assert 40 <= sheets <= 160
    assert [step for step in wanted if squeezed(step) not in words] == []
    titles = re.findall(r"^## (.+?) \{#", (ROOT / "build/docs/print.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(titles) > 20
    assert [title for title in titles if squeezed(title) not in words] == []


def test_paper_has_every_tab_under_its_label_and_empty_boxes(visit: Callable[..., Visit]) -> None:
    page = visit(MFA).page
    page.locator("[data-bl-tick]").first.check()
    assert page.locator(".tabbed-block").nth(1).is_hidden()
    page.emulate_media(media="print")
    assert all(block.is_visible() for block in page.locator(".tabbed-block").all())
    label = "getComputedStyle(document.querySelectorAll('.tabbed-block')[1], '::before').content"
    assert page.evaluate(label) == '"CLI"'
    assert page.evaluate("getComputedStyle(document.querySelector('[data-bl-tick]')).appearance") == "none"
    for gone in (".md-header", ".md-sidebar", ".bl-checklist", ".headerlink"):
        assert page.locator(gone).first.is_hidden()
