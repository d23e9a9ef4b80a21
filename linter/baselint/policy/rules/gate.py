"""What a gate is: a reason to refuse a file before any rule looks at it."""

from dataclasses import dataclass
from typing import ClassVar

from baselint.errors import Level
from baselint.policy.kinds import PolicyKind


@dataclass(frozen=True, slots=True)
class Gate:
    """A reason to refuse a file while it is read, and its page."""

    id: str
    page: str
    kind: PolicyKind = PolicyKind.BASELINE
    """The kind of file that the examples of the page show."""
    level: ClassVar[Level] = Level.ERROR
    kinds: ClassVar[tuple[PolicyKind, ...]] = tuple(PolicyKind)
