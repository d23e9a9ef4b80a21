"""The commands as a person uses them: exit codes, messages, files."""

import json
from pathlib import Path

import pytest

from baselint import atomic
from baselint.errors import UsageError
from baselint.exports import EXPORTS
from baselint.facts import FACTS
from baselint.report.formats import FORMATS
from builders import caller, complete_snapshot, summary, write
from conftest import Cli
from policytree import BASELINE, KEYS, LENGTH, tree

FRAMEWORK = (
    'kind: framework\nid: frame\ntitle: Frame\npublisher: Us\nedition: "1"\nurl: "https://example.com"\nrelation: decides\n'
    'requirements:\n  - {id: "1", title: Length, controls: [{id: length}]}\n  - {id: "2", title: Other, not_covered: outside}\n'
    '  - id: "3"\n    title: Either\n    any_of: [{controls: [{id: keys}]}, {otherwise: else}]\n'
)
EXCEPTION = (
    "exceptions:\n  - {id: e, control: keys, accounts: ['111122223333'], reason: r, owner: o, "
    "approved: {by: c, date: '2026-01-01'}, expires: '2026-12-01'}\n"
)
ATTESTATION = (
    "kind: attestations\nattestations:\n  - {control: review, accounts: ['111122223333'], outcome: pass, statement: s, by: b, "
    "date: '2026-10-01', answers: {trigger: periodic}}\n"
)
CONTROL = LENGTH + (
    "rationale: |\n  One.\n\n  Two `keys`.\napplicability: Always.\nbreaks: Nothing.\nlimits: Much.\n"
    "procedure:\n  before: [{id: a, do: Think, expect: Thought}]\n"
    "  cli: [{id: a, when: now, do: Run, run: 'aws iam update-account-password-policy {$password-policy-options}', expect: ok, trouble: call}]\n"
    "references: [{title: Guide, url: 'https://example.com'}]\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.baselint]\nlibrary = false\nbaseline = "base"\n')
    return tree(tmp_path, frameworks__frame=FRAMEWORK, attestations__a=ATTESTATION, controls__g__length=CONTROL)


def test_validate_prints_every_mistake_and_counts_them(here: Path, cli: Cli) -> None:
    clean = cli("validate", "--as-of", "2026-11-02")
    assert (clean.code, clean.out, clean.err) == (0, "", "7 files checked: 0 error(s), 0 warning(s)\n")
    Path("policies/controls/g/keys.yaml").write_text(KEYS.replace("high", "hihg"))
    Path("policies/baselines/base.yaml").write_text(BASELINE.replace('"1"', "1.10"))
    found = cli("validate", "--as-of", "2026-11-02")
    assert found.code == 1
    assert found.out == (
        "policies/controls/g/keys.yaml:4:11: error[value-not-allowed]: 'severity' cannot be the text 'hihg'; "
        "allowed: critical, high, medium, low; did you mean 'high'?\n    write: high\n"
        "policies/baselines/base.yaml:4:10: warning[unquoted-text]: other YAML readers do not read 1.10 as text; "
        'put it in quotes\n    write: "1.10"\n'
    )
    assert found.err == "7 files checked: 1 error(s), 1 warning(s)\n"
    only = cli("validate", "policies/baselines/base.yaml")
    assert (only.code, only.err) == (0, "1 file checked: 0 error(s), 1 warning(s)\n")


def test_validate_has_nothing_to_say_without_files(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli("validate").code == 3
    Path("policies").mkdir()
    result = cli("validate")
    assert (result.code, result.err) == (3, "baselint: nothing to check: policies/ holds no policy files\n")
    assert cli("validate", "nowhere.yaml").code == 2


def test_validate_tells_clashing_ids(here: Path, cli: Cli) -> None:
    Path("policies/baselines/keys.yaml").write_text(BASELINE.replace("id: base", "id: keys"))
    result = cli("validate")
    assert result.code == 1
    assert "error[duplicate-id]" in result.out
    assert cli("lint", "x").code == 2


def test_lint_exit_codes(here: Path, cli: Cli) -> None:
    write(Path("s"), complete_snapshot())
    assert cli("lint", "--as-of", "2026-11-02", "s").code == 0
    assert cli("lint", "--as-of", "2026-11-02", "--fail-on", "manual,fail", "s").code == 0
    Path("policies/attestations/a.yaml").unlink()
    assert cli("lint", "--as-of", "2026-11-02", "--fail-on", "manual", "s").code == 1
    write(Path("t"), {"w.json": caller()})
    assert cli("lint", "--as-of", "2026-11-02", "t").code == 1
    assert cli("lint", "--as-of", "2026-11-02", "--fail-on", "never", "t").code == 0
    assert cli("lint", "--as-of", "2026-11-02", "--severity", "critical", "t").code == 0
    assert cli("lint", "t").code == 1
    write(Path("u"), {"s.json": summary()})
    assert cli("lint", "u").code == 2
    Path("empty").mkdir()
    assert cli("lint", "empty").code == 3
    Path("policies/controls/g/keys.yaml").write_text("a: [")
    broken = cli("lint", "t")
    assert (broken.code, broken.out) == (2, "")
    assert broken.err.startswith("baselint: policies/controls/g/keys.yaml:1:5: error[yaml-syntax]")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--fail-on", "fial"], "--fail-on: 'fial' is no status; allowed: pass, fail"),
        (["--as-of", "yesterday"], "--as-of: 'yesterday' is no time; write 2026-11-23 or 2026-11-23T08:00:00Z"),
        (["--as-of", "2026-02-30"], "is no time"),
        (["--as-of", ""], "--as-of: '' is no time"),
        (["--captured-at", ""], "--captured-at: '' is no time"),
        (
            ["--output", "json=s/../s/w.json"],
            "--output: s/../s/w.json is an export that this run reads; write the report elsewhere",
        ),
        (["--captured-at", "2026-13-01T00:00:00Z"], "--captured-at"),
        (["-b", "bose"], "there is no baseline 'bose'; see 'baselint list baselines'; did you mean 'base'?"),
        (["--output", "json"], "is not FORMAT=PATH"),
        (["--output", "json="], "is not FORMAT=PATH"),
        (["--output", "json=-"], "--output: 'json=-' names no file; --format json writes to stdout"),
        (["--output", "json=a/r", "--output", "text=b/../a/r"], "--output: b/../a/r is named twice"),
        (["--format", "jsson"], "--format: there is no format 'jsson'"),
        (["--output", "jsn=x"], f"there is no format 'jsn'; allowed: {', '.join(FORMATS)}; did you mean 'json'?"),
    ],
)
def test_lint_refuses_what_it_does_not_understand(here: Path, cli: Cli, arguments: list[str], words: str) -> None:
    write(Path("s"), {"w.json": caller()})
    result = cli("lint", *arguments, "s")
    assert (result.code, words in result.err) == (2, True), result.err


