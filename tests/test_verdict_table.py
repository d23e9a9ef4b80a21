"""The page that shows how verdicts are decided is made from the examples, and is up to date."""

from pathlib import Path

import pytest

from verdict_table import EXAMPLES, PAGE, table

FOLDERS = [path.parent for path in EXAMPLES.glob("*/*/case.yaml")]


def test_the_page_is_what_the_examples_say(request: pytest.FixtureRequest) -> None:
    page = table(FOLDERS)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == page, "run pytest --update-golden, and look at the page"


def test_every_example_is_a_line_and_every_control_a_section() -> None:
    lines = [line for line in table(FOLDERS).splitlines() if line.startswith(("## ", "| "))]
    wrong_elsewhere = [line for line in lines if line.startswith("| [")]
    headings = [line for line in lines if line.startswith("## ")]
    cases = [line for line in lines if line.startswith("| ") and not line.startswith(("| [", "| Case", "| Control"))]
    assert len(cases) == len(FOLDERS)
    assert len(headings) == len({folder.parent for folder in FOLDERS}) + bool(wrong_elsewhere)
    assert len(wrong_elsewhere) == sum("\nelsewhere:" in (folder / "case.yaml").read_text() for folder in FOLDERS)


def test_texts_are_shown_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "root-mfa" / "not-applicable-x"
    (folder / "snapshot" / "a").mkdir(parents=True)
    (folder / "snapshot" / "a" / "b.json").write_text("{}")
    (folder / "case.yaml").write_text('{row: "a | b <script>", why: "*c*"}')
    assert table([folder]).splitlines()[-1] == (
        r"| a &#124; b &lt;script&gt; | **not-applicable** | \*c\* | `a/b.json` |"
    )


def test_an_account_without_files_is_named_so(tmp_path: Path) -> None:
    folder = tmp_path / "root-mfa" / "fail-x"
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text("{row: a, why: b}")
    assert table([folder]).splitlines()[-1] == "| a | **fail** | b | none |"
