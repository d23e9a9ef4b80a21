"""A value or a bound fits the type, the range and the choices of its parameter.

The range of a parameter is what AWS accepts, or what makes sense at all. A value outside it could never be set in an
account, or would let every account pass. How long an attestation holds cannot be `null`: it would hold for ever. The
message says what is allowed.

Bad:

```yaml
controls:
  - id: password-minimum-length
    parameters: {minimum: 129}
```

Good:

```yaml
controls:
  - id: password-minimum-length
    parameters: {minimum: 20}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.framework import Bound
from baselint.model import Operator, Parameter, ParameterType
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.mapping import mapped_bounds
from baselint.policy.rules.resolving import resolving
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import as_yaml, converted


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    if file.kind is PolicyKind.BASELINE:
        yield from resolving(file, context, "parameter-value")
        return
    for control, bound, path in mapped_bounds(file, context.library):
        parameter = control.parameters.get(bound.parameter)
        if parameter is not None and not _fits(bound, parameter):
            message = f"{bound.operator} {bound.value!r} does not fit {bound.parameter!r}, which is a {parameter.type}"
            yield mistake(file, path, "parameter-value", message, correction=_correction(bound, parameter))


def _fits(bound: Bound, parameter: Parameter) -> bool:
    if bound.operator in {Operator.AT_LEAST, Operator.AT_MOST}:
        return parameter.type is ParameterType.INTEGER
    values = bound.value if isinstance(bound.value, tuple) else (bound.value,)
    return all(type(value) is _type(parameter) for value in values)


def _correction(bound: Bound, parameter: Parameter) -> str | None:
    meant = converted(bound.value, _type(parameter))
    return None if meant is None else f"{{{bound.operator}: {as_yaml(meant)}}}"


def _type(parameter: Parameter) -> type:
    return {ParameterType.INTEGER: int, ParameterType.BOOLEAN: bool}.get(parameter.type, str)


RULE = Rule(
    id="parameter-value",
    level=Level.ERROR,
    kinds=(PolicyKind.BASELINE, PolicyKind.FRAMEWORK),
    check=_check,
    page=__doc__,
)
