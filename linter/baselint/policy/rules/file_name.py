"""A policy file is named after its id.

Baselines, frameworks and commands name a control by its id, and baselint looks for a file of that name. Under another
name nobody finds it, neither the tool nor the person who searches the folder. Rename the file: the id may already stand
in reports and tickets. The ending is `.yaml`; a `.yml` file would not be read, so it is refused.

Bad:

```yaml
# policies/baselines/production.yaml
id: acme-production
```

Good:

```yaml
# policies/baselines/acme-production.yaml
id: acme-production
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    if file.model.id != file.stem:
        message = f"the id is {file.model.id!r}, but the file is named {file.stem!r}; rename the file"
        yield mistake(file, ("id",), "file-name", message, correction=f"{file.model.id}.yaml")


RULE = Rule(
    id="file-name",
    level=Level.ERROR,
    kinds=(PolicyKind.BASELINE, PolicyKind.CONTROL, PolicyKind.FRAMEWORK),
    check=_check,
    page=__doc__,
)
