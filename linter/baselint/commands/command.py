"""What every command is: a name and a line of help, then examples, arguments and what runs."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TextIO

from baselint.errors import ExitCode


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command writes: results to ``out``, everything else to ``err``."""

    out: TextIO
    err: TextIO


@dataclass(frozen=True, slots=True)
class Command:
    """What a command does."""

    examples: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Streams], ExitCode]


@dataclass(frozen=True, slots=True)
class Listed:
    """A command as the list of all shows it; what it does is imported only when somebody asks for it."""

    name: str
    summary: str
    module: str
    """Name of its module in this room, which holds a ``COMMAND``."""

    def load(self) -> Command:
        """Import what the command does."""
        loaded: Command = import_module(f"baselint.commands.{self.module}").COMMAND
        return loaded
