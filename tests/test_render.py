"""``baselint render``: what it writes, what it refuses to write over, and what ``--check`` tells apart."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselint.runbook.notice import Origin, content, origin, signed
from baselint.runbook.output import MANIFEST, Standing, compare, with_manifest
from conftest import Cli
from policytree import tree

EDITED = "put what must stay into notes/CONTROL-ID.md, then run 'baselint render --output out -b base --overwrite'"


@pytest.fixture
def render(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Cli:
    """Render the small tree into ``out``."""
    monkeypatch.chdir(tree(tmp_path))
    Path("baselint.toml").write_text("library = false\n")

    def call(*arguments: str) -> object:
        return cli("render", "--output", "out", "-b", "base", *arguments)

    return call  # type: ignore[return-value]


def edit(path: str, text: str = "by hand\n") -> Path:
    place = Path("out") / path
    place.write_text(place.read_text() + text)
    return place


def test_a_second_run_writes_nothing(render: Cli) -> None:
    assert render("--check").code == 1
    first = render()
    number = len([path for path in Path("out").rglob("*") if path.is_file()])
    assert (first.code, first.err) == (0, f"{number} files in out, {number} written, 0 removed\n")
    stamps = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*")}
    assert render().err == f"{number} files in out, 0 written, 0 removed\n"
    assert {path: path.stat().st_mtime_ns for path in Path("out").rglob("*")} == stamps
    assert (render("--check").code, render("--check").out) == (0, "")


def test_a_check_tells_five_things_apart_and_names_the_call_that_mends(render: Cli) -> None:
    render()
    Path("out/index.md").unlink()
    Path("out/controls/g/gone.md").write_text(Path("out/controls/g/length.md").read_text())
    Path("out/mine.md").write_text("# Mine\n")
    edit("controls/g/keys.md")
    policy = Path("policies/controls/g/review.yaml")
    policy.write_text(policy.read_text().replace("Somebody reviewed it", "Somebody looked"))
    found = render("--check")
    assert found.code == 1
    told = dict(line.split(": ", 1) for line in found.out.splitlines())
    mend = "run 'baselint render --output out -b base'"
    assert told["out/controls/g/review.md"] == f"is stale: the policy has changed; {mend}"
    assert told["out/index.md"] == f"is missing; {mend}"
    assert told["out/controls/g/gone.md"] == f"is orphaned: no policy file makes it; {mend}"
    assert told["out/controls/g/keys.md"] == f"was edited by hand; {EDITED}"
    assert told["out/mine.md"] == "is not of baselint's making; move it out of this directory"
    assert list(told) == sorted(told)


def test_the_call_that_a_check_names_mends(render: Cli, cli: Cli) -> None:
    render()
    Path("out/index.md").unlink()
    Path("out/gone.md").write_text(Path("out/controls/g/length.md").read_text())
    named = render("--check").out.split("run '")[1].split("'")[0]
    mended = cli(*named.split()[1:])
    assert (mended.code, mended.err.split(", ")[1:]) == (0, ["1 written", "1 removed\n"])
    assert render("--check").code == 0
    assert not Path("out/gone.md").exists()


@pytest.mark.parametrize("path", ["controls/g/keys.md", "assets/runbook.css", ".mkdocs-menu.yml"])
def test_a_file_that_somebody_edited_is_not_lost(render: Cli, path: str) -> None:
    render()
    place = edit(path)
    Path("out/index.md").unlink()
    refused = render()
    assert (refused.code, f"out/{path}: was edited by hand, so nothing was written; {EDITED}" in refused.err) == (
        2,
        True,
    )
    assert not Path("out/index.md").exists()
    assert place.read_text().endswith("by hand\n")
    assert render("--overwrite").code == 0
    assert not place.read_text().endswith("by hand\n")
    assert render("--check").code == 0


def test_the_call_that_is_named_has_every_option(render: Cli) -> None:
    found = render("--check", "--as-of", "2026-11-25", "--history", "3")
    assert (found.code, "git" in found.err) == (2, True)
    named = render("--check", "--as-of", "2026-11-25").out
    assert "run 'baselint render --output out -b base --as-of 2026-11-25'" in named


def test_every_edited_file_is_counted_and_an_orphan_that_was_edited_is_one(render: Cli) -> None:
    render()
    edit("index.md")
    Path("out/gone.md").write_text(Path("out/controls/g/length.md").read_text())
    edit("gone.md")
    assert "out/gone.md: was edited by hand, so nothing was written (1 more like it; --check names all)" in render().err
    assert render("--overwrite").err.endswith(", 1 written, 1 removed\n")


def test_a_page_of_somebody_elses_is_never_written_over_and_none_removed(render: Cli) -> None:
    Path("out").mkdir()
    Path("out/index.md").write_text("# Mine\n")
    assert "out/index.md: is not of baselint's making, so nothing was written; put" in render().err
    assert render("--overwrite").code == 0
    Path("out/mine.md").write_text("# Mine\n")
    refused = render("--overwrite")
    assert (refused.code, "out/mine.md: is not of baselint's making; render to a dir" in refused.err) == (2, True)
    assert Path("out/mine.md").read_text() == "# Mine\n"


def test_other_files_of_the_directory_are_left_alone(render: Cli) -> None:
    render()
    for name in ("CNAME", "assets/logo.svg", "data.json"):
        (Path("out") / name).write_text("mine")
    assert (render("--check").code, render().code) == (0, 0)
    assert Path("out/assets/logo.svg").read_text() == "mine"


def test_a_data_file_that_nothing_makes_any_more_goes(render: Cli) -> None:
    render()
    gone = Path("out/assets/old.css")
    gone.write_text("p {}\n")
    manifest = json.loads((Path("out") / MANIFEST).read_text())
    manifest["sha256"]["assets/old.css"] = "ee0416bcb98ba86b9a84be90b1c41dd7bed69d13f5c9f4b1a4d24f0e6b2f6f2d"
    (Path("out") / MANIFEST).write_text(json.dumps(manifest))
    assert "out/assets/old.css: was edited by hand" in render("--check").out
    made = with_manifest({"assets/old.css": "p {}\n"})
    (Path("out") / MANIFEST).write_text(made[MANIFEST])
    assert "out/assets/old.css: is orphaned" in render("--check").out
    gone.unlink()
    assert "old.css" not in render("--check").out
    gone.write_text("p {}\n")
    render()
    assert not gone.exists()


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "{",
        "[]",
        '{"sha256": 1}',
        "[" * 100_000,
        '{"sha256": {"../x.css": "0", "/x.css": "0", "a.css": 1, "x.md": "0"}}',
    ],
)
def test_a_manifest_that_says_nothing_names_no_file(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "x.css").write_text("mine")
    (tmp_path / "out" / "a.css").write_text("mine")
    (tmp_path / "out" / MANIFEST).write_text(manifest)
    output = compare(tmp_path / "out", with_manifest({"a.css": "ours"}))
    assert output.standings == {MANIFEST: Standing.STALE, "a.css": Standing.FOREIGN}


def test_line_ends_of_another_system_are_no_edit(render: Cli) -> None:
    render()
    for path in Path("out").rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert render("--check").code == 0


def test_what_cannot_be_read_or_removed_is_told(render: Cli, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "baselint.toml: this is no directory" in cli("render", "--output", "baselint.toml", "-b", "base").err
    render()
    Path("out/gone.md").write_text(Path("out/controls/g/length.md").read_text())

    def refuse(path: Path, *arguments: object, **named: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert "out/gone.md: cannot be removed (Permission denied)" in render().err
    real = Path.read_bytes
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda path: refuse(path) if path.suffix == ".md" else real(path))
        assert "out/attestations.md: cannot be read (Permission denied)" in render().err


def test_an_interrupted_run_is_finished_by_the_next(render: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    render()
    whole = {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    for name in ("assets/runbook.css", MANIFEST, "index.md"):
        (Path("out") / name).unlink()
    css = Path("out/assets/runbook.css")
    css.write_bytes(whole[css])  # written before the manifest was
    assert render().code == 0
    assert {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()} == whole


@given(st.text())
def test_a_page_is_ours_until_one_character_changes(text: str) -> None:
    page = signed(text)
    assert (origin(page), content(page)) == (Origin.OWN, text)
    assert origin(f"x{page}") is Origin.EDITED
    assert origin(f"{page}\n") is Origin.EDITED
    assert origin(text) is Origin.FOREIGN
