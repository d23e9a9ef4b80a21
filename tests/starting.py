"""What the tests of the starter tree share: where it is written, and what it holds."""

from pathlib import Path

from checkout import ROOT

SAMPLE = ROOT / "examples/111122223333"
WRITTEN = [
    ".gitignore",
    ".pre-commit-config.yaml",
    "README.md",
    "baselint.toml",
    "mkdocs-offline.yaml",
    "mkdocs.yml",
    "policies/baselines/acme.yaml",
    ".baselint/schema/control.schema.json",
    ".baselint/schema/baseline.schema.json",
    ".baselint/schema/framework.schema.json",
    ".baselint/schema/attestations.schema.json",
]
CLEAN = "0 error(s), 0 warning(s)\n"


def names(directory: Path) -> set[str]:
    return {path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file()}


def baseline(directory: Path) -> str:
    (path,) = (directory / "policies/baselines").iterdir()
    return path.read_text(encoding="utf-8")
