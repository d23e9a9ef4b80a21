"""What fills the placeholders in a control's texts: its values, and the options of the whole password policy."""

from collections.abc import Iterator, Mapping

from baselint import placeholders
from baselint.model import Control, ParameterValue
from baselint.password_policy_command import CheckWithParameters, options, terraform_arguments
from baselint.policy.resolve import ResolvedBaseline

_WITHOUT_BASELINE = "OPTIONS-OF-THE-WHOLE-POLICY"
"""The call resets what it does not name, so without a baseline no command may stand there that would run."""


def words(
    control: Control, values: Mapping[str, ParameterValue], baseline: ResolvedBaseline | None
) -> Mapping[str, str]:
    """Return what each placeholder of a control stands for, given its values and the baseline that is followed."""
    texts = {name: placeholders.word(value) for name, value in values.items()}
    policy = options(_checks(control, values, baseline)) if baseline else ""
    return {
        **texts,
        placeholders.PASSWORD_POLICY_OPTIONS: policy or _WITHOUT_BASELINE,
        placeholders.PASSWORD_POLICY_ARGUMENTS: terraform_arguments(policy) or _WITHOUT_BASELINE,
    }


def _checks(
    control: Control, values: Mapping[str, ParameterValue], baseline: ResolvedBaseline
) -> Iterator[CheckWithParameters]:
    """Yield the checks of a baseline, and the control's own where the baseline does not select it."""
    judged = {item.control.id: (item.control, item.parameters) for item in baseline.controls}
    for item, parameters in {control.id: (control, values), **judged}.values():
        if item.check is not None and item.retired is None:
            yield CheckWithParameters(item.check, parameters)
