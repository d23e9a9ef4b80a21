"""The kinds of changes between two baselines, which rules name without reading how baselines are compared."""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What changed."""

    PARAMETER = "parameter"
    CHECK = "check"
    """What the control asks, or how it is decided."""
    CONTROL = "control"
    """A control came or went: selected, excluded, removed, retired."""
    SEVERITY = "severity"
    APPLIES_TO = "applies-to"
    EXCEPTION = "exception"
