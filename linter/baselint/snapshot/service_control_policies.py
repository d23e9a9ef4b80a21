"""Reads service control policies: their list, the text of each, and what each is attached to."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from baselint.evidence import ExportKind, Missing, MissingReason
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import ErrorForm, JsonForm, TableForm
from baselint.snapshot.organization import organization_ids, several
from baselint.snapshot.pages import is_cut

_LIST, _POLICY, _TARGETS = ExportKind.POLICIES, ExportKind.POLICY, ExportKind.POLICY_TARGETS
_TYPE = "SERVICE_CONTROL_POLICY"
_IDENTIFIER = re.compile(r"\bp-[0-9A-Za-z_]{8,128}\b")
_OPTION = re.compile(r"--policy-id[ =]+[\"']?(p-[0-9A-Za-z_]{8,128})\b")


@dataclass(frozen=True, slots=True)
class PolicyList:
    """Ids of the policies that the organization made itself, and whether the list is whole."""

    identifiers: tuple[str, ...]
    complete: bool

    @property
    def records(self) -> int | None:
        """Return how many policies the organization made itself."""
        return len(self.identifiers)


@dataclass(frozen=True, slots=True)
class ServiceControlPolicy:
    """The text of one policy."""

    content: str

    @property
    def records(self) -> int | None:
        """Return 1: the answer is one policy."""
        return 1


@dataclass(frozen=True, slots=True)
class PolicyTargets:
    """Ids of the accounts, units and roots that one policy is attached to; a root binds every account but the management account."""

    targets: tuple[str, ...]
    complete: bool

    @property
    def records(self) -> int | None:
        """Return how many targets the policy has."""
        return len(self.targets)


def _read_list(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "Policies" not in data or "UserDetailList" in data:
        return None
    entries = data["Policies"]
    if entries == [] and not _is_meant(context):
        return None  # IAM and other types of policies have such an answer too
    policies = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    identifiers = [entry.get("Id") for entry in policies]
    if not isinstance(entries, list) or len(policies) < len(entries) or not all(map(_is_identifier, identifiers)):
        return Reading(failure=fail(_LIST, MissingReason.INVALID, "Policies is no list of policies; export it again"))
    if any(entry.get("Type", _TYPE) != _TYPE for entry in policies):
        detail = f"Policies lists other policies; export it again with --filter {_TYPE}"
        return Reading(failure=fail(_LIST, MissingReason.INVALID, detail))
    own = tuple(str(entry["Id"]) for entry in policies if entry.get("AwsManaged") is not True)
    named = organization_ids(policies)
    reading = Reading(PolicyList(own, not is_cut(data)), organization=next(iter(named), None))
    return several(_LIST, named) or reading


def _is_meant(context: FileContext) -> bool:
    """Tell whether the manifest's command, else the file's name, says that a list is one of service control policies."""
    if context.command is not None:
        return "organizations" in context.command and _TYPE in context.command
    return any(words <= context.words for words in (*LIST.names, frozenset(("scps",)), frozenset(("scp",))))


def _read_policy(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    policy = data.get("Policy") if isinstance(data, dict) else None
    if not isinstance(policy, dict) or "PolicySummary" not in policy:
        return None
    summary, content = policy["PolicySummary"], policy.get("Content")
    identifier = summary.get("Id") if isinstance(summary, dict) else None
    if not isinstance(content, str) or not _is_identifier(identifier):
        return Reading(failure=fail(_POLICY, MissingReason.INVALID, "Policy has no Id or no Content; export it again"))
    if summary.get("Type") != _TYPE:
        detail = f"{identifier} is no service control policy by its Type, so it denies root nothing here"
        return Reading(failure=fail(_POLICY, MissingReason.INVALID, detail))
    named = organization_ids([summary])
    return Reading(ServiceControlPolicy(content), variant=identifier, organization=next(iter(named), None))


def _read_targets(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "Targets" not in data:
        return None
    entries = data["Targets"]
    targets = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    identifiers = [entry.get("TargetId") for entry in targets]
    if (
        not isinstance(entries, list)
        or len(targets) < len(entries)
        or not all(isinstance(item, str) for item in identifiers)
    ):
        return Reading(failure=fail(_TARGETS, MissingReason.INVALID, "Targets is no list of targets; export it again"))
    policy = named_policy(context)
    if policy is None:
        detail = (
            "the answer does not say whose targets they are; name the file after the policy, "
            "for example targets-p-examplepolicyid.json"
        )
        return Reading(failure=fail(_TARGETS, MissingReason.NOT_AN_ANSWER, detail))
    payload = PolicyTargets(tuple(map(str, identifiers)), not is_cut(data))
    named = organization_ids(targets)
    refused = several(_TARGETS, named)
    if refused is not None:
        return replace(refused, variant=policy)
    return Reading(payload, variant=policy, organization=next(iter(named), None))


def named_policy(context: FileContext) -> str | None:
    """Return the policy that the manifest's command, else the file's name, says; None when neither or several do."""
    asked = _OPTION.search(context.command or "")
    found = {asked[1]} if asked else set(_IDENTIFIER.findall(PurePosixPath(context.path).name))
    return found.pop() if len(found) == 1 else None


def _is_identifier(value: Any) -> bool:
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None


def _read_error(form: ErrorForm, context: FileContext) -> Reading | None:
    detail = f"the file holds the error {form.code} of {form.operation} instead of an answer; export again"
    reason = MissingReason.ACCESS_DENIED if form.code.startswith("AccessDenied") else MissingReason.NOT_AN_ANSWER
    kind = _TARGETS if form.operation == "ListTargetsForPolicy" else _POLICY
    return Reading(failure=Missing(reason, detail, needs=(kind,)), variant=named_policy(context))


LIST = Reader(_LIST, _read_list, mark=re.compile(r'"Policies"'), names=(frozenset(("service", "control", "policies")),))
TARGETS = Reader(
    _TARGETS,
    _read_targets,
    mark=re.compile(r'"Targets"'),
    names=(frozenset(("policy", "targets")),),
    read_error=_read_error,
)
POLICY = Reader(
    _POLICY,
    _read_policy,
    mark=re.compile(r'"PolicySummary"'),
    names=(frozenset(("service", "control", "policy")),),
    read_error=_read_error,
)
