"""What ``baselint validate`` does for a hook: looks at what is staged, and compares it with what was committed."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.commands.command import Streams
from baselint.commands.validate_output import tell
from baselint.errors import ExitCode, PolicyError
from baselint.policy.earlier import Earlier
from baselint.policy.open import open_revision, own_tree
from baselint.policy.revision import INDEX, Revision, find
from baselint.policy.rules.rule import Context

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from baselint.configuration import Configuration

_FROM, _TO = "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"
"""What pre-commit and prek set where they compare two revisions instead of looking at what is staged."""


def deletes_policy_files(settings: "Configuration") -> bool:
    """Tell whether a policy file that was committed is staged as deleted or renamed: hooks are not given such files."""
    old, new = _sides(None, os.environ)
    place = own_tree(settings).as_posix()
    return bool(old.blobs(place).keys() - new.blobs(place).keys())


def validate_staged(settings: "Configuration", against: str | None, today: "date", streams: Streams) -> ExitCode:
    """Tell what the staged policy files weaken that no new entry of ``changes`` explains, with the difference."""
    from baselint.policy.rules.table import WEAKENING_RULES
    from baselint.policy.validate import validate_library

    old, new = _sides(against, os.environ)
    place = own_tree(settings).as_posix()
    if old.blobs(place) == new.blobs(place):
        streams.err.write(f"nothing to compare: no policy file differs from {old.name}\n")
        return ExitCode.CLEAN
    try:
        earlier = Earlier(old.name, open_revision(settings, old))
        context = Context(open_revision(settings, new), today, earlier=earlier, only_earlier=True)
        found = validate_library(context, (f"{new.shown(place)}/",), WEAKENING_RULES)
    except PolicyError as error:  # two files share one id: nothing else can be said
        return tell(None, error.diagnostics, streams)
    code = tell(found.files, found.diagnostics, streams)
    if code is not ExitCode.CLEAN:
        _show_differences(context, streams)
    return code


def _sides(against: str | None, environment: "Mapping[str, str]") -> tuple[Revision, Revision]:
    """Return what to compare: the revisions that the hook's runner names, else what was committed and what is staged."""
    old = against or environment.get(_FROM) or "HEAD"
    new = (environment.get(_TO) if against is None else None) or INDEX
    return find(old, Path.cwd()), find(new, Path.cwd())


def _show_differences(context: Context, streams: Streams) -> None:
    from baselint.difference_report import write_text
    from baselint.policy.broken_requirements import broken_requirements
    from baselint.terminal import Painter, wants_colour

    painter = Painter(wants_colour(streams.out))
    for item in context.earlier.comparisons if context.earlier is not None else ():
        if item.unexplained:
            streams.out.write("\n")
            broken = broken_requirements(item.difference, context.library)
            streams.out.writelines(write_text(item.difference, broken, painter))
