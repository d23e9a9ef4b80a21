"""Notes of the organisation on a control's page, and the way from a page to the policy file that it is made from."""

from pathlib import Path

import pytest

from baselint import configuration
from baselint.errors import Location, UsageError
from baselint.runbook import notes
from baselint.runbook.notice import content
from baselint.runbook.repository import Repository
from conftest import Cli
from markdown_judge import HOSTILE, dangers
from markdown_judge import render as html
from policytree import tree

REPOSITORY = "https://git.example/acme/rules/blob/main/"
FRAMEWORK = (
    'kind: framework\nid: frame\ntitle: Frame\npublisher: Us\nedition: "1"\nurl: "https://example.com"\nrelation: decides\n'
    'requirements:\n  - {id: "1", title: Length, controls: [{id: length}]}\n'
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tree(tmp_path, frameworks__frame=FRAMEWORK))
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n')
    Path("notes").mkdir()
    return tmp_path


def page(cli: Cli, path: str = "controls/g/keys.md") -> str:
    made = cli("render", "--output", "out")
    assert made.code == 0, made.err
    return content((Path("out") / path).read_text())


def test_a_note_stands_on_the_page_of_its_control_and_survives(here: Path, cli: Cli) -> None:
    assert "Notes of this organisation" not in page(cli)
    Path("notes/keys.md").write_text("Ask **Ada** first; see `length`.\n\n- the safe is in room 3\n")
    Path("notes/README.md").write_text("# What this is\n")
    shown = page(cli)
    assert (
        "## Notes of this organisation {#notes}\n\nAsk **Ada** first; see [`length`](length.md).\n\n- the safe" in shown
    )
    assert "Notes of this organisation" not in page(cli, "controls/g/length.md")
    policy = Path("policies/controls/g/keys.yaml")
    policy.write_text(policy.read_text().replace("Keys are young", "Keys are very young"))
    assert "Keys are very young" in (after := page(cli))
    assert "room 3" in after
    assert Path("notes/keys.md").read_text().startswith("Ask **Ada**")
    Path("notes/keys.md").unlink()
    assert "out/controls/g/keys.md: is stale" in cli("render", "--output", "out", "--check").out


@pytest.mark.parametrize("text", HOSTILE)
def test_no_note_comes_alive(here: Path, cli: Cli, text: str) -> None:
    Path("notes/keys.md").write_text(text)
    assert dangers(html(page(cli))) == []


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        (
            "notes/kyes.md",
            b"x",
            r"^notes/kyes\.md: a note is named after its control, and there is no control 'kyes' .*; did you mean 'keys'\?$",
        ),
        (
            "notes/base.md",
            b"x",
            r"^notes/base\.md: .* no control 'base' \(the setting 'notes' can name another directory\)",
        ),
        ("notes/g/keys.md", b"x", r"^notes/g/keys\.md: notes lie in notes itself; move it there$"),
        ("notes/keys.md", b"\xff", r"^notes/keys\.md: this is not UTF-8 text"),
        ("notes/keys.md", b"x" * 1_048_577, r"^notes/keys\.md: the file is larger than 1048576 bytes$"),
    ],
)
def test_a_note_that_nobody_would_see_is_an_error(here: Path, cli: Cli, path: str, text: bytes, words: str) -> None:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_bytes(text)
    with pytest.raises(UsageError, match=words):
        notes.read(Path("notes"), ["keys", "length"])
    assert cli("render", "--output", "out").code == 2


def test_a_note_that_cannot_be_read_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    Path("notes/keys.md").write_text("x")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UsageError, match=r"^notes/keys\.md: cannot be read \(Permission denied\)$"):
        notes.read(Path("notes"), ["keys"])


def test_the_place_of_notes_can_be_set(here: Path) -> None:
    assert configuration.find(here).notes == Path("notes")
    Path("notes").rmdir()
    assert (configuration.find(here).notes, configuration.find(here).notes_place) == (None, Path("notes"))
    Path("baselint.toml").write_text('notes = "site/notes"\n')
    with pytest.raises(
        UsageError, match=r"^baselint\.toml: the directory of notes 'site/notes' is not a directory; make it"
    ):
        configuration.find(here)
    Path("site/notes").mkdir(parents=True)
    assert configuration.find(here).notes == Path("site/notes")
    assert configuration.find(here / "policies").notes == Path("../site/notes")
    Path("baselint.toml").unlink()
    assert configuration.find(here).notes is None
    Path("notes").mkdir()
    assert configuration.find(here).notes == Path("notes")
    Path("policies").rename("rules")
    Path("baselint.toml").write_text('policies = "rules"\n')
    assert configuration.find(here).notes == Path("notes")


@pytest.mark.parametrize(
    "address", ["http://x/", "https://x", "https://x/y", "https://x/ y/", "https://x/(/", "https://x/#/", "x"]
)
def test_a_repository_is_an_address_that_a_path_can_follow(here: Path, address: str) -> None:
    Path("baselint.toml").write_text(f'repository = "{address}"\n')
    with pytest.raises(UsageError, match=r"'repository' must be an address that begins with https:// and ends with /"):
        configuration.find(here)


def test_pages_lead_to_the_line_of_their_policy_file(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page(cli).endswith("\nMade from `policies/controls/g/keys.yaml:2`.\n")
    with Path("baselint.toml").open("a") as stream:
        stream.write(f'repository = "{REPOSITORY}"\n')
    for path in ("controls/g/keys", "baselines/base", "frameworks/frame"):
        yaml = f"policies/{path}.yaml"
        assert page(cli, f"{path}.md").endswith(f"\nMade from [`{yaml}:2`]({REPOSITORY}{yaml}#L2).\n")
    assert "Made from" not in page(cli, "index.md")
    monkeypatch.chdir(here / "notes")
    assert page(cli).endswith(f"[`policies/controls/g/keys.yaml:2`]({REPOSITORY}policies/controls/g/keys.yaml#L2).\n")


def test_what_ships_with_baselint_lies_in_no_repository_of_the_user() -> None:
    shipped = Location("<baselint>/policies/controls/g/x.yaml", 3)
    found = Repository(REPOSITORY)
    assert found.link(shipped) is None
    assert found.footer(shipped).endswith(", which ships with baselint.\n")
    assert "&lt;baselint&gt;" not in found.footer(Location("x.yaml"))
    assert found.link(Location("../x.yaml", 1)) is None
    assert found.link(Location("a b/[x](y).yaml")) == f"{REPOSITORY}a%20b/%5Bx%5D%28y%29.yaml#L1"
    assert Repository().link(Location("x.yaml", 1), "https://else/") == "https://else/x.yaml#L1"
