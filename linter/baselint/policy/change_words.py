"""A change between two baselines in words, each as one short line."""

from baselint.placeholders import word
from baselint.policy.change_kind import ChangeKind
from baselint.policy.differences import Change
from baselint.terminal import one_line


def title(change: Change) -> str:
    """Say what it is that changed."""
    match change.kind:
        case ChangeKind.PARAMETER:
            return str(change.name)
        case ChangeKind.EXCEPTION:
            return f"exception {change.name}"
        case ChangeKind.APPLIES_TO:
            return f"applies to {change.name}"
    return {ChangeKind.CHECK: "what it asks", ChangeKind.CONTROL: "selection"}.get(change.kind, str(change.kind))


def short(change: Change) -> str:
    """Say from what to what, as far as a line can hold it."""
    if change.kind is ChangeKind.CHECK:
        return "changed"
    if change.old is None and change.kind is ChangeKind.EXCEPTION:
        return one_line(f"added, for {word(change.new)}")
    if change.new is None and change.kind is ChangeKind.EXCEPTION:
        return one_line(f"ended, was for {word(change.old)}")
    return one_line(f"{word(change.old)} -> {word(change.new)}")
