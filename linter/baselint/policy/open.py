"""Opens the policy library that a configuration asks for: the user's tree, the shipped one, or both."""

from pathlib import Path

from baselint import resources
from baselint.configuration import Configuration
from baselint.errors import PolicyError, UsageError
from baselint.policy.library import PolicyLibrary, PolicyRoot

SHIPPED = "<baselint>/policies"
"""How paths of the shipped tree are printed."""


def open_library(configuration: Configuration) -> PolicyLibrary:
    """Return the library; clashing ids are errors, never a precedence.

    Raises:
        UsageError: no tree is left to read.
        PolicyError: one id names two files, or a file has an ending that nobody would read.
    """
    roots: list[PolicyRoot] = []
    if configuration.policies is not None:
        roots.append(PolicyRoot(Path(configuration.policies), configuration.policies.as_posix()))
    if configuration.library:
        roots.append(PolicyRoot(resources.data_root().joinpath("policies"), SHIPPED, shipped=True))
    if not roots:
        raise UsageError("there is no policy tree: 'library' is false and no 'policies' directory was found")
    library = PolicyLibrary(tuple(roots))
    mistakes = tuple(library.name_mistakes())
    if mistakes:
        raise PolicyError(mistakes)
    return library
