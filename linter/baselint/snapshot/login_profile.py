"""Reads the answer of ``aws iam get-login-profile``, its error text for "there is none" included."""

import re
from dataclasses import dataclass

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.caller import another, names_another, root_caller
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import ErrorForm, JsonForm, TableForm

_KIND = ExportKind.LOGIN_PROFILE
_WHOSE = re.compile(r"Login Profile for User (.+) cannot be found")


@dataclass(frozen=True, slots=True)
class LoginProfile:
    """Whether one identity has a password."""

    exists: bool
    pointer: str
    of_root: bool
    """Whether the manifest says that the caller was root or a privileged root session."""

    @property
    def records(self) -> int | None:
        """Return 1 for a profile, 0 for none."""
        return 1 if self.exists else 0


def _read(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    if not isinstance(form, JsonForm) or not isinstance(form.data, dict) or "LoginProfile" not in form.data:
        return None
    profile = form.data["LoginProfile"]
    if not isinstance(profile, dict) or "CreateDate" not in profile:
        return Reading(failure=fail(_KIND, MissingReason.INVALID, "LoginProfile has no CreateDate; export it again"))
    return _reading(exists=True, pointer="/LoginProfile/CreateDate", name=profile.get("UserName"), context=context)


def _read_error(form: ErrorForm, context: FileContext) -> Reading | None:
    if form.code != "NoSuchEntity":
        return None
    named = _WHOSE.search(form.message)
    return _reading(exists=False, pointer="error text", name=named[1] if named else None, context=context)


def _reading(*, exists: bool, pointer: str, name: object, context: FileContext) -> Reading:
    root = root_caller(context)
    if names_another(root, name):
        return Reading(failure=fail(_KIND, MissingReason.INVALID, another("the answer")))
    return Reading(
        LoginProfile(exists, pointer, of_root=root is not None),
        accounts=frozenset((root.account,) if root else ()),
        partitions=frozenset((root.partition,) if root else ()),
    )


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"LoginProfile"'),
    names=(frozenset(("login", "profile")),),
    read_error=_read_error,
)
