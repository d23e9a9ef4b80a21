"""The page of decisions: every entry of every log, the newest day first, with its approval or the lack of one."""

from pathlib import Path

import pytest

from conftest import Cli
from policytree import BASELINE, tree

LOG = """\
changes:
  - {date: "2026-10-02", control: keys, reason: an earlier one}
  - {date: "2026-11-02", control: length, reason: a <b>later</b> one, approved_by: CISO}
  - {date: "2026-11-02", control: base, reason: about all of it, approved_by: CISO}
"""


def test_decisions_stand_on_a_page_the_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.chdir(tree(tmp_path, baselines__base=BASELINE + LOG))
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n')
    assert cli("render", "--output", "pages").code == 0
    page = Path("pages/changes.md").read_text()
    assert page.index("## 2026-11-02") < page.index("a &lt;b&gt;later&lt;/b&gt; one") < page.index("## 2026-10-02")
    assert "**[`length`](controls/g/length.md)** in [Base](baselines/base.md)" in page
    assert "**[`base`](baselines/base.md)** in" in page
    assert page.count("Approved by CISO.") == 2
    assert page.count("**No approval is recorded.**") == 1
    Path("policies/baselines/base.yaml").write_text(BASELINE)
    cli("render", "--output", "pages")
    assert "No baseline records a decision yet." in Path("pages/changes.md").read_text()
