"""``baselint explain``: one control, rule, fact, status, baseline or framework, in the terminal."""

import argparse

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode

_EXAMPLES = """\
  baselint explain root-mfa                             the runbook of a control
  baselint explain root.mfa_enabled                     a fact, and the command that exports it
  baselint explain unknown                              a status
  baselint explain unknown-key                          a rule on policy files
"""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a control, rule, fact, status, baseline or framework")


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.commands.policy_access import open_here
    from baselint.explanation import explain
    from baselint.policy.kinds import PolicyKind
    from baselint.policy.resolve import resolve

    settings, library = open_here()
    known = library.entry(PolicyKind.BASELINE, settings.baseline) is not None
    baseline = resolve(library.baseline(settings.baseline), library) if known else None
    streams.out.write(explain(options.id, library, baseline))
    return ExitCode.CLEAN


COMMAND = Command("explain", "explain one thing in the terminal", _EXAMPLES, _arguments, _run)
