"""``baselint explain``: one control, rule, fact, status, baseline or framework, in the terminal."""

import argparse
from typing import TYPE_CHECKING

from baselint.commands.command import Command, Streams
from baselint.errors import BaselintError, ExitCode
from baselint.terminal import clean

if TYPE_CHECKING:
    from baselint.configuration import Configuration
    from baselint.policy.library import PolicyLibrary
    from baselint.policy.resolve import ResolvedBaseline

_EXAMPLES = """\
  baselint explain root-mfa                             the runbook of a control
  baselint explain -b aws-cis-7.0 password-symbols      with the values of a baseline
  baselint explain root.mfa_enabled                     a fact, and the command that exports it
  baselint explain unknown                              a status
  baselint explain unknown-key                          a rule on policy files
"""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a control, rule, fact, status, baseline or framework")
    parser.add_argument(
        "-b", "--baseline", metavar="BASELINE", help="whose values a control's texts show; default: the configured one"
    )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.commands.policy_access import open_here
    from baselint.explanation import explain_policy, explain_word

    text = explain_word(options.id)
    if text is None:  # what a word means is told even where the policy tree is broken
        settings, library = open_here()
        text = explain_policy(options.id, library, lambda: _followed(options.baseline, settings, library, streams))
    streams.out.write(text)
    return ExitCode.CLEAN


def _followed(
    named: str | None, settings: "Configuration", library: "PolicyLibrary", streams: Streams
) -> "ResolvedBaseline | None":
    """Return the named baseline, else the configured one; a broken one of these must not keep a control from being explained."""
    from baselint.policy.resolve import resolve

    if named is not None:
        return resolve(library.baseline(named), library)
    try:
        return resolve(library.baseline(settings.baseline), library)
    except BaselintError as error:
        reason = clean(str(error).split("\n", 1)[0])
        streams.err.write(f"baselint: shown with the control's own values, since there is no baseline: {reason}\n")
        return None


COMMAND = Command(_EXAMPLES, _arguments, _run)
