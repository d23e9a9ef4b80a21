"""The table of rules, and what the gates before them are called."""

from collections.abc import Mapping

from baselint.policy.rules import (
    attestation_answers,
    baseline_controls,
    baseline_exceptions,
    check_conditions,
    contradictory_claims,
    control_parameters,
    excluded_control,
    expiry_without_change,
    file_name,
    framework_claims,
    framework_controls,
    hard_expiry_lockout,
    implicit_parameter,
    impossible_together,
    lowered_severity,
    member_accounts_only,
    narrowed_scope,
    not_compared,
    outside_aws_range,
    removed_baseline,
    report_outlives_bound,
    review_overdue,
    rewritten_change,
    rotation_uses_root,
    stale_verified,
    step_ids,
    text_placeholders,
    unquoted_text,
    unused_exclude,
    vacuous_value,
    weakened_check,
    weakened_parameter,
    widened_exception,
)
from baselint.policy.rules.rule import Rule

WEAKENING_RULES: tuple[Rule, ...] = (
    weakened_parameter.RULE,
    weakened_check.RULE,
    excluded_control.RULE,
    lowered_severity.RULE,
    narrowed_scope.RULE,
    widened_exception.RULE,
    removed_baseline.RULE,
    not_compared.RULE,
    rewritten_change.RULE,
)
"""The rules that compare a baseline with its parents and with its earlier self."""

RULES: tuple[Rule, ...] = (
    file_name.RULE,
    unquoted_text.RULE,
    check_conditions.RULE,
    control_parameters.RULE,
    text_placeholders.RULE,
    step_ids.RULE,
    baseline_controls.RULE,
    baseline_exceptions.RULE,
    attestation_answers.RULE,
    framework_controls.RULE,
    framework_claims.RULE,
    outside_aws_range.RULE,
    vacuous_value.RULE,
    impossible_together.RULE,
    contradictory_claims.RULE,
    hard_expiry_lockout.RULE,
    expiry_without_change.RULE,
    member_accounts_only.RULE,
    rotation_uses_root.RULE,
    report_outlives_bound.RULE,
    implicit_parameter.RULE,
    unused_exclude.RULE,
    review_overdue.RULE,
    stale_verified.RULE,
    *WEAKENING_RULES,
)
"""Every rule; a new one is one module and one line here."""

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
    """Return the explanation of every rule id, gates included."""
    pages = dict(_GATES)
    for rule in RULES:
        for name in rule.ids:
            pages[name] = f"{pages[name]}\n\n{rule.page}" if name in pages and name not in _GATES else rule.page
    return pages
