"""A baseline claims only frameworks that exist.

`satisfies` names files of `policies/frameworks/`, each one edition of a standard. A claim on an edition that is not there
cannot be tested, so it would be a promise that nobody holds. Take an id from `baselint list frameworks`, edition included.

Bad:

```yaml
satisfies: [cis-aws-foundations-70]
```

Good:

```yaml
satisfies: [cis-aws-foundations-7.0]
extends: [aws-cis-7.0]
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, only_meant


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    library = context.library
    baseline: Baseline = file.model
    for index, claim in enumerate(baseline.satisfies):
        if library.entry(PolicyKind.FRAMEWORK, claim) is None:
            known = library.ids(PolicyKind.FRAMEWORK)
            message = f"there is no framework {claim!r}; see 'baselint list frameworks'{did_you_mean(claim, known)}"
            correction = only_meant(claim, known)
            yield mistake(file, ("satisfies", index), "unknown-framework", message, correction=correction)


RULE = Rule(id="unknown-framework", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)
