"""Tells whether an answer about the caller is about root, which only the manifest can say."""

import re

from baselint.snapshot.arn import Arn, parse_arn
from baselint.snapshot.export import FileContext

_ABOUT_A_USER = re.compile(r"(?:\A|\s)--(?:user-name|cli-input-json|cli-input-yaml)(?:[\s=]|\Z)")
_NAMES_OF_ROOT = frozenset(("root", "<root_account>"))


def root_caller(context: FileContext) -> Arn | None:
    """Return root's ARN when the manifest says that root, or a privileged root session, asked about itself."""
    caller = parse_arn(context.caller)
    if caller is None or not caller.is_root or _ABOUT_A_USER.search(context.command or ""):
        return None
    return caller


def names_another(root: Arn | None, name: object) -> bool:
    """Tell whether an answer that root is said to have asked for about itself names somebody else.

    Root has no user name: answers leave it out, or give the account id or ``root`` instead.
    """
    if root is None or name is None:
        return False
    return not isinstance(name, str) or name not in {root.account, *_NAMES_OF_ROOT}


def another(names: str) -> str:
    """Return what to say of an answer that contradicts the manifest."""
    return f"the manifest names root as the caller, but {names} names another user: correct the manifest, or export it again"
