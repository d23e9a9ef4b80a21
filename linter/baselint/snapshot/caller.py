"""Tells whether an answer about the caller is about root, which only the manifest can say."""

import re

from baselint.snapshot.arn import Arn, parse_arn
from baselint.snapshot.export import FileContext

_ABOUT_A_USER = re.compile(r"(?:\A|\s)--user-name(?:[\s=]|\Z)")


def root_caller(context: FileContext) -> Arn | None:
    """Return root's ARN when the manifest says that root, or a privileged root session, asked about itself."""
    caller = parse_arn(context.caller)
    if caller is None or not caller.is_root or _ABOUT_A_USER.search(context.command or ""):
        return None
    return caller
