"""A placeholder ``{$name}`` in a text names a parameter of the control, or a derived placeholder that exists.

Placeholders are replaced literally when a page is rendered; one that nothing fills would stand in the runbook as it is.
"""

from collections.abc import Iterator
from typing import Any

from baselint import placeholders
from baselint.errors import Diagnostic
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean
from baselint.yamldocument import Path, Plain


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    known = (*control.parameters, *placeholders.DERIVED)
    for path, text in _texts(file.document.data, ()):
        for name in placeholders.names(text):
            if name not in known:
                message = f"{{${name}}} names no parameter of {control.id}{did_you_mean(name, known)}"
                yield mistake(file, path, "unknown-placeholder", message)


def _texts(data: Plain, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))


RULE = Rule(ids=("unknown-placeholder",), kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)
