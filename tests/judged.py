"""Judges small accounts by every control that exports decide, without the command line: for tests that judge thousands."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from baselint.baseline import Baseline, Selection
from baselint.configuration import Configuration
from baselint.errors import Location
from baselint.finding import Finding
from baselint.lint import Linter
from baselint.model import ParameterValue
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from baselint.policy.resolve import resolve
from baselint.policy.schema_check import SchemaChecker
from baselint.snapshot.build import build_snapshots
from builders import write

AS_OF = datetime(2026, 11, 2, 23, 59, 59, tzinfo=UTC)
PARAMETERS: dict[str, dict[str, ParameterValue]] = {
    "contacts-shared-mailboxes": {"patterns": ("*@example.com",)},
    "contact-primary-current": {"company_patterns": ("Example*",), "phone_patterns": ("+1*",)},
}
"""Values for controls that a person attests unless a baseline sets them."""
NEVER_FALSE = {"root-mfa-backup"}
"""Controls whose fact no export can deny: that there is no second device says nothing of a sealed backup."""
_CHECKER = SchemaChecker()


@cache
def linter() -> Linter:
    """Judge by every control that exports decide."""
    here = Location("<all>")
    library = open_library(Configuration(policies=None))
    controls = [library.control(name) for name in library.ids(PolicyKind.CONTROL)]
    decided = [item for item in controls if item.retired is None and item.check and item.check.attest is None]
    selections = tuple(
        Selection(item.id, here, parameters=PARAMETERS.get(item.id, {}))
        for item in decided
        if item.id not in NEVER_FALSE
    )
    baseline = Baseline(id="all", title="All", version="1", owner="tests", selections=selections, location=here)
    return Linter((resolve(baseline, library),), (), AS_OF)


def judge(directory: Path, files: dict[str, Any]) -> dict[str, Finding]:
    """Write the files of one account, and return its findings by control."""
    (snapshot,) = build_snapshots((write(directory, files),), _CHECKER, AS_OF).accounts
    return {item.control: item for item in linter().lint(snapshot).findings}
