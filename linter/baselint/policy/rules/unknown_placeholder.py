"""A placeholder in a control's text names a parameter of that control, or one that baselint fills itself.

`{$minimum}` in a text becomes the value of the baseline when the page is made. A name that nothing fills would stand in
the runbook as it is, in the middle of a command that somebody pastes. Correct the name, or declare the parameter.

Bad:

```yaml
summary: Passwords have at least {$minimun} characters.
parameters:
  minimum: {title: Minimum length, type: integer, default: 14, minimum: 6, maximum: 128}
check:
  expect: {fact: password_policy.minimum_length, at_least: $minimum}
```

Good:

```yaml
summary: Passwords have at least {$minimum} characters.
parameters:
  minimum: {title: Minimum length, type: integer, default: 14, minimum: 6, maximum: 128}
check:
  expect: {fact: password_policy.minimum_length, at_least: $minimum}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint import placeholders
from baselint.errors import Diagnostic, Level
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, only_meant
from baselint.yamldocument import Path, Plain


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    known = (*control.parameters, *placeholders.DERIVED)
    for path, text in _texts(file.document.data, ()):
        for name in placeholders.names(text):
            if name not in known:
                message = f"{{${name}}} names no parameter of {control.id}{did_you_mean(name, known)}"
                meant = only_meant(name, known)
                correction = f"{{${meant}}}" if meant else None
                yield mistake(file, path, "unknown-placeholder", message, correction=correction)


def _texts(data: Plain, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))


RULE = Rule(id="unknown-placeholder", level=Level.ERROR, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)
