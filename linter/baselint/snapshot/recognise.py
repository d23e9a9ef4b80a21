"""Recognises the files of a snapshot by content; the manifest, then the file's name, help only where content cannot say."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.clock import TOLERANCE, write_stamp
from baselint.evidence import ExportKind, MissingReason
from baselint.exports import EXPORTS, KIND_BY_OPERATION
from baselint.snapshot import (
    access_key_last_used,
    account_summary,
    alternate_contact,
    authorization_details,
    caller_identity,
    contact_information,
    credential_report,
    identity_center_instances,
    login_profile,
    mfa_devices,
    organization,
    organization_accounts,
    organizations_features,
    own_credentials,
    password_policy,
    primary_email,
    saml_providers,
    service_control_policies,
    virtual_mfa_devices,
)
from baselint.snapshot.arn import parse_arn
from baselint.snapshot.capture_time import settle_capture
from baselint.snapshot.error_answer import failure
from baselint.snapshot.export import Export, FileContext, Reader, Reading, fail
from baselint.snapshot.files import SnapshotFile
from baselint.snapshot.form import BrokenForm, ErrorForm, Form, JsonForm, TableForm, read_form
from baselint.snapshot.manifest import ManifestEntry, Manifests, is_manifest, read_manifest
from baselint.snapshot.other_tools import name_other_tool
from baselint.snapshot.seeds import holds_seeds
from baselint.snapshot.virtual_mfa_devices import SECRET

if TYPE_CHECKING:
    from baselint.policy.schema_check import SchemaChecker

READERS: Mapping[ExportKind, Reader] = {
    reader.kind: reader
    for reader in (
        credential_report.READER,
        account_summary.READER,
        password_policy.READER,
        virtual_mfa_devices.READER,
        mfa_devices.READER,
        own_credentials.ACCESS_KEYS,
        access_key_last_used.READER,
        own_credentials.SIGNING_CERTIFICATES,
        login_profile.READER,
        alternate_contact.READER,
        contact_information.READER,
        primary_email.READER,
        caller_identity.READER,
        organizations_features.READER,
        organization_accounts.READER,
        organization.READER,
        service_control_policies.LIST,
        service_control_policies.TARGETS,
        service_control_policies.POLICY,
        saml_providers.READER,
        identity_center_instances.READER,
        authorization_details.READER,
    )
}
"""Every reader of exports; a new kind is one module and one line here."""

_WRAPPERS = {
    "SummaryMap": ExportKind.ACCOUNT_SUMMARY,
    "PasswordPolicy": ExportKind.PASSWORD_POLICY,
    "VirtualMFADevices": ExportKind.VIRTUAL_MFA_DEVICES,
    "MFADevices": ExportKind.MFA_DEVICES,
    "AccessKeyMetadata": ExportKind.ACCESS_KEYS,
    "LoginProfile": ExportKind.LOGIN_PROFILE,
    "AlternateContact": ExportKind.ALTERNATE_CONTACT,
    "ContactInformation": ExportKind.CONTACT_INFORMATION,
    "Organization": ExportKind.ORGANIZATION,
    "EnabledFeatures": ExportKind.ORGANIZATIONS_FEATURES,
    "SAMLProviderList": ExportKind.SAML_PROVIDERS,
}
"""Keys around the answer of one command; two of them in one object are two answers."""

_USER = re.compile(r"User: (arn:\S+) is not authorized")
_OF_ANOTHER = frozenset(
    (
        ExportKind.ALTERNATE_CONTACT,
        ExportKind.CONTACT_INFORMATION,
        ExportKind.PRIMARY_EMAIL,
        ExportKind.ORGANIZATION,
        ExportKind.ORGANIZATION_ACCOUNTS,
        ExportKind.ORGANIZATIONS_FEATURES,
        ExportKind.POLICIES,
        ExportKind.POLICY,
        ExportKind.POLICY_TARGETS,
    )
)
"""Kinds that one account may ask of another, so that who was refused does not say whose the file is."""
_EMPTY: tuple[object, ...] = ({}, [], None, "")
_NOTHING = "the file holds no answer, only an empty value; look at what the command printed on stderr"
_SESSIONS = {"AssumeRole": "the role in this account", "AssumeRoot": "root of this account"}


@dataclass(frozen=True, slots=True)
class RecognisedFile:
    """A file of the snapshot with what was made of it; ``export`` is None when it was not recognised."""

    path: Path
    shown: str
    export: Export | None
    manifest: ManifestEntry | None
    reason: str | None = None
    """Why it was not recognised, with a hint."""
    problems: tuple[tuple[str, str], ...] = ()
    """Reason and message of what a person should know about a file that was not recognised."""


def recognise(
    files: Iterable[SnapshotFile], checker: "SchemaChecker", captured_at: datetime | None, as_of: datetime
) -> Iterator[RecognisedFile]:
    """Yield what each file is; manifests are read first, since they speak of the others."""
    pairs = [(file, _form(file)) for file in files]
    readings = {
        file.path: read_manifest(form, checker)
        for file, form in pairs
        if not file.is_foreign and is_manifest(form, file.path.name)
    }
    manifests = Manifests(readings, frozenset(file.path for file, _ in pairs))
    speaking = {file.path.with_suffix("") for file, _ in pairs if file.content.strip()}
    for file, form in pairs:
        entry = manifests.entry(file.path)
        reading = manifests.readings.get(file.path)
        if reading is not None:
            yield RecognisedFile(file.path, file.shown, _export(file, ExportKind.MANIFEST, reading), entry)
        elif not file.refusal and not file.content.strip() and file.path.with_suffix("") in speaking:
            # The answer and the error text of one command lie side by side, and one of the two is always empty.
            reason = "it is empty; the file of the same name with another ending holds what the command printed"
            yield RecognisedFile(file.path, file.shown, None, entry, reason)
        else:
            yield _warned(file, _recognise(file, form, entry, captured_at, as_of))


def _form(file: SnapshotFile) -> Form:
    return BrokenForm(MissingReason.NOT_AN_ANSWER, file.refusal) if file.refusal else read_form(file.content)


def _warned(file: SnapshotFile, found: RecognisedFile) -> RecognisedFile:
    """Add the warning of seeds, in whatever file and form they stand."""
    if not holds_seeds(file.content):
        return found
    if found.export is None:
        return replace(found, reason="it is no export, and it holds secrets", problems=(*found.problems, SECRET))
    reading = found.export.reading
    others = tuple(problem for problem in reading.problems if problem != SECRET)
    return replace(found, export=replace(found.export, reading=replace(reading, problems=(*others, SECRET))))


def _recognise(
    file: SnapshotFile, form: Form, entry: ManifestEntry | None, captured_at: datetime | None, as_of: datetime
) -> RecognisedFile:
    context = FileContext(
        path=file.shown,
        words=frozenset(re.findall(r"[a-z]+", file.path.name.lower())),
        command=entry.command if entry else None,
        caller=entry.caller if entry else None,
        captured_at=entry.captured_at if entry else None,
    )
    found = None if file.is_foreign else _reading(form, context)
    if found is None:
        return RecognisedFile(file.path, file.shown, None, entry, _hint(form, file.path), _session(form))
    kind, reading = found
    capture = settle_capture(reading, context.captured_at, captured_at)
    if capture.note:
        reading = replace(reading, problems=(*reading.problems, (MissingReason.SOURCES_DISAGREE, capture.note)))
    export = _export(file, kind, reading, capture.moment)
    if capture.refusal and reading.failure is None:
        export = _spoil(export, MissingReason.INVALID, capture.refusal)
    caller = parse_arn(context.caller)
    if caller is not None and caller.is_root:
        export = replace(export, made_by_root_of=caller.account)
    if entry and entry.sha256 and entry.sha256.lower() != export.sha256:
        detail = "the file is not the one the manifest describes (its SHA-256 differs); export it again"
        export = _spoil(export, MissingReason.INVALID, detail)
    return RecognisedFile(file.path, file.shown, _refuse_future(export, as_of), entry)


def _export(file: SnapshotFile, kind: ExportKind, reading: Reading, captured_at: datetime | None = None) -> Export:
    return Export(file.shown, kind, file.sha256, reading, captured_at)


def _spoil(export: Export, reason: MissingReason, detail: str) -> Export:
    """Keep an export as what it is, and whose, but take its word away, that of its ARNs on the partition as well."""
    reading = export.reading
    spoilt = Reading(
        failure=fail(export.kind, reason, detail),
        accounts=reading.accounts,
        variant=reading.variant,
        problems=reading.problems,
    )
    return replace(export, reading=spoilt)


def _refuse_future(export: Export, as_of: datetime) -> Export:
    newest = export.captured_at or export.reading.newest_stamp
    if export.reading.failure is None and newest is not None and newest - as_of > TOLERANCE:
        what = "was made" if export.captured_at else "holds a date"
        detail = f"the file {what} at {write_stamp(newest)}, after the moment of the verdicts ({write_stamp(as_of)}); check --as-of"
        return _spoil(export, MissingReason.INVALID, detail)
    return export


def _reading(form: Form, context: FileContext) -> tuple[ExportKind, Reading] | None:
    if name_other_tool(form) is not None:
        return None
    if isinstance(form, JsonForm | TableForm):
        for kind, reader in READERS.items():
            reading = reader.read(form, context)
            if reading is not None:
                return kind, _with_second(_noted(reading, form), kind, form)
        if isinstance(form, JsonForm) and form.data in _EMPTY:
            return _meant(BrokenForm(MissingReason.NOT_AN_ANSWER, _NOTHING), context)
        if isinstance(form, JsonForm) and form.yaml:
            detail = "the file holds no answer of the AWS CLI; export it again with --output json"
            return _meant(BrokenForm(MissingReason.NOT_AN_ANSWER, detail, form.yaml), context)
        return None
    if isinstance(form, ErrorForm):
        return _error(form, context)
    return _meant(form, context)


def _noted(reading: Reading, form: JsonForm | TableForm) -> Reading:
    """Add what is to be known of the form itself."""
    note = form.note if isinstance(form, JsonForm) else ""
    return replace(reading, problems=(*reading.problems, ("other-text", note))) if note else reading


def _with_second(reading: Reading, kind: ExportKind, form: Form) -> Reading:
    """Report the answers of further commands in one object, of which only the first is read."""
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict):
        return reading
    others = [_WRAPPERS[key] for key in data if key in _WRAPPERS and _WRAPPERS[key] is not kind]
    if not others or kind not in _WRAPPERS.values():
        return reading
    titles = ", ".join(EXPORTS[other].title for other in others)
    message = f"the file also holds the {titles}, which is not read; put each answer into a file of its own"
    return replace(reading, problems=(*reading.problems, ("second-answer", message)))


def _error(form: ErrorForm, context: FileContext) -> tuple[ExportKind, Reading] | None:
    kind = KIND_BY_OPERATION.get(form.operation)
    if form.operation == "GenerateCredentialReport":
        kind = ExportKind.CREDENTIAL_REPORT
    if kind is None:
        return None
    reader = READERS[kind]
    reading = reader.read_error(form, context) if reader.read_error else None
    if reading is not None:
        return kind, reading
    caller = None if kind in _OF_ANOTHER else _USER.search(form.message)
    arn = parse_arn(caller[1]) if caller else None
    variant = alternate_contact.named_type(context) if kind is ExportKind.ALTERNATE_CONTACT else None
    accounts = frozenset((arn.account,)) if arn else frozenset[str]()
    partitions = frozenset((arn.partition,)) if arn else frozenset[str]()
    return kind, Reading(failure=failure(kind, form), accounts=accounts, partitions=partitions, variant=variant)


def _meant(form: BrokenForm, context: FileContext) -> tuple[ExportKind, Reading] | None:
    """Find out what a file without usable content was meant to be: by its text, the manifest, then its name."""
    kind = next((kind for kind, reader in READERS.items() if reader.mark.search(form.text)), None)
    kind = kind or _commanded(context.command)
    if kind is None:
        kinds = (kind for kind, reader in READERS.items() if any(words <= context.words for words in reader.names))
        kind = next(kinds, None)
    if kind is None:
        return None
    variant = alternate_contact.named_type(context) if kind is ExportKind.ALTERNATE_CONTACT else None
    return kind, Reading(failure=failure(kind, form), variant=variant)


def _commanded(command: str | None) -> ExportKind | None:
    """Return the kind whose command a manifest names, whatever options stand between service and operation."""
    words = frozenset((command or "").split())
    return next((kind for kind, item in EXPORTS.items() if any(_call(line) <= words for line in item.commands)), None)


def _call(line: str) -> frozenset[str]:
    """Return service and operation of a command as baselint writes it."""
    return frozenset(line.split()[1:3])


def _session(form: Form) -> tuple[tuple[str, str], ...]:
    """Return the problem that the error text of a refused session is: it explains why exports are lacking."""
    whose = _SESSIONS.get(form.operation) if isinstance(form, ErrorForm) else None
    if whose is None or not isinstance(form, ErrorForm):
        return ()
    message = (
        f"{whose} could not be assumed ({form.code} of {form.operation}), so what it would have exported is missing; "
        "let the exporting identity assume it, then export again"
    )
    return ((MissingReason.ACCESS_DENIED, message),)


def _hint(form: Form, path: Path) -> str:
    other = name_other_tool(form)
    if other is not None:
        return other
    if isinstance(form, JsonForm) and form.data == {"Policies": []}:
        return (
            "an empty list of policies may be one of IAM or of another type; export the service control policies with "
            "aws organizations list-policies --filter SERVICE_CONTROL_POLICY > service-control-policies.json"
        )
    if isinstance(form, JsonForm) and form.data in _EMPTY:
        return _NOTHING
    if path.suffix.lower() in {".yaml", ".yml"} and isinstance(form, BrokenForm) and "kind: attestations" in form.text:
        return "attestations inside a snapshot are not read; put them under policies/attestations/"
    if isinstance(form, ErrorForm):
        return f"it holds the error {form.code} of {form.operation}, whose answer baselint does not read"
    if isinstance(form, BrokenForm):
        return form.detail
    return "it is none of the exports baselint reads; see 'baselint list exports'"
