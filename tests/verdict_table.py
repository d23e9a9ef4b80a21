"""Writes the page that shows how verdicts are decided, from the example folders that the tests judge."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from baselint.markdown import code_span, plain

EXAMPLES = Path(__file__).parent / "examples"
PAGE = Path(__file__).parents[1] / "site/pages/guides/how-verdicts-are-decided.md"
_HEAD = """\
# How verdicts are decided

Every line below is a small account that the tests of baselint judge: what is special about it, the
verdict, why, and the files that it consists of. Names of people and accounts are invented. The moment of the verdicts is 2 November 2026 where nothing else is said.

"""


def table(folders: Iterable[Path]) -> str:
    """Return the page for example folders."""
    by_control: dict[str, list[Path]] = {}
    for folder in sorted(folders):
        by_control.setdefault(folder.parent.name, []).append(folder)
    return _HEAD + "\n".join(_section(control, cases) for control, cases in by_control.items())


def _section(control: str, folders: list[Path]) -> str:
    lines = [f"## {plain(control)}", "", "| Case | Verdict | Why | Files |", "|---|---|---|---|"]
    lines += [_line(folder, yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))) for folder in folders]
    return "\n".join((*lines, ""))


def _line(folder: Path, case: Mapping[str, Any]) -> str:
    snapshot = folder / "snapshot"
    names = sorted(path.relative_to(snapshot).as_posix() for path in snapshot.rglob("*") if path.is_file())
    status = next(word for word in ("not-applicable", folder.name.split("-", 1)[0]) if folder.name.startswith(word))
    files = "<br>".join(map(code_span, names)) or "none"
    return f"| {plain(case['row'])} | **{status}** | {plain(case['why'])} | {files} |"
