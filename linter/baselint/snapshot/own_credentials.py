"""Reads the lists of the caller's own credentials: ``aws iam list-access-keys`` and ``aws iam list-signing-certificates``."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baselint.clock import parse_stamp
from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.caller import another, names_another, root_caller
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm
from baselint.snapshot.pages import asks_for_a_part, is_cut

_ACTIVE = {"Active": True, "Inactive": False, "Expired": False}
"""What ``Status`` can be; an expired key no longer signs."""


@dataclass(frozen=True, slots=True)
class OwnCredentials:
    """The credentials of one kind that one identity has; which of them are active, in the order of the list."""

    active: tuple[bool, ...]
    pointer: str
    complete: bool
    of_root: bool
    """Whether the manifest says that the caller was root or a privileged root session."""
    identifiers: tuple[str | None, ...] = ()
    """The ids of access keys, in the same order; None where the list names none."""
    created: tuple[datetime | None, ...] = ()
    """When each was made, in the same order; None where the list does not say it."""

    @property
    def records(self) -> int | None:
        """Return how many credentials the list holds."""
        return len(self.active)


def _read_list(kind: ExportKind, name: str, form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    if not isinstance(form, JsonForm) or not isinstance(form.data, dict) or name not in form.data:
        return None
    entries = _entries(form.data[name])
    states = [_state(entry) for entry in entries]
    if None in states:
        return Reading(failure=fail(kind, MissingReason.INVALID, f"{name} is no list as AWS gives it; export it again"))
    root = root_caller(context)
    if any(names_another(root, entry.get("UserName")) for entry in entries):
        return Reading(failure=fail(kind, MissingReason.INVALID, another(name)))
    return Reading(
        OwnCredentials(
            tuple(state is True for state in states),
            f"/{name}",
            not is_cut(form.data) and not asks_for_a_part(context.command),
            of_root=root is not None,
            identifiers=tuple(map(_identifier, entries)),
            created=tuple(map(_created, entries)),
        ),
        accounts=frozenset((root.account,) if root else ()),
        partitions=frozenset((root.partition,) if root else ()),
    )


def _entries(items: Any) -> list[Any]:
    return items if isinstance(items, list) else [None]


def _state(entry: Any) -> bool | None:
    status = entry.get("Status") if isinstance(entry, dict) else None
    return _ACTIVE.get(status) if isinstance(status, str) else None


def _identifier(entry: Any) -> str | None:
    identifier = entry.get("AccessKeyId")
    return identifier if isinstance(identifier, str) else None


def _created(entry: Any) -> datetime | None:
    stamp = entry.get("CreateDate")
    return parse_stamp(stamp) if isinstance(stamp, str) else None


def _reader(kind: ExportKind, name: str, words: frozenset[str]) -> Reader:
    return Reader(
        kind,
        lambda form, context: _read_list(kind, name, form, context),
        mark=re.compile(f'"{name}"'),
        names=(words,),
    )


ACCESS_KEYS = _reader(ExportKind.ACCESS_KEYS, "AccessKeyMetadata", frozenset(("access", "keys")))
SIGNING_CERTIFICATES = _reader(ExportKind.SIGNING_CERTIFICATES, "Certificates", frozenset(("signing", "certificates")))
