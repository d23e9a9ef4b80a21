"""Real reports of the installed baselint, and made ones with every verdict, as files for outside judges."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from baselint.report.document import Report
from baselint.report.formats import FORMATS
from every_verdict import FIRST, GONE, SECOND, account, every_finding, everything, report

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "examples" / FIRST
EXAMPLES = ROOT / "tests" / "examples"


def made() -> dict[str, Report]:
    """Reports of every kind, by name."""
    two = [account(FIRST, *every_finding()), account(SECOND, *every_finding()[:3])]
    return {
        "everything": everything(),
        "marked": everything(exceptions_ignored=True, redacted=True),
        "several": report(two),
        "missing": report([], missing_accounts=[FIRST, GONE]),
        "nothing": report([], baselines=[]),
    }


def write_made(name: str, formats: Iterable[str], directory: Path) -> Path:
    """Write a made report in some formats, each as a file named after its format."""
    directory.mkdir()
    for item in formats:
        text = "".join(FORMATS[item].write(made()[name]))
        directory.joinpath(item + FORMATS[item].suffix).write_text(text, encoding="utf-8")
    return directory


def lint(formats: Iterable[str], directory: Path, snapshot: Path, *options: str | Path) -> Path:
    """Let the program judge a snapshot and write the files."""
    directory.mkdir()
    outputs = [f"--output={item}={directory / (item + FORMATS[item].suffix)}" for item in formats]
    words = [Path(sys.executable).parent / "baselint", "lint", "--as-of", "2026-11-23", "--fail-on", "never"]
    words += [*options, *outputs, snapshot.relative_to(ROOT)]
    subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    return directory


def run_all(formats: Iterable[str], directory: Path) -> list[Path]:
    """Write every made report, and those of real runs: whole, with little known, and with accounts that are missing."""
    expected = directory / "accounts.json"
    expected.write_text(f'["{FIRST}", "{GONE}"]')
    little = next(EXAMPLES.glob("root-mfa/unknown-*/snapshot"))
    return [
        *(write_made(name, formats, directory / name) for name in made()),
        lint(formats, directory / "sample", SAMPLE),
        lint(formats, directory / "little", little, "--ignore-exceptions"),
        lint(formats, directory / "expected", SAMPLE, "--accounts", expected),
        lint(formats, directory / "redacted", SAMPLE, "--redact"),
    ]
