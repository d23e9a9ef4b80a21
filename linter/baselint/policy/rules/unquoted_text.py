"""A plain value that other YAML readers take for a number, a date or a boolean stands in quotes.

baselint reads ``012345670123``, ``1.10``, ``2026-11-23`` and ``yes`` as texts. Editors and other tools make an octal number,
a float, a date and a boolean of them, and the account id or the edition is lost.
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    for path, text in file.document.ambiguous.items():
        message = f'other YAML readers do not read {text} as text; put it in quotes: "{text}"'
        yield warning(file, path, "unquoted-text", message)


RULE = Rule(ids=("unquoted-text",), kinds=tuple(PolicyKind), check=_check, page=__doc__)
