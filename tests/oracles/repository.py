"""Where the repository's files lie, and how to run the programs of this environment."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
GUIDE = ROOT / "site/pages/guides/export-a-snapshot.md"
POLICIES = sorted((ROOT / "policies").rglob("*.yaml"))
PAGES = sorted((ROOT / "site/pages").rglob("*.md"))


def run(
    *arguments: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment to its end; its exit code is the caller's to judge."""
    program, *rest = map(str, arguments)
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    surroundings = {**(os.environ if env is None else env), "PATH": path}
    command = [str(BIN / program) if (BIN / program).is_file() else program, *rest]
    return subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, text=True, timeout=120, check=False)


@dataclass(frozen=True)
class Block:
    """A fenced block of a Markdown page, without its indentation; ``line`` is that of its first line of code."""

    path: Path
    line: int
    language: str
    code: str


def code_blocks(path: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page; one that is never closed is an error."""
    opened: tuple[int, str, str] | None = None
    code: list[str] = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not text.strip().startswith("```"):
            code.append(text)
        elif opened is None:
            indent, mark = text[: len(text) - len(text.lstrip())], text.strip().removeprefix("```")
            opened, code = (number + 1, indent, mark), []
        else:
            line, indent, language = opened
            yield Block(path, line, language, "\n".join(item.removeprefix(indent) for item in code))
            opened = None
    assert opened is None, f"{path}: the block at line {opened} is never closed"
