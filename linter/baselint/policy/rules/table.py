"""The table of rules, and the pages of all of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from baselint.policy.rules import (
    attestation_answers,
    baseline_exceptions,
    duplicate_control,
    duplicate_requirement,
    duplicate_step,
    excluded_control,
    extends_circle,
    fact_scope,
    file_name,
    lowered_severity,
    narrowed_scope,
    not_compared,
    operator_value,
    parameter_default,
    parameter_place,
    parameter_value,
    parents_disagree,
    removed_baseline,
    retired_control,
    rewritten_change,
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
    weakened_check,
    weakened_parameter,
    widened_exception,
)
from baselint.policy.rules.rule import Rule

if TYPE_CHECKING:
    from baselint.policy.rules.gate import Gate

WEAKENING_RULES: tuple[Rule, ...] = (
    excluded_control.RULE,
    lowered_severity.RULE,
    narrowed_scope.RULE,
    not_compared.RULE,
    removed_baseline.RULE,
    rewritten_change.RULE,
    weakened_check.RULE,
    weakened_parameter.RULE,
    widened_exception.RULE,
)
"""The rules that compare a baseline with its parents and with its earlier self."""

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
    *WEAKENING_RULES,
)
"""Every rule; a new one is one module and one line here."""


def rule_pages() -> "Mapping[str, Rule | Gate]":
    """Return what has a page, by id: every rule, and every gate before them."""
    from baselint.policy.rules.schema_gates import SCHEMA_GATES
    from baselint.policy.rules.yaml_gates import YAML_GATES

    shared = {name: rule for rule in RULES for name in rule.ids}
    own = {rule.id: rule for rule in RULES if not rule.ids}
    return {**{gate.id: gate for gate in (*YAML_GATES, *SCHEMA_GATES)}, **shared, **own}
