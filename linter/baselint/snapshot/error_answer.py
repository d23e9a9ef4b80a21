"""Tells what the error text of an AWS call means for the facts its answer would have carried."""

from baselint.evidence import ExportKind, Missing, MissingReason
from baselint.snapshot.export import fail
from baselint.snapshot.form import BrokenForm, ErrorForm

_DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError")


def failure(kind: ExportKind, form: ErrorForm | BrokenForm) -> Missing:
    """Return why a file that holds an error text, or nothing usable, tells no fact."""
    if isinstance(form, BrokenForm):
        return fail(kind, form.reason, form.detail)
    if form.code in _DENIED:
        detail = f"AWS refused {form.operation} ({form.code}); give the exporting identity this permission, then export again"
        return fail(kind, MissingReason.ACCESS_DENIED, detail)
    detail = f"the file holds the error {form.code} of {form.operation} instead of an answer; export again"
    return fail(kind, MissingReason.NOT_AN_ANSWER, detail)
