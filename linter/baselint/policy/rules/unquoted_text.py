"""A text that other YAML readers take for a number, a date or a boolean stands in quotes.

baselint reads `012345670123`, `1.10`, `2026-11-23` and `yes` as the texts they are. Editors, scripts and other tools make
another number, a fraction, a date and a boolean of them: edition 1.10 turns into 1.1, and an account id loses its zero.
Put such texts in quotes; then every reader sees the same.

Bad:

```yaml
version: 1.10
```

Good:

```yaml
version: "1.10"
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile
from baselint.suggestion import as_yaml
from baselint.yamldocument import Path


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    for path, text in file.document.ambiguous.items():
        told = f"other YAML readers do not read {text} as text"
        if _may_be_no_text(path):
            yield warning(file, path, "unquoted-text", f"{told}; put it in quotes, or write a number, true or false")
        else:
            yield warning(file, path, "unquoted-text", f"{told}; put it in quotes", correction=as_yaml(text))


def _may_be_no_text(path: Path) -> bool:
    """Tell whether a value need not be a text: what a condition, a bound or a parameter takes depends on what it names."""
    return path[-1] in {"equals", "default"} or "one_of" in path[-2:] or path[-2:-1] == ("parameters",)


RULE = Rule(
    id="unquoted-text",
    level=Level.WARNING,
    kinds=(PolicyKind.BASELINE, PolicyKind.CONTROL, PolicyKind.FRAMEWORK, PolicyKind.ATTESTATIONS),
    check=_check,
    page=__doc__,
)
