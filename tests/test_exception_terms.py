"""The longest term of an exception, as a project sets it, holds in every command that reads baselines."""

from pathlib import Path

import pytest

from conftest import Cli
from policytree import BASELINE, tree

EXCEPTION = """\
exceptions:
  - id: e
    control: keys
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-01-01"}
    expires: "2026-04-01"
"""


@pytest.mark.parametrize(("days", "code"), [(366, 0), (90, 0), (89, 1)])
def test_a_project_can_shorten_the_longest_term(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, days: int, code: int
) -> None:
    monkeypatch.chdir(tree(tmp_path, baselines__base=BASELINE + EXCEPTION))
    Path("baselint.toml").write_text(f'library = false\nbaseline = "base"\nlongest_exception_days = {days}\n')
    found = cli("validate", "--as-of", "2026-02-01")
    assert found.code == code
    assert ("error[exception-term]" in found.out) == bool(code)
    assert cli("render", "--output", "out").code == 2 * code
    assert cli("list", "frameworks", "-b", "base").code == 2 * code
