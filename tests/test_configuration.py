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
        ("[tool.baselint]\nlibrary = 1\n", r"^pyproject\.toml: the setting 'library' must be true or false; it is 1$"),
        (
            "[tool.baselint]\nx = 1\n",
            r"'x' is not known; allowed: policies, library, baseline, longest_exception_days, notes, repository$",
        ),
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


BOUNDS = r"^baselint\.toml: the setting 'longest_exception_days' must be a whole number from 1 to 3660; it is "


@pytest.mark.parametrize("days", [1, 90, 3660])
def test_the_longest_exception_is_a_number_of_days(tmp_path: Path, days: int) -> None:
    assert Configuration(None).longest_exception_days == 366
    (tmp_path / "baselint.toml").write_text(f"longest_exception_days = {days}\n")
    assert configuration.find(tmp_path) == Configuration(None, longest_exception_days=days)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0$"),
        ("-1", "-1$"),
        ("3661", "3661$"),
        ("90.0", r"90\.0$"),
        ("true", "true$"),
        ("false", "false$"),
        ('"90"', "the text '90'$"),
        ('""', "empty$"),
        ("[90]", "a list$"),
        ("{days = 90}", "a table$"),
        ("2026-11-25", "2026-11-25$"),
    ],
)
def test_any_other_longest_exception_is_told(tmp_path: Path, value: str, words: str) -> None:
    (tmp_path / "baselint.toml").write_text(f"longest_exception_days = {value}\n")
    with pytest.raises(UsageError, match=BOUNDS + words):
        configuration.find(tmp_path)


@pytest.mark.parametrize("key", ["policies", "baseline"])
def test_an_empty_text_is_told(tmp_path: Path, key: str) -> None:
    (tmp_path / "baselint.toml").write_text(f'{key} = ""\n')
    with pytest.raises(UsageError, match=rf"^baselint\.toml: the setting '{key}' must be a text, the .*; it is empty$"):
        configuration.find(tmp_path)


def test_two_files_with_settings_in_one_directory_are_refused(tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.baselint]\nbaseline = "one"\n')
    (tmp_path / "baselint.toml").write_text('baseline = "two"\n')
    both = (
        r"^\.\./baselint\.toml: \.\./pyproject\.toml has settings of baselint too; keep them in one of the two files$"
    )
    with pytest.raises(UsageError, match=both):
        configuration.find(below)
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    assert configuration.find(below) == Configuration(None, baseline="two")


def test_a_file_further_up_is_named_by_its_path(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    for text, words in (("x = 1", "the setting 'x'"), ("x", "this is not TOML"), ("policies = 'p'", "the policy tree")):
        (tmp_path / "baselint.toml").write_text(f"{text}\n")
        with pytest.raises(UsageError, match=rf"^\.\./\.\./baselint\.toml: {words}"):
            configuration.find(below)
