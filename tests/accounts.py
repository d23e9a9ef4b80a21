"""Accounts made of a few files, and short words for what their facts say."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from baselint.evidence import AccountSnapshot, FactValue, Known, Missing
from baselint.policy.schema_check import SchemaChecker
from baselint.snapshot.build import build_snapshots
from builders import ACCOUNT, write

AS_OF = datetime(2026, 11, 2, 23, 59, 59, tzinfo=UTC)
OLDER, NEWER = "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
_CHECKER = SchemaChecker()


def account(
    directory: Path,
    files: Mapping[str, Any],
    captured: Mapping[str, str] | None = None,
    callers: Mapping[str, str] | None = None,
) -> AccountSnapshot:
    """Read an account from files in a directory of its id; a manifest says when, and by whom, single ones were made."""
    content = dict(files)
    named = {**(captured or {}), **(callers or {})}
    if named:
        entries = [
            {"path": name}
            | ({"captured_at": captured[name]} if captured and name in captured else {})
            | ({"caller": callers[name]} if callers and name in callers else {})
            for name in named
        ]
        content["manifest.json"] = {"kind": "snapshot-manifest", "files": entries}
    write(directory / ACCOUNT, content)
    (found,) = build_snapshots((directory,), _CHECKER, AS_OF).accounts
    return found


def fact(directory: Path, name: str, files: Mapping[str, Any], **more: Any) -> FactValue:
    """Return one fact of an account made of files."""
    return account(directory, files, **more).facts.fact(name)


def gist(value: FactValue) -> object:
    """Return the value of a known fact, or why it is missing."""
    return value.value if isinstance(value, Known) else value.reason


def places(value: FactValue) -> list[tuple[str, str, object]]:
    """Return file name, pointer and raw value of each piece of evidence."""
    return [(Path(item.export).name, item.pointer, item.raw) for item in value.evidence]


def members(found: AccountSnapshot, population: str, names: Iterable[str]) -> dict[str, list[object]]:
    """Return the gists of the named facts, by member."""
    group = found.facts.population(population)
    assert not isinstance(group, Missing), group.detail
    asked = tuple(names)
    return {
        member.subject: [gist(member.fact(index)) for index in range(len(asked))] for member in group.members(asked)
    }
