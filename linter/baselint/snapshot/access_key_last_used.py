"""Reads the answer of ``aws iam get-access-key-last-used``, which does not say whose key, nor which, it is about."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from baselint.clock import parse_stamp
from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.caller import names_another, root_caller
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm

_KIND = ExportKind.ACCESS_KEY_LAST_USED
_OPTION = re.compile(r"--access-key-id[ =]+[\"']?([A-Z0-9]{16,128})\b")
_IDENTIFIER = re.compile(r"(?<![A-Z0-9])A[KS]IA[A-Z0-9]{12,124}(?![A-Z0-9])")


@dataclass(frozen=True, slots=True)
class AccessKeyLastUsed:
    """When a key was last used; None when AWS says never."""

    last_used: datetime | None
    of_root: bool
    """Whether the manifest names root or a privileged root session as the caller, and the answer nobody else."""

    @property
    def records(self) -> int | None:
        """Return nothing: the answer is about one key."""
        return None


def _read(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "AccessKeyLastUsed" not in data:
        return None
    used, key = data["AccessKeyLastUsed"], _key(context)
    if key is None:
        detail = "the answer does not say of which key it is; name the file after the key's id, or give a manifest"
        return Reading(failure=fail(_KIND, MissingReason.NOT_AN_ANSWER, detail))
    stamp = used.get("LastUsedDate") if isinstance(used, dict) else ""
    moment = parse_stamp(stamp) if isinstance(stamp, str) else None
    if stamp is not None and moment is None:
        detail = "AccessKeyLastUsed has no date as AWS writes it; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail), variant=key)
    root = root_caller(context)
    if names_another(root, data.get("UserName")):
        root = None  # whoever may ask for the keys of others needs no option for it
    return Reading(
        AccessKeyLastUsed(moment, of_root=root is not None),
        accounts=frozenset((root.account,) if root else ()),
        partitions=frozenset((root.partition,) if root else ()),
        newest_stamp=moment,
        variant=key,
    )


def _key(context: FileContext) -> str | None:
    """Return the key that the manifest's command, else the file's name, says; None when neither or several do."""
    asked = _OPTION.search(context.command or "")
    found = {asked[1]} if asked else set(_IDENTIFIER.findall(PurePosixPath(context.path).name))
    return found.pop() if len(found) == 1 else None


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"AccessKeyLastUsed"'),
    names=(frozenset(("access", "key", "last", "used")),),
)
