"""A framework lists each requirement once.

A report shows under the standard's own id what is met. Two entries of one id would say two things about it, and which of
them an auditor reads would be chance. Merge them, or give each the id that it has in the standard.

Bad:

```yaml
requirements:
  - id: "1.4"
    title: The root user has no access keys
    controls: [{id: root-no-access-keys}]
  - id: "1.4"
    title: The root user has MFA
    controls: [{id: root-mfa}]
```

Good:

```yaml
requirements:
  - id: "1.4"
    title: The root user has no access keys
    controls: [{id: root-no-access-keys}]
  - id: "1.5"
    title: The root user has MFA
    controls: [{id: root-mfa}]
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.framework import Framework
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    framework: Framework = file.model
    seen: set[str] = set()
    for index, requirement in enumerate(framework.requirements):
        if requirement.id in seen:
            message = f"the requirement {requirement.id!r} stands twice"
            yield mistake(file, ("requirements", index, "id"), "duplicate-requirement", message)
        seen.add(requirement.id)


RULE = Rule(id="duplicate-requirement", level=Level.ERROR, kinds=(PolicyKind.FRAMEWORK,), check=_check, page=__doc__)
