"""Opens the policy library that a configuration asks for: the user's tree, now or in git, the shipped one, or both."""

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from baselint import resources
from baselint.configuration import DEFAULT_TREE, Configuration
from baselint.errors import PolicyError, UsageError
from baselint.policy.kinds import DIRECTORIES
from baselint.policy.library import PolicyLibrary, PolicyRoot

if TYPE_CHECKING:
    from baselint.policy.revision import Revision

SHIPPED = "<baselint>/policies"
"""How paths of the shipped tree are printed."""


def open_library(configuration: Configuration) -> PolicyLibrary:
    """Return the library; clashing ids are errors, never a precedence.

    Raises:
        UsageError: no tree is left to read.
        PolicyError: one id names two files, or a file has an ending that nobody would read.
    """
    own: list[PolicyRoot] = []
    if configuration.policies is not None:
        own.append(PolicyRoot(Path(configuration.policies), configuration.policies.as_posix()))
    return _checked(PolicyLibrary(_roots(own, configuration, None)))


def open_revision(
    configuration: Configuration, revision: "Revision", shipped: PolicyRoot | None = None
) -> PolicyLibrary:
    """Return the library with the user's tree as a revision has it; ``shipped`` stands in for the shipped tree.

    Raises:
        UsageError: git fails.
        PolicyError: one id names two files, or a file has an ending that nobody would read.
    """
    place = own_tree(configuration).as_posix()
    own = PolicyRoot(revision.tree(place), revision.shown(place))
    start = revision.shown("")

    def read(path: str) -> bytes:
        return revision.read(path.removeprefix(start))

    return _checked(PolicyLibrary(_roots([own], configuration, shipped), read))


def open_beside(configuration: Configuration, shipped: PolicyRoot) -> PolicyLibrary:
    """Return the library with another tree in the place of the shipped one.

    Raises:
        PolicyError: one id names two files, or a file has an ending that nobody would read.
    """
    place = own_tree(configuration)
    return _checked(PolicyLibrary(_roots([PolicyRoot(place, place.as_posix())], configuration, shipped)))


def own_tree(configuration: Configuration) -> Path:
    """Return where the user's own tree lies, or would lie."""
    return configuration.policies if configuration.policies is not None else Path(DEFAULT_TREE)


def released_tree(path: Path) -> PolicyRoot:
    """Return the policy tree of another release: of its wheel, or a directory ``policies``.

    Raises:
        UsageError: there is no such tree.
    """
    import zipfile

    shown = path.as_posix()
    try:
        tree: Traversable = zipfile.Path(path, "baselint/_data/policies/") if path.is_file() else path
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{shown}: is no wheel ({error}); name a wheel, or a directory of policies") from error
    if not any(tree.joinpath(name).is_dir() for name in DIRECTORIES.values()):
        raise UsageError(f"{shown}: holds no policies; name baselint's wheel, or a directory of policies")
    return PolicyRoot(tree, shown, shipped=True)


def _roots(own: list[PolicyRoot], configuration: Configuration, shipped: PolicyRoot | None) -> tuple[PolicyRoot, ...]:
    # Of two files with one id the later is told to choose another, and users can rename their own only.
    roots = [shipped] if shipped is not None else []
    if shipped is None and configuration.library:
        roots.append(PolicyRoot(resources.data_root().joinpath("policies"), SHIPPED, shipped=True))
    roots.extend(own)
    if not roots:
        raise UsageError("there is no policy tree: 'library' is false and no 'policies' directory was found")
    return tuple(roots)


def _checked(library: PolicyLibrary) -> PolicyLibrary:
    mistakes = tuple(library.name_mistakes())
    if mistakes:
        raise PolicyError(mistakes)
    return library
