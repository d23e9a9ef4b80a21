"""``baselint render --report``: its options, where the links of its pages lead, and that a render without it removes them."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from baselint.commands.runbook_access import open_runbook
from checkout import ROOT
from conftest import Cli, Result
from policytree import LENGTH, tree

EXPORTS = (ROOT / "examples" / "111122223333").as_posix()
ACCOUNT = "accounts/111122223333.md"


@pytest.fixture
def render(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Cli:
    """Make a report on the example and an older one by the small tree, and render that tree into ``out``."""
    monkeypatch.chdir(tree(tmp_path))
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n')
    lint = ("lint", "--fail-on", "never", "--as-of", "2026-11-23", "--output", "json=new.json", EXPORTS)
    assert cli(*lint).code == 0
    old = json.loads(Path("new.json").read_text())
    Path("old.json").write_text(json.dumps({**old, "as_of": "2026-10-23T23:59:59Z"}))

    def call(*arguments: str) -> Result:
        return cli("render", "--output", "out", *arguments)

    return call


def test_pages_of_accounts_come_and_go_with_the_option(render: Cli) -> None:
    assert render().code == 0
    plain = {path.as_posix(): path.read_bytes() for path in Path("out").rglob("*.*")}
    assert render("--report", "new.json", "--check").code == 1
    assert render("--report", "new.json", "--earlier-report", "old.json").code == 0
    assert (Path("out") / ACCOUNT).is_file()
    assert Path("out/robots.txt").is_file()
    again = render("--report", "new.json", "--earlier-report", "old.json", "--check")
    assert (again.code, again.out) == (0, "")
    check = render("--check")
    mend = "run 'baselint render --output out'"
    assert check.code == 1
    for path in (ACCOUNT, "accounts/index.md", "robots.txt"):
        assert f"out/{path}: is orphaned: no policy file makes it; {mend}\n" in check.out
    assert render().code == 0
    assert {path.as_posix(): path.read_bytes() for path in Path("out").rglob("*.*")} == plain


def test_the_call_that_a_check_names_has_the_options(render: Cli) -> None:
    found = render("--report", "new.json", "--earlier-report", "old.json", "--redact", "--check").out
    call = "baselint render --output out --report new.json --earlier-report old.json --redact"
    assert f"out/accounts/index.md: is missing; run '{call}'\n" in found


def test_a_check_tells_that_the_report_is_another_one(render: Cli) -> None:
    render("--report", "new.json")
    assert render("--report", "old.json", "--check").out.startswith(
        f"out/{ACCOUNT}: is stale: the policy or the report has changed; run 'baselint render --output out --report old.json'\n"
    )


def test_account_data_that_somebody_edited_is_not_left_in_silence(render: Cli) -> None:
    render("--report", "new.json")
    page = Path("out") / ACCOUNT
    page.write_text(page.read_text() + "by hand\n")
    refused = render()
    assert (refused.code, f"out/{ACCOUNT}: was edited by hand, so nothing was written" in refused.err) == (2, True)
    assert render("--overwrite").code == 0
    assert not page.exists()


def test_two_renders_of_a_report_give_the_same_bytes(render: Cli) -> None:
    options = ("--report", "new.json", "--earlier-report", "old.json", "--redact")
    render(*options)
    first = {path: path.read_bytes() for path in Path("out").rglob("*.md")}
    assert Path("out/accounts/account-1.md") in first
    assert b"111122223333" not in b"".join(text for path, text in first.items() if path.parent.name == "accounts")
    render()
    render(*options)
    assert {path: path.read_bytes() for path in Path("out").rglob("*.md")} == first


def test_every_link_of_the_pages_leads_to_a_page_and_a_place_on_it(render: Cli) -> None:
    render("--report", "new.json", "--earlier-report", "old.json")
    every = {path.relative_to("out").as_posix(): path.read_text() for path in Path("out").rglob("*.md")}
    led = [(path, *link) for path in (ACCOUNT, "accounts/index.md") for link in links(every[path])]
    for path, target, anchor in led:
        there = joined(path, target)
        assert there in every, (path, target)
        assert not anchor or anchor in anchors(every[there]), (path, target, anchor)
    report = json.loads(Path("new.json").read_text())
    for finding in report["accounts"][0]["findings"]:
        wanted = f"../{finding['help'].removesuffix('/')}.md", finding["help_section"]
        assert (ACCOUNT, *wanted) in led or finding["status"] in {"pass", "not-applicable"}, finding["control"]
    assert {target for _, target, _ in led} >= {"../controls/g/length.md", "../baselines/base.md", "index.md"}


def test_a_control_of_another_policy_has_no_link_and_every_page_says_so(render: Cli) -> None:
    Path("policies/controls/g/length.yaml").unlink()
    baseline = Path("policies/baselines/base.yaml")
    baseline.write_text(baseline.read_text().replace("  - id: length\n", ""))
    assert render("--report", "new.json").code == 0
    page = (Path("out") / ACCOUNT).read_text()
    assert "· `length`\n" in page
    assert "· [`keys`](../controls/g/keys.md)\n" in page
    for path in (ACCOUNT, "accounts/index.md"):
        assert "The report is of another policy than these pages" in (Path("out") / path).read_text()


def test_the_page_of_a_policy_that_did_not_change_says_nothing_of_it(render: Cli) -> None:
    render("--report", "new.json")
    assert "another policy" not in (Path("out") / ACCOUNT).read_text()


def test_a_step_that_is_gone_leads_to_the_steps(render: Cli) -> None:
    steps = "procedure:\n  cli:\n    - {id: set, do: Set it., run: aws iam x, expect: Nothing.}\n"
    path = Path("policies/controls/g/length.yaml")
    path.write_text(LENGTH + steps)
    report = json.loads(Path("new.json").read_text())
    finding = next(item for item in report["accounts"][0]["findings"] if item["control"] == "length")
    for section, leads in (("cli-set", "cli-set"), ("cli-gone", "steps")):
        finding.update(help_section=section)
        Path("new.json").write_text(json.dumps(report))
        assert render("--report", "new.json").err.endswith("removed\n")
        assert f"(../controls/g/length.md#{leads})" in (Path("out") / ACCOUNT).read_text()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--redact",), "--earlier-report and --redact are for the pages of accounts; name a report with --report"),
        (("--earlier-report", "old.json"), "name a report with --report"),
        (("--report", "nothing.json"), "nothing.json: cannot be read (No such file or directory); check the path"),
        (("--report", "old.json", "--earlier-report", "new.json"), "new.json: the report is later than old.json"),
        (("--report", "redacted.json", "--earlier-report", "old.json"), "redacted.json: the report is redacted"),
        (("--report", "new.json", "--earlier-report", "redacted.json"), "redacted.json: the report is redacted"),
    ],
)
def test_options_that_do_not_fit_are_told_and_nothing_is_written(
    render: Cli, options: tuple[str, ...], says: str
) -> None:
    Path("redacted.json").write_text(json.dumps({**json.loads(Path("old.json").read_text()), "redacted": True}))
    found = render(*options)
    assert (found.code, found.out) == (2, "")
    assert says in found.err
    assert not Path("out").exists()


def test_a_redacted_report_alone_has_pages(render: Cli) -> None:
    report = json.loads(Path("new.json").read_text())
    report["accounts"][0]["id"] = "account-1"
    Path("new.json").write_text(json.dumps({**report, "redacted": True}))
    assert render("--report", "new.json").code == 0
    assert "Names and ids are replaced by aliases." in Path("out/accounts/account-1.md").read_text()


def test_nobody_but_the_option_brings_accounts_into_a_runbook(render: Cli) -> None:
    render("--report", "new.json")
    assert open_runbook().accounts is None
    makers = [
        path.name
        for path in (ROOT / "linter" / "baselint").rglob("*.py")
        if re.search(r"\baccounts=|AccountReports\(", path.read_text()) and "runbook" in path.read_text()
    ]
    assert sorted(makers) == ["account_reports.py", "render.py"]


def links(page: str) -> list[tuple[str, str]]:
    """Return target and anchor of every link to a page."""
    return re.findall(r"\]\((?!https:)([^)#]*)#?([^)]*)\)", page)


def anchors(page: str) -> set[str]:
    return {name for pair in re.findall(r'\{#([\w.-]+)\}|id="([\w.-]+)"', page) for name in pair}


def joined(path: str, target: str) -> str:
    """Return the page that a relative target means on some page."""
    parts = path.split("/")[:-1] if target else [path]
    for part in filter(None, target.split("/")):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_targets_are_read_as_a_browser_reads_them() -> None:
    found: Mapping[tuple[str, str], str] = {
        ("a/b.md", "../c/d.md"): "c/d.md",
        ("a/b.md", "e.md"): "a/e.md",
        ("a/b.md", ""): "a/b.md",
    }
    assert {key: joined(*key) for key in found} == found
