"""Fills the calls of the table of exports into the script of a shell."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from baselint.exports import EXPORTS, Asker, ExportCall, ExportDefinition

_PLACEHOLDER = re.compile(r"\b[A-Z]+(?:_[A-Z]+)*_ID\b|\bREGION\b")
_PREFIXES = {"sso-admin": "sso"}
"""Services whose actions in an IAM policy are not named as the CLI names the service."""
_FREE = frozenset(("sts:GetCallerIdentity",))
"""Actions that need no permission."""
_ANY = "*"


class Shell(StrEnum):
    """The shells that there is a script for."""

    SH = "sh"
    POWERSHELL = "powershell"


@dataclass(frozen=True, slots=True)
class _Dialect:
    file: str
    loop: str
    """Runs a line for each value of a placeholder."""
    prepare: str
    fetch: str


_DIALECTS: Mapping[Shell, _Dialect] = {
    Shell.SH: _Dialect(
        "snapshot.sh",
        "for value in $(values_of {name}); do {line}; done",
        "prepare {words}",
        "fetch {file} {words}",
    ),
    Shell.POWERSHELL: _Dialect(
        "snapshot.ps1",
        "foreach ($value in (Get-Values {name})) {{ {line} }}",
        "Wait-Report {words}",
        "Save-Answer {file} {words}",
    ),
}


def render(shell: Shell) -> str:
    """Return the script, with every call of the table in it."""
    dialect = _DIALECTS[shell]
    template = files("baselint.export_script").joinpath(dialect.file).read_text(encoding="utf-8")
    groups = {
        "ACCOUNT_CALLS": [item for item in EXPORTS.values() if item.asker is Asker.ACCOUNT],
        "ROOT_CALLS": [item for item in EXPORTS.values() if item.asker is Asker.ROOT],
        "ORGANIZATION_CALLS": [item for item in _organization() if not _is_of_account(item)],
        "MEMBER_CALLS": [item for item in _organization() if _is_of_account(item)],
    }
    for name, definitions in groups.items():
        lines = (_line(call, dialect) for item in definitions for call in item.calls)
        template = template.replace(f"@{name}@", "\n    ".join(lines))
    for name, statements in _statements().items():
        template = template.replace(f"@{name}@", ",\n".join(statements))
    return template


def _organization() -> list[ExportDefinition]:
    return [item for item in EXPORTS.values() if item.asker is Asker.ORGANIZATION]


def _is_of_account(definition: ExportDefinition) -> bool:
    return any("ACCOUNT_ID" in call.arguments for call in definition.calls)


def placeholders(call: ExportCall) -> tuple[str, ...]:
    """Return the words of a call that stand for values, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(call.arguments)))


def _line(call: ExportCall, dialect: _Dialect) -> str:
    """Return the line of a script that makes a call, once for each value of its placeholder."""
    words = " ".join(map(_word, call.arguments.split()))
    if call.file is None:
        return dialect.prepare.format(words=words)
    line = dialect.fetch.format(file=_word(call.file), words=words)
    names = placeholders(call)
    return dialect.loop.format(name=names[0], line=line) if names else line


def _word(word: str) -> str:
    """Put the value in the place of a placeholder, quoted as both shells do."""
    return f'"{_PLACEHOLDER.sub("$value", word)}"' if _PLACEHOLDER.search(word) else word


def _statements() -> Mapping[str, list[str]]:
    """Return the statements of the IAM policies that the script needs, by marker."""
    own = sorted(
        {action for item in EXPORTS.values() if item.asker is Asker.ACCOUNT for action in _actions(item)} - _FREE
    )
    organization = sorted({action for item in _organization() for action in _actions(item)} - _FREE)
    return {
        "ACCOUNT_STATEMENTS": [_statement("ReadAccountFacts", own, _ANY)],
        "ORGANIZATION_STATEMENTS": [
            _statement("ReadOrganizationFacts", organization, _ANY),
            _statement("ReadEveryAccount", ["sts:AssumeRole"], "arn:*:iam::*:role/ROLE_NAME"),
        ],
        "ROOT_STATEMENTS": [_statement("AuditRootOfMembers", ["sts:AssumeRoot"], _ANY, _AUDIT)],
    }


_AUDIT = {"ArnLike": {"sts:TaskPolicyArn": "arn:*:iam::aws:policy/root-task/IAMAuditRootUserCredentials"}}
"""Condition that leaves a privileged root session no task but to list root's credentials."""


def _actions(definition: ExportDefinition) -> Iterator[str]:
    for call in definition.calls:
        service, name, *_ = call.arguments.split()
        operation = definition.operation if call is definition.calls[-1] else None
        yield f"{_PREFIXES.get(service, service)}:{operation or name.title().replace('-', '')}"


def _statement(identifier: str, actions: list[str], resource: str, condition: object = None) -> str:
    statement = {"Sid": identifier, "Effect": "Allow", "Action": actions, "Resource": resource}
    text = json.dumps(statement | ({"Condition": condition} if condition else {}), indent=2)
    return "\n".join(f"    {line}" for line in text.splitlines())
