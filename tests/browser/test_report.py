"""The report for an auditor in a real browser: axe, a phone, dark, on paper, and no outside request."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from built import ROOT
from visit import JUDGE, PHONE, SIDEWAYS, WIDE, Visit

REPORT = ROOT / "tests" / "golden" / "report.html"
AXE = ROOT / ".venv-browser" / "node_modules" / "axe-core" / "axe.min.js"


def opened(browser: Browser, path: Path = REPORT, width: int = WIDE, scheme: str = "light") -> Visit:
    """The report as a file, where its own policy lets nobody run a script but this test."""
    made = Visit(browser, path.as_uri(), width=width, scheme=scheme, bypass_csp=True)
    made.open("")
    return made


def judge(made: Visit) -> list[str]:
    made.page.add_script_tag(path=AXE)
    found: list[str] = made.page.evaluate(JUDGE)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_it_can_be_read_by_everybody(browser: Browser, width: int, scheme: str) -> None:
    made = opened(browser, width=width, scheme=scheme)
    assert made.page.evaluate(SIDEWAYS) == 0
    assert made.requests == [REPORT.as_uri()]
    assert judge(made) == []
    assert made.errors == []
    made.context.close()


def test_axe_is_awake(browser: Browser, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    text = REPORT.read_text(encoding="utf-8")
    broken.write_text(text.replace("--soft: #57606a", "--soft: #e0e0e0").replace(' lang="en"', ""), encoding="utf-8")
    made = opened(browser, broken)
    found = judge(made)
    assert any(item.startswith("color-contrast") for item in found)
    assert any(item.startswith("html-has-lang") for item in found)
    made.context.close()


def test_its_own_policy_stops_every_script(browser: Browser, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.html"
    text = REPORT.read_text(encoding="utf-8")
    hostile.write_text(text.replace("</main>", "<script>document.title = 'owned'</script></main>"), encoding="utf-8")
    made = Visit(browser, hostile.as_uri())
    made.open("")
    assert made.page.title().startswith("Verdicts on")
    assert any("Content Security Policy" in item for item in made.errors)
    made.context.close()


def test_on_paper_each_part_begins_a_page_and_tables_repeat_their_headings(browser: Browser) -> None:
    made = opened(browser)
    pages = PdfReader(io.BytesIO(made.page.pdf(prefer_css_page_size=True))).pages
    texts = [page.extract_text() for page in pages]
    starts = [re.sub(r"\A\d+ / \d+\s*", "", text).split("\n")[0] for text in texts]
    assert starts[0].startswith("Verdicts on 2 AWS accounts")
    assert {"2 Summary", "3 Controls", "4 How verdicts are reached"} <= set(starts)
    assert "Skip to the report" not in texts[0]
    assert f"1 / {len(pages)}" in texts[0]
    scope = texts[: starts.index("2 Summary")]
    assert sum("SHA-256" in text and "Records" in text for text in scope) == len(scope) or len(scope) == 1
    made.context.close()
