"""Reads a report in JSON back, as the documents that it was written from."""

import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from baselint import strict_json
from baselint.errors import UsageError
from baselint.report.document import SCHEMA_VERSION, Report

if TYPE_CHECKING:
    from baselint.policy.schema_check import SchemaChecker

SCHEMA = "report"
MAXIMUM_BYTES = 512 * 1024 * 1024
_AGAIN = "write it again with 'baselint lint --output json=FILE'"
_ACCOUNT = re.compile(r"(?:[0-9]{12}|account-[1-9][0-9]{0,9})\Z")
"""An account, or the alias of one."""
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def looks_like_report(path: Path) -> bool:
    """Tell whether a file begins as a report in JSON does: with its version, before anything else."""
    try:
        with path.open("rb") as stream:
            return re.match(rb'\s*\{\s*"schema_version"\s*:', stream.read(1024)) is not None
    except OSError:
        return False


def read_report(path: Path, checker: "SchemaChecker") -> Report:
    """Return the header and the accounts of a report; nothing in it is trusted further than its schema says.

    Raises:
        UsageError: the file cannot be read, is no report of this version, or contradicts itself.
    """
    shown = Path(os.path.relpath(path)).as_posix()
    data = _load(path, shown)
    version = data.get("schema_version") if isinstance(data, dict) else None
    if type(version) is not int:
        raise UsageError(f"{shown}: this is no report of baselint in JSON; {_AGAIN}")
    if version != SCHEMA_VERSION:
        raise UsageError(
            f"{shown}: the report has version {version}, and this baselint reads version {SCHEMA_VERSION}; {_AGAIN}"
        )
    flaw = next(iter(checker.errors(data, SCHEMA)), None)
    if flaw is not None:
        place = flaw.json_path.removeprefix("$") or "the top"
        raise UsageError(f"{shown}: the report does not fit its schema at {place} ({flaw.validator}); {_AGAIN}")
    accounts = data.pop("accounts")
    _agrees(data, accounts, shown)
    return Report(data, accounts)


def _load(path: Path, shown: str) -> Any:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read ({error.strerror}); check the path") from error
    if len(content) > MAXIMUM_BYTES:
        raise UsageError(
            f"{shown}: is larger than {MAXIMUM_BYTES // 1024 // 1024} MiB; report fewer accounts in one file"
        )
    try:
        text = content.decode("utf-8-sig")
        data = strict_json.loads(text)
    except strict_json.DuplicateKeyError as error:
        raise UsageError(f"{shown}: the JSON names the key {error} twice; {_AGAIN}") from error
    except json.JSONDecodeError as error:
        raise UsageError(f"{shown}:{error.lineno}:{error.colno}: the JSON cannot be read; {_AGAIN}") from error
    except (RecursionError, ValueError) as error:
        raise UsageError(f"{shown}: this is no report of baselint in JSON; {_AGAIN}") from error
    if "\\ud" in text.lower() and _HALF_CHARACTER.search(json.dumps(data, ensure_ascii=False)):
        raise UsageError(f"{shown}: a text in it holds half a character; {_AGAIN}")
    return data


def _agrees(header: dict[str, Any], accounts: list[dict[str, Any]], shown: str) -> None:
    """Refuse a report that counts otherwise than it tells, or tells of one account or control twice, or of none.

    Raises:
        UsageError: it does.
    """
    counts = {**dict.fromkeys(header["summary"], 0), "accounts": len(accounts)}
    told: Counter[tuple[str, ...]] = Counter()
    for account in accounts:
        if not _ACCOUNT.match(account["id"]):
            raise UsageError(f"{shown}: {account['id'][:40]!r} is no account; {_AGAIN}")
        told[(account["id"],)] += 1
        for finding in account["findings"]:
            told[account["id"], finding["baseline"], finding["control"]] += 1
            counts[finding["status"]] += 1
    doubled = next((key for key, times in told.items() if times > 1), None)
    if doubled:
        raise UsageError(f"{shown}: the report tells of {' '.join(doubled)} more than once; {_AGAIN}")
    if counts != header["summary"]:
        raise UsageError(f"{shown}: its summary does not count what it tells; it was edited, or cut: {_AGAIN}")