def test_lint_writes_files_beside_its_output(here: Path, cli: Cli) -> None:
    write(Path("s"), {"w.json": caller()})
    result = cli(
        "lint",
        "--as-of",
        "2026-11-02T00:00:00Z",
        "--captured-at",
        "2026-11-01",
        "--output",
        "json=out/r.json",
        "--output",
        "text=t.txt",
        "s",
    )
    assert json.loads(Path("out/r.json").read_text())["as_of"] == "2026-11-02T00:00:00Z"
    assert (
        json.loads(Path("out/r.json").read_text())["accounts"][0]["exports"][0]["captured_at"] == "2026-11-01T23:59:59Z"
    )
    assert Path("t.txt").read_text() == result.out
    assert [path.name for path in Path("out").iterdir()] == ["r.json"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_text("before")
    with pytest.raises(UsageError, match=r"f/x: cannot be written"):
        atomic.write(path / "x", ["a"])

    def refuse(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(UsageError, match="No space left"):
            atomic.write(path, ["after"])
    assert [item.name for item in tmp_path.iterdir()] == ["f"]
    assert path.read_text() == "before"


def test_lists_start_with_one_id_a_line(here: Path, cli: Cli) -> None:
    Path("policies/baselines/base.yaml").write_text(BASELINE + EXCEPTION)
    expected = {
        "controls": ["keys", "length", "old", "review"],
        "baselines": ["base"],
        "frameworks": ["frame"],
        "facts": list(FACTS),
        "exports": [str(kind) for kind in EXPORTS],
        "formats": list(FORMATS),
        "exceptions": ["e"],
        "attestations": ["review"],
    }
    for kind, ids in expected.items():
        text = cli("list", kind)
        assert text.code == 0
        assert [line.split()[0] for line in text.out.splitlines() if not line.startswith(" ")] == ids
        assert [row["id"] for row in json.loads(cli("list", kind, "--format", "json").out)] == ids
    Path("policies/attestations/a.yaml").unlink()
    assert cli("list", "attestations").out == ""


def test_schemas_are_printed(cli: Cli) -> None:
    assert json.loads(cli("schema", "baseline").out)["title"] == "baselint baseline"


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        (
            "length",
            [
                "length: Passwords have a length",
                "required: the minimum length of IAM users' passwords must be at least 14 characters",
                "WHY IT MATTERS",
                "  Two `keys`.",
                "[now] Run",
                "$ aws iam update-account-password-policy --minimum-password-length 14",
                "if not: call",
                "READ ON",
            ],
        ),
        ("old", ["retired on 2025-01-06: it ended"]),
        ("review", ["a person attests it at least every 90 days"]),
        ("base", ["baseline base 1: Base", "owner: ops", "  length", "  keys"]),
        (
            "frame",
            [
                "framework frame: Frame, edition 1",
                "as the baseline base has it",
                "2 satisfied",
                "1 not covered",
                "1 Length [satisfied]",
                "not covered: outside",
                "keys; or else",
            ],
        ),
        ("root.mfa_kind", ["one of   none, virtual, not-virtual", "aws iam list-virtual-mfa-devices"]),
        ("root.password_unused_days", ["integer, in days", "none is  no use known"]),
        ("unknown", ["unknown: The exports do not show whether it is met"]),
        ("unknown-control", ["rule unknown-control", "A policy file names only controls that exist."]),
    ],
)
def test_explain_speaks_of_everything(here: Path, cli: Cli, identifier: str, words: list[str]) -> None:
    result = cli("explain", identifier)
    assert result.code == 0
    for word in words:
        assert word in result.out
    assert "{$" not in result.out


