"""The table of rules, and what the gates before them are called."""

from collections.abc import Mapping

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

_GATES: Mapping[str, str] = {
    "too-large": "A policy file stays within 1 MiB and 100,000 values.",
    "too-deep": "Values are nested at most 64 levels deep.",
    "empty-file": "A policy file is not empty.",
    "yaml-encoding": "A policy file is UTF-8 text without control characters.",
    "yaml-syntax": "A policy file is YAML.",
    "yaml-alias": "Anchors and aliases are refused: a reader sees every value where it stands.",
    "yaml-tag": "Tags are refused: they can make other YAML readers run code.",
    "yaml-merge-key": "Merge keys are refused: they hide which value counts.",
    "yaml-directive": "YAML directives are refused.",
    "yaml-second-document": "A file holds one document.",
    "yaml-key": "Keys are texts.",
    "duplicate-key": "A key stands once in a mapping: YAML readers disagree on which of two counts.",
    "kind-first": "The first key of a policy file is 'kind'.",
    "wrong-folder": "A policy file lies in the folder of its kind.",
    "duplicate-id": "An id names one file, over all kinds.",
    "unknown-key": "Only keys of the schema are allowed.",
    "missing-key": "A key that the schema requires is there.",
    "one-of-these-keys": "Of some keys exactly one is there.",
    "wrong-type": "A value has the type that the schema asks for.",
    "value-not-allowed": "A value is one of those that the schema allows.",
    "out-of-range": "A number lies in the range that the schema allows.",
    "wrong-length": "A text or list has an allowed length.",
    "empty-value": "A text or list is not empty.",
    "bad-form": "A text has the form that the schema asks for: an id, a date, an account id, an address.",
    "schema": "The file fits its schema.",
}


def rule_pages() -> Mapping[str, str]:
    """Return the explanation of every rule id, gates included; a rule's own module has the word."""
    shared = {name: rule.page for rule in RULES for name in rule.ids}
    return {**_GATES, **shared, **{rule.id: rule.page for rule in RULES if not rule.ids}}
