"""The exports baselint reads, and the commands that make them again."""

import re

import pytest

from baselint.evidence import ExportKind
from baselint.exports import CONTACT_TYPES, EXPORTS, KIND_BY_OPERATION, commands
from baselint.snapshot.recognise import READERS

USELESS = {ExportKind.AUTHORIZATION_DETAILS}  # recognised to be named, never asked for


def test_every_kind_is_defined_once_under_its_own_name() -> None:
    assert set(EXPORTS) == set(ExportKind)
    assert all(definition.kind is kind for kind, definition in EXPORTS.items())
    assert len({definition.title for definition in EXPORTS.values()}) == len(EXPORTS)


def test_every_kind_but_the_manifest_has_a_reader_an_operation_and_a_command() -> None:
    readable = set(ExportKind) - {ExportKind.MANIFEST}
    assert set(READERS) == readable
    assert set(KIND_BY_OPERATION.values()) == readable - USELESS
    assert {kind for kind, definition in EXPORTS.items() if definition.commands} == readable - USELESS
    assert all(reader.kind is kind for kind, reader in READERS.items())


def operation_words(command: str) -> str:
    words = re.match(r"aws (?:iam|account|sts|organizations|sso-admin) ([a-z-]+)(?: |\Z)", command)
    assert words is not None, command
    return words[1].replace("-", "")


@pytest.mark.parametrize("operation", sorted(KIND_BY_OPERATION))
def test_the_last_command_calls_the_operation_of_its_kind(operation: str) -> None:
    definition = EXPORTS[KIND_BY_OPERATION[operation]]
    assert operation_words(definition.commands[-1]) == operation.lower()


@pytest.mark.parametrize("kind", sorted(set(READERS) - USELESS))
def test_the_files_of_the_commands_are_known_by_name(kind: ExportKind) -> None:
    names = re.findall(r"2?> ([a-z.-]+)", " ".join(EXPORTS[kind].commands))
    assert names
    for name in names:
        words = set(re.findall("[a-z]+", name))
        first = next(key for key, reader in READERS.items() if any(needed <= words for needed in reader.names))
        assert first is kind


def test_commands_come_once_in_running_order_whatever_the_order_asked() -> None:
    asked = (ExportKind.CALLER_IDENTITY, ExportKind.CREDENTIAL_REPORT, ExportKind.CALLER_IDENTITY)
    assert commands(asked) == (
        "aws iam generate-credential-report",
        "aws iam get-credential-report > credential-report.json",
        "aws sts get-caller-identity > caller-identity.json",
    )
    assert commands(()) == ()
    assert commands((ExportKind.MANIFEST,)) == ()


@pytest.mark.parametrize("name", CONTACT_TYPES)
def test_a_variant_keeps_its_own_command_only(name: str) -> None:
    assert commands((ExportKind.ALTERNATE_CONTACT, ExportKind.ACCOUNT_SUMMARY), name) == (
        "aws iam get-account-summary > account-summary.json",
        f"aws account get-alternate-contact --alternate-contact-type {name.upper()}"
        f" > alternate-contact-{name}.json 2> alternate-contact-{name}.err",
    )
    assert len(commands((ExportKind.ALTERNATE_CONTACT,))) == 3
