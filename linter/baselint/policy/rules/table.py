"""The table of rules, and the pages of all of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from baselint.policy.rules import (
    attestation_answers,
    baseline_exceptions,
    duplicate_control,
    duplicate_requirement,
    duplicate_step,
    extends_circle,
    fact_scope,
    file_name,
    operator_value,
    parameter_default,
    parameter_place,
    parameter_value,
    parents_disagree,
    retired_control,
    undeclared_parameter,
    unknown_baseline,
    unknown_control,
    unknown_fact,
    unknown_framework,
    unknown_parameter,
    unknown_placeholder,
    unquoted_text,
    unsatisfied_claim,
    unused_parameter,
)
from baselint.policy.rules.rule import Rule

if TYPE_CHECKING:
    from baselint.policy.rules.gate import Gate

RULES: tuple[Rule, ...] = (
    attestation_answers.RULE,
    baseline_exceptions.RULE,
    duplicate_control.RULE,
    duplicate_requirement.RULE,
    duplicate_step.RULE,
    extends_circle.RULE,
    fact_scope.RULE,
    file_name.RULE,
    operator_value.RULE,
    parameter_default.RULE,
    parameter_place.RULE,
    parameter_value.RULE,
    parents_disagree.RULE,
    retired_control.RULE,
    undeclared_parameter.RULE,
    unknown_baseline.RULE,
    unknown_control.RULE,
    unknown_fact.RULE,
    unknown_framework.RULE,
    unknown_parameter.RULE,
    unknown_placeholder.RULE,
    unquoted_text.RULE,
    unsatisfied_claim.RULE,
    unused_parameter.RULE,
)
"""Every rule, by id; a new one is one module and one line here."""


def rule_pages() -> "Mapping[str, Rule | Gate]":
    """Return what has a page, by id: every rule, and every gate before them."""
    from baselint.policy.rules.schema_gates import SCHEMA_GATES
    from baselint.policy.rules.yaml_gates import YAML_GATES

    shared = {name: rule for rule in RULES for name in rule.ids}
    own = {rule.id: rule for rule in RULES if not rule.ids}
    return {**{gate.id: gate for gate in (*YAML_GATES, *SCHEMA_GATES)}, **shared, **own}
