"""Reads the answer of ``aws sts get-caller-identity``."""

import re
from dataclasses import dataclass

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.arn import parse_arn
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm

_KIND = ExportKind.CALLER_IDENTITY


@dataclass(frozen=True, slots=True)
class CallerIdentity:
    """Whether the exports were made with the root user's own credentials."""

    is_root: bool

    @property
    def records(self) -> int | None:
        """Return nothing: the answer is one identity."""
        return None


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or not {"Account", "Arn"} <= data.keys() or "UserId" not in data:
        return None
    arn = parse_arn(data["Arn"])
    if arn is None or arn.account != data["Account"]:
        detail = "Account and Arn of the caller do not fit each other; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    return Reading(
        CallerIdentity(arn.is_root), accounts=frozenset((arn.account,)), partitions=frozenset((arn.partition,))
    )


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"UserId"\s{0,50}:\s{0,50}"[^"\n]{0,200}"\s{0,50},\s{0,50}"Account"'),
    names=(frozenset(("caller", "identity")),),
)
