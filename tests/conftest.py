"""Shared fixtures: golden files, and the real command line run inside this process."""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from baselint.cli import run
from baselint.commands.command import Streams
from fake_answers import account_answers
from fake_aws import FakeAws

settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.register_profile("exploring", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("BASELINT_HYPOTHESIS", "steady"))
"""Property tests try the same examples in every run, so that a gate never fails by chance; ``make explore`` tries others."""

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what the tests see as the new golden files")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name cases of bytes by their argument: archives hold the time, and every process must give a test the same name."""
    return argname if isinstance(val, bytes) else None


@dataclass(frozen=True)
class Result:
    """What a command line did."""

    code: int
    out: str
    err: str


Cli = Callable[..., Result]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run a command line: ``cli("lint", "exports/")``; argparse's own exits become codes."""
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*arguments: str) -> Result:
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", out)
            patch.setattr("sys.stderr", err)
            try:
                code = int(run(arguments, Streams(out, err)))
            except SystemExit as stop:
                code = int(stop.code or 0)
        return Result(code, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file in ``tests/golden``; ``--update-golden`` writes it instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{name} is missing: run pytest --update-golden, and read the file before you commit it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def aws(tmp_path: Path) -> FakeAws:
    """Return an AWS CLI of our own making that answers for one account."""
    fake = FakeAws(tmp_path)
    account_answers(fake)
    return fake
