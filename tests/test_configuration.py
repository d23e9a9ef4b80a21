"""What a project says of itself; the simple cases stand in test_policy."""

from pathlib import Path

import pytest

from baselint import configuration
from baselint.configuration import Configuration
from baselint.errors import UsageError


def test_without_a_file_only_a_tree_in_the_directory_itself_counts(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    below = tmp_path / "below"
    below.mkdir()
    assert configuration.find(tmp_path) == Configuration(Path("policies"), library=True, baseline="aws-root-hardening")
    assert configuration.find(below) == Configuration(None)


def test_the_nearest_file_holds_alone(tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    (tmp_path / "baselint.toml").write_text('baseline = "far"\nlibrary = false\n')
    (below / "pyproject.toml").write_text('[tool.baselint]\nbaseline = "near"\n')
    assert configuration.find(below) == Configuration(None, library=True, baseline="near")
    assert configuration.find(tmp_path) == Configuration(None, library=False, baseline="far")


def test_an_empty_file_of_ones_own_ends_the_search(tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    (tmp_path / "baselint.toml").write_text('baseline = "far"\n')
    (below / "baselint.toml").write_text("")
    assert configuration.find(below) == Configuration(None)


def test_a_tree_is_named_relative_to_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    below = tmp_path / "below"
    below.mkdir()
    (tmp_path / "baselint.toml").write_text('policies = "rules"\n')
    assert configuration.find(below).policies == Path("../rules")
    (tmp_path / "baselint.toml").write_text(f'policies = "{(tmp_path / "rules").as_posix()}"\n')
    assert configuration.find(tmp_path).policies == Path("rules")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[tool]\nbaselint = 3\n", r"^pyproject\.toml: \[tool\.baselint\] must be a table of settings$"),
        ("[[tool.baselint]]\nbaseline = 'x'\n", r"must be a table of settings$"),
        ("[tool.baselint]\nlibrary = 1\n", r"^pyproject\.toml: the setting 'library' must be true or false$"),
        ("[tool.baselint]\nx = 1\n", r"'x' is not known; allowed: policies, library, baseline$"),
    ],
)
def test_settings_that_cannot_be_are_told(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(UsageError, match=words):
        configuration.find(tmp_path)


@pytest.mark.parametrize("content", [b"\xff", b"a = " + b"[" * 5000, b"a = 1\na = 2\n"])
def test_what_is_not_toml_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "baselint.toml").write_bytes(content)
    with pytest.raises(UsageError, match=r"^baselint\.toml: this is not TOML \(.*\); mend it$"):
        configuration.find(tmp_path)
