"""Reads the answer of ``aws iam list-saml-providers``."""

import re
from dataclasses import dataclass
from datetime import datetime

from baselint.clock import parse_stamp
from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.arn import parse_arn
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm

_KIND = ExportKind.SAML_PROVIDERS


@dataclass(frozen=True, slots=True)
class SamlProviders:
    """Until when the metadata of each provider are valid; None where the answer does not say it."""

    valid_until: tuple[datetime | None, ...]
    unreadable: int = 0
    """How many more providers have a time that is none as AWS writes it."""

    @property
    def records(self) -> int | None:
        """Return how many providers there are."""
        return len(self.valid_until) + self.unreadable


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "SAMLProviderList" not in data:
        return None
    entries = data["SAMLProviderList"]
    providers = [item for item in entries if isinstance(item, dict)] if isinstance(entries, list) else []
    known = [arn for arn in (parse_arn(item.get("Arn")) for item in providers) if arn is not None]
    if not isinstance(entries, list) or len(known) < len(entries):
        detail = "SAMLProviderList is no list of providers; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    ends = [_moment(item["ValidUntil"]) for item in providers if "ValidUntil" in item]
    readable = tuple(end for end in ends if end is not None)
    endless = (None,) * (len(providers) - len(ends))
    made = [moment for moment in (_moment(item.get("CreateDate")) for item in providers) if moment is not None]
    return Reading(
        SamlProviders((*readable, *endless), len(ends) - len(readable)),
        accounts=frozenset(arn.account for arn in known),
        partitions=frozenset(arn.partition for arn in known),
        newest_stamp=max(made, default=None),
    )


def _moment(stamp: object) -> datetime | None:
    return parse_stamp(stamp) if isinstance(stamp, str) else None


READER = Reader(_KIND, _read, mark=re.compile(r'"SAMLProviderList"'), names=(frozenset(("saml", "providers")),))