def test_frameworks_are_listed_beside_a_baseline(here: Path, cli: Cli) -> None:
    told = cli("list", "frameworks", "--baseline", "base")
    assert (told.code, told.out) == (0, "frame  decides  2 satisfied, 1 not covered\n")
    (framework,) = json.loads(cli("list", "frameworks", "-b", "base", "--format", "json").out)
    assert [item["status"] for item in framework["requirements"]] == ["satisfied", "not covered", "satisfied"]
    assert framework["requirements"][0]["controls"] == [{"id": "length", "selected": "selected", "bounds": []}]
    bounded = FRAMEWORK.replace("{id: length}", "{id: length, needs: {minimum: {at_least: 15}}}")
    tree(here, frameworks__frame=bounded, controls__g__length=CONTROL)
    (framework,) = json.loads(cli("list", "frameworks", "-b", "base", "--format", "json").out)
    bound = {"parameter": "minimum", "at_least": 15, "value": 14, "met": False}
    assert framework["requirements"][0]["controls"][0]["bounds"] == [bound]
    assert framework["requirements"][0]["status"] == "not satisfied"


def test_only_frameworks_are_listed_beside_a_baseline(here: Path, cli: Cli) -> None:
    result = cli("list", "controls", "--baseline", "base")
    assert (result.code, result.out) == (2, "")
    assert "--baseline goes with 'list frameworks' and 'list exceptions'; leave it out" in result.err
    assert cli("list", "frameworks", "--baseline", "bose").code == 2


def test_a_broken_framework_stops_the_pages_and_the_list(here: Path, cli: Cli) -> None:
    tree(here, frameworks__frame=FRAMEWORK.replace("{id: length}", "{id: lenght}"), controls__g__length=CONTROL)
    for arguments in (("render", "--output", "out"), ("list", "frameworks", "--baseline", "base")):
        result = cli(*arguments)
        assert result.code == 2
        assert "there is no control 'lenght'; see 'baselint list controls'; did you mean 'length'?" in result.err


def test_explain_shows_the_values_of_a_named_baseline(here: Path, cli: Cli) -> None:
    tree(
        here,
        baselines__own=BASELINE.replace("id: base", "id: own").replace(
            "- id: length", "- id: length\n    parameters: {minimum: 30}"
        ),
        controls__g__length=CONTROL,
    )
    assert "at least 30 characters" in cli("explain", "-b", "own", "length").out
    assert "at least 14 characters" in cli("explain", "length").out
    assert cli("explain", "-b", "nobody", "length").code == 2


def test_a_framework_is_explained_where_there_is_no_baseline(here: Path, cli: Cli) -> None:
    (here / "policies/baselines/base.yaml").unlink()
    described = FRAMEWORK.replace("requirements:", "description: About it.\nrequirements:").replace(
        "{id: length}", "{id: length, needs: {minimum: {at_least: 15}}}"
    )
    tree(here, frameworks__frame=described, controls__g__length=CONTROL)
    (here / "policies/baselines/base.yaml").unlink()
    result = cli("explain", "frame")
    assert result.code == 0
    assert "  1 Length\n      length (Minimum: at least 15 characters)\n" in result.out
    assert "About it." in result.out
    assert "shown with the control's own values" in result.err
