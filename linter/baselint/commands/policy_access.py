"""Opens the policy library for a command, as the configuration of the working directory says."""

from pathlib import Path

from baselint import configuration
from baselint.configuration import Configuration
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library


def open_here() -> tuple[Configuration, PolicyLibrary]:
    """Return the configuration of the working directory and the library it asks for."""
    settings = configuration.find(Path.cwd())
    return settings, open_library(settings)
