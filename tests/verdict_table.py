"""Writes the page that shows how verdicts are decided, from the example folders that the tests judge."""

from collections.abc import Mapping
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

What each verdict means, and what to do about it, is told in [What the verdicts mean](reading-verdicts.md).

"""

_WRONG = """\
## Where other tools go wrong

Each of these accounts gets a wrong verdict, or none, from a tool that is in use.

| Control | Account | Verdict here | What goes wrong elsewhere |
|---|---|---|---|"""


def table(folders: list[Path]) -> str:
    """Return the page for example folders."""
    by_control: dict[str, list[Path]] = {}
    for folder in sorted(folders):
        by_control.setdefault(folder.parent.name, []).append(folder)
    sections = (_section(control, cases) for control, cases in by_control.items())
    return "\n".join((_HEAD + _elsewhere(folders), *sections))


def _elsewhere(folders: list[Path]) -> str:
    """The cases in which tools are known to be wrong, with what goes wrong there."""
    cases = ((folder, _case(folder)) for folder in sorted(folders))
    lines = [
        f"| [{plain(folder.parent.name)}](#{folder.parent.name}) | {plain(case['why'])} | **{_status(folder)}** | {plain(case['elsewhere'])} |"
        for folder, case in cases
        if "elsewhere" in case
    ]
    return "\n".join((_WRONG, *lines, "")) if lines else ""


def _section(control: str, folders: list[Path]) -> str:
    lines = [f"## {plain(control)}", "", "| Case | Verdict | Why | Files |", "|---|---|---|---|"]
    lines += [_line(folder, _case(folder)) for folder in folders]
    return "\n".join((*lines, ""))


def _case(folder: Path) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    return case


def _status(folder: Path) -> str:
    return next(word for word in ("not-applicable", folder.name.split("-", 1)[0]) if folder.name.startswith(word))


def _line(folder: Path, case: Mapping[str, Any]) -> str:
    snapshot = folder / "snapshot"
    names = sorted(path.relative_to(snapshot).as_posix() for path in snapshot.rglob("*") if path.is_file())
    files = "<br>".join(map(code_span, names)) or "none"
    return f"| {plain(case['row'])} | **{_status(folder)}** | {plain(case['why'])} | {files} |"
