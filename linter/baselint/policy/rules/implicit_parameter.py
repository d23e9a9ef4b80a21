"""A baseline sets the parameters of controls that it takes from another policy tree.

A parameter that neither the baseline nor a parent sets has the control's default. Where the control comes from the library that
ships with baselint, an update may change that default, and what the baseline asks for changes with it: nobody decided, and no
commit shows it.

Write the value down, the present one or another.

Bad:

```yaml
controls:
  - id: password-minimum-length
```

Good:

```yaml
controls:
  - id: password-minimum-length
    parameters: {minimum: 14}
```
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from baselint.baseline import Baseline, Selection
from baselint.errors import Diagnostic, Level
from baselint.model import Control, ParameterReference, ParameterValue
from baselint.placeholders import word
from baselint.policy.inherit import merged_selections
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary, PolicyRoot
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    library = context.library
    baseline: Baseline = file.model
    home = library.root_of(file.document.path)
    merged: Mapping[str, Selection] | None = None
    for index, selection in enumerate(baseline.selections):
        if selection.exclude or not _foreign(selection.control, home, library):
            continue
        merged = merged or merged_selections(baseline, library)
        control = library.outline(selection.control)
        if not selection.parameters.keys() <= control.parameters.keys():  # told as unknown-parameter
            continue
        unset = _unset(control, merged[selection.control].parameters)
        if unset:
            values = " and ".join(f"{name!r} is {word(value)}" for name, value in unset.items())
            message = f"{selection.control}: {values} by default, and changes when the default does; set it here"
            found = warning(file, ("controls", index, "id"), "implicit-parameter", message)
            yield replace(found, correction=_written({**selection.parameters, **unset}))


def _foreign(control: str, home: PolicyRoot | None, library: PolicyLibrary) -> bool:
    """Tell whether a control with parameters comes from another tree; a file outside of every tree is its user's own."""
    entry = library.entry(PolicyKind.CONTROL, control)
    if entry is None or entry.root == home or (home is None and not entry.root.shipped):
        return False
    return library.may_have_parameters(control)


def _unset(control: Control, settled: Mapping[str, ParameterValue]) -> dict[str, ParameterValue]:
    """Return the parameters that take effect by a default; one without a default asks for nothing."""
    check = control.check
    if check is None:
        return {}
    operands = [item.operand for item in check.expect]
    operands += [check.attestation.within_days] if check.attestation else []
    used = {item.name for item in operands if isinstance(item, ParameterReference)}
    return {
        name: parameter.default
        for name, parameter in control.parameters.items()
        if name in used and name not in settled and parameter.default is not None
    }


def _written(values: Mapping[str, ParameterValue]) -> str:
    """Write parameters as one line of YAML; JSON is YAML."""
    items = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())
    return f"parameters: {{{', '.join(items)}}}"


RULE = Rule(id="implicit-parameter", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)
