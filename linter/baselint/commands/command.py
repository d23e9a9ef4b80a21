"""What every command is: a name, a help text with examples, its arguments, and what runs."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from baselint.errors import ExitCode


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command writes: results to ``out``, everything else to ``err``."""

    out: TextIO
    err: TextIO


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the tool."""

    name: str
    summary: str
    examples: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Streams], ExitCode]
