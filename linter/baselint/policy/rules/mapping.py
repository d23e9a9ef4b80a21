"""No rule: the controls and bounds that a framework's requirements name, each with its place, for the rules on them."""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, PolicyError
from baselint.framework import Bound, Framework, MappedControl
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.source import PolicyFile
from baselint.yamldocument import Path


def mapped_controls(file: PolicyFile[Any]) -> Iterator[tuple[MappedControl, Path]]:
    """Yield every control that a requirement names, in each of its ways."""
    framework: Framework = file.model
    for index, requirement in enumerate(framework.requirements):
        path: Path = ("requirements", index)
        for position, mapped in enumerate(requirement.controls):
            yield mapped, (*path, "controls", position)
        for choice, alternative in enumerate(requirement.any_of):
            for position, mapped in enumerate(alternative.controls):
                yield mapped, (*path, "any_of", choice, "controls", position)


def mapped_bounds(file: PolicyFile[Any], library: PolicyLibrary) -> Iterator[tuple[Control, Bound, Path]]:
    """Yield every bound on a parameter of a control that exists.

    Raises:
        PolicyError: controls that the framework names are broken; the bounds on all others have been told.
    """
    broken: list[Diagnostic] = []
    for mapped, path in mapped_controls(file):
        if library.entry(PolicyKind.CONTROL, mapped.id) is not None:
            try:
                control = library.control(mapped.id)
            except PolicyError as error:
                broken.extend(error.diagnostics)
                continue
            for bound in mapped.needs:
                yield control, bound, (*path, "needs", bound.parameter)
    if broken:
        raise PolicyError(tuple(dict.fromkeys(broken)))
