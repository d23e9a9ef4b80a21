"""The report for an auditor by html5lib, which parses as browsers do and counts every mistake."""

from pathlib import Path

import html5lib
import pytest

from baselint.report.formats import FORMATS
from every_verdict import everything
from reported import made

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "<script>alert(1)</script><img src=x onerror=y>\"'</td></table>&#x3c;\x01\x0b\ufdd0\ufffe\U0001ffff"


def parse(text: str) -> set[tuple[str, str]]:
    """The elements and attributes of a document without a mistake."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    tree = parser.parse(text)
    return {(item.tag, name) for item in tree.iter() if isinstance(item.tag, str) for name in ("", *item.attrib)}


def written(name: str) -> str:
    return "".join(FORMATS["html"].write(made()[name]))


@pytest.mark.parametrize("name", made())
def test_a_report_has_no_mistake(name: str) -> None:
    assert ("table", "aria-labelledby") in parse(written(name))


def test_texts_of_files_add_nothing() -> None:
    plain = parse(written("everything"))
    hostile = everything()
    for account in (accounts := list(hostile.accounts)):
        for item in account["findings"]:
            item["observed"] = item["title"] = HOSTILE
            item["notes"] = [HOSTILE]
        account["name"] = HOSTILE
    report = type(hostile)(hostile.header, accounts)
    assert parse("".join(FORMATS["html"].write(report))) <= plain | {("br", ""), ("span", ""), ("span", "class")}


def test_the_golden_report_has_no_mistake() -> None:
    parse((ROOT / "tests" / "golden" / "report.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("broken", ["<p><div></p>", "<table><p></p></table>", "<b><i></b></i>", "\x01", "&nosuch;"])
def test_html5lib_is_awake(broken: str) -> None:
    text = written("nothing")
    with pytest.raises(html5lib.html5parser.ParseError):
        parse(text.replace("</main>", f"{broken}</main>"))
