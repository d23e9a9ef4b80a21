"""The kinds of policy files, and the directory each lives in."""

from collections.abc import Mapping
from enum import StrEnum


class PolicyKind(StrEnum):
    """Value of the first key of a policy file."""

    CONTROL = "control"
    BASELINE = "baseline"
    FRAMEWORK = "framework"
    ATTESTATIONS = "attestations"


DIRECTORIES: Mapping[PolicyKind, str] = {
    PolicyKind.CONTROL: "controls",
    PolicyKind.BASELINE: "baselines",
    PolicyKind.FRAMEWORK: "frameworks",
    PolicyKind.ATTESTATIONS: "attestations",
}
"""Directory below ``policies/`` that holds the files of each kind."""

SCHEMAS: tuple[str, ...] = (*PolicyKind, "snapshot-manifest", "report", "comparison", "controls")
"""Every schema that ships, by the name ``baselint schema`` takes."""
