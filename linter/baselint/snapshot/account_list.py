"""Reads the list of accounts that are expected: the answer of ``list-accounts``, an array of ids, or one id a line."""

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from baselint.errors import UsageError
from baselint.evidence import AccountList, ListedAccount
from baselint.snapshot.export import FileContext
from baselint.snapshot.form import BrokenForm, JsonForm, read_form
from baselint.snapshot.organization_accounts import READER, OrganizationAccounts

_ACCOUNT = re.compile(r"[0-9]{12}")
_FORMS = "write the answer of 'aws organizations list-accounts', a JSON array of ids in quotes, or one id a line"


def read_account_list(path: Path) -> AccountList:
    """Read the accounts of a list in the order of their ids.

    Raises:
        UsageError: the file cannot be read, is no such list or not a whole one, or gives one account two states.
    """
    shown = Path(os.path.relpath(path)).as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read ({error.strerror}); check the path") from error
    return account_list(content, shown)


def account_list(content: bytes, shown: str) -> AccountList:
    """Read the accounts of a list from its bytes; ``shown`` is the path that messages print.

    Raises:
        UsageError: it is no such list or not a whole one, or gives one account two states.
    """
    accounts = _each_once(_accounts(content, shown), shown)
    if not accounts:
        raise UsageError(f"{shown}: the list names no account; {_FORMS}")
    return AccountList(shown, hashlib.sha256(content).hexdigest(), accounts)


def _accounts(content: bytes, shown: str) -> Sequence[ListedAccount]:
    form = read_form(content)
    if isinstance(form, JsonForm):
        if isinstance(form.data, list):
            return [_listed(item, shown) for item in form.data]
        return _answer(form, shown)
    text = content.decode("utf-8-sig", "replace")
    if isinstance(form, BrokenForm) and text.lstrip()[:1] not in {"[", "{"}:
        lines = ((number, line.partition("#")[0].strip()) for number, line in enumerate(text.splitlines(), start=1))
        return [_listed(word, shown, number) for number, word in lines if word]
    raise UsageError(f"{shown}: {getattr(form, 'detail', 'this is no list of accounts')}; {_FORMS}")


def _answer(form: JsonForm, shown: str) -> Sequence[ListedAccount]:
    reading = READER.read(form, FileContext(shown, frozenset()))
    if reading is None:
        raise UsageError(f"{shown}: this is no list of accounts; {_FORMS}")
    if reading.failure is not None or not isinstance(reading.payload, OrganizationAccounts):
        raise UsageError(f"{shown}: {reading.failure.detail if reading.failure else _FORMS}")
    if not reading.payload.complete:
        raise UsageError(
            f"{shown}: the list is one page of several; export it again without --no-paginate and --max-items"
        )
    for account in reading.payload.listed:
        _listed(account.id, shown)
    return reading.payload.listed


def _listed(value: object, shown: str, line: int | None = None) -> ListedAccount:
    if not isinstance(value, str) or not _ACCOUNT.fullmatch(value):
        place = shown if line is None else f"{shown}:{line}"
        raise UsageError(f"{place}: {value!r} is no account id of 12 digits; {_FORMS}")
    return ListedAccount(value)


def _each_once(accounts: Iterable[ListedAccount], shown: str) -> tuple[ListedAccount, ...]:
    found: dict[str, ListedAccount] = {}
    for account in accounts:
        before = found.setdefault(account.id, account)
        if before.state != account.state:
            raise UsageError(
                f"{shown}: {account.id} is {before.state or 'listed'} and {account.state or 'listed'} in one list; "
                "correct it, or export it again"
            )
    return tuple(found[identifier] for identifier in sorted(found))
