"""The list of accounts that are expected, and what becomes of those that are not there."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from baselint.errors import UsageError
from baselint.evidence import AccountList, ListedAccount
from baselint.expecting import compare, problems
from baselint.report.formats import FORMATS
from baselint.snapshot.account_list import read_account_list
from builders import ACCOUNT, caller, write
from conftest import Cli
from linting import AS_OF, report, settle
from policytree import BASELINE, tree

OTHER, THIRD, FOURTH = "444455556666", "777788889999", "000011112222"


def entry(identifier: str, **changes: Any) -> dict[str, Any]:
    arn = f"arn:aws:organizations::111122223333:account/o-exampleorgid/{identifier}"
    return {"Id": identifier, "Arn": arn, "Email": "x@example.com", "Name": "n", "Status": "ACTIVE"} | changes


def answer(*entries: dict[str, Any], **more: Any) -> str:
    return json.dumps({"Accounts": list(entries), **more})


def listed(tmp_path: Path, text: str | bytes) -> tuple[ListedAccount, ...]:
    path = tmp_path / "list"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_account_list(path).accounts


@pytest.mark.parametrize(
    "text",
    [
        f"{OTHER}\n{ACCOUNT}\n",
        f"\ufeff# ours\n\n  {OTHER}  # production\r\n{ACCOUNT}",
        f'["{OTHER}", "{ACCOUNT}", "{OTHER}"]',
        answer({"Id": OTHER}, {"Id": ACCOUNT}),
        f"Accounts:\n- Id: '{OTHER}'\n- Id: '{ACCOUNT}'\n",
    ],
)
def test_a_list_may_have_several_forms(tmp_path: Path, text: str) -> None:
    assert listed(tmp_path, text) == (ListedAccount(ACCOUNT), ListedAccount(OTHER))


def test_names_and_states_come_from_aws(tmp_path: Path) -> None:
    text = answer(
        entry(ACCOUNT, Name="Acme"),
        entry(OTHER, Status="SUSPENDED", State="CLOSED", Name=""),
        entry(THIRD, State="PENDING_CLOSURE"),
        entry(FOURTH, Status="SUSPENDED", Name=None),
    )
    found = listed(tmp_path, text.encode("utf-16"))
    assert found == (
        ListedAccount(FOURTH, None, "SUSPENDED"),
        ListedAccount(ACCOUNT, "Acme", "ACTIVE"),
        ListedAccount(OTHER, None, "CLOSED"),
        ListedAccount(THIRD, "n", "PENDING_CLOSURE"),
    )
    assert [item.is_active for item in found] == [False, True, False, False]
    assert ListedAccount(ACCOUNT, state="A_NEW_WORD").is_active


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "list: the list names no account; write the answer of 'aws organizations list-accounts'"),
        ("[]", "names no account"),
        (answer(), "names no account"),
        ("[111122223333]", "list: 111122223333 is no account id of 12 digits"),
        ("111122223333\n11112222333\n", "list:2: '11112222333' is no account id of 12 digits"),
        ("111122223333 production\n", "list:1: '111122223333 production' is no account id"),
        (answer(entry("123")), "'123' is no account id"),
        (answer({"Name": "x"}), "Accounts is no list of accounts"),
        (answer(entry(ACCOUNT), NextToken="x"), "the list is one page of several"),
        (answer(entry(ACCOUNT), entry(ACCOUNT, Status="SUSPENDED")), f"{ACCOUNT} is ACTIVE and SUSPENDED in one list"),
        (answer(entry(ACCOUNT), {"Id": ACCOUNT}), f"{ACCOUNT} is ACTIVE and listed in one list"),
        ('{"Accounts": [', "the JSON cannot be read"),
        ('{"Users": []}', "list: this is no list of accounts"),
        ("An error occurred (AccessDenied) when calling the ListAccounts operation: no", "this is no list of accounts"),
        (b"\x1f\x8b\x00", "is no account id"),
    ],
)
def test_what_is_no_whole_list_is_refused(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        listed(tmp_path, text)
    assert words in str(refused.value)


def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: cannot be read"):
        read_account_list(tmp_path / "nowhere")


def test_each_account_is_in_one_place() -> None:
    accounts = (ListedAccount(ACCOUNT), ListedAccount(OTHER, state="CLOSED"), ListedAccount(THIRD))
    found = compare(
        AccountList("l", "0", (*accounts, ListedAccount("9" * 12, state="SUSPENDED"))), [ACCOUNT, OTHER, FOURTH]
    )
    assert (found.expected, found.present, found.missing, found.unexpected) == (2, 1, (THIRD,), (FOURTH,))
    assert found.inactive == ((OTHER, "CLOSED"), ("9" * 12, "SUSPENDED"))
    assert [(item.account, item.reason) for item in problems(found, [ACCOUNT, OTHER, FOURTH])] == [
        (FOURTH, "unexpected-account"),
        (OTHER, "inactive-account"),
    ]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "s", {"w.json": caller()})
    return tree(settle(tmp_path), baselines__base=BASELINE)


def test_a_missing_account_is_unknown_in_every_format(here: Path, cli: Cli) -> None:
    Path("all.json").write_text(answer(entry(ACCOUNT, Name="Acme"), entry(OTHER), entry(THIRD, Status="SUSPENDED")))
    found = report(cli, "--accounts", "all.json", "s", code=1)
    assert found["missing_accounts"] == [OTHER]
    assert found["account_list"] | {"sha256": ""} == {
        "path": "all.json",
        "sha256": "",
        "expected": 2,
        "present": 1,
        "unexpected": [],
        "inactive": [{"id": THIRD, "state": "SUSPENDED"}],
    }
    assert found["accounts"][0]["name"] == "Acme"
    for name in FORMATS.keys() - {"oscal-catalog", "oscal-profile"}:
        assert OTHER in cli("lint", "--as-of", AS_OF, "--format", name, "--accounts", "all.json", "s").out, name
    told = cli("lint", "--as-of", AS_OF, "--accounts", "all.json", "s").out
    assert f"accounts that were expected and are not there\n    {OTHER}\n\n" in told
    assert "accounts by all.json: 2 expected, 1 present, 1 missing, 1 more not active, and not expected\n" in told
    assert told.splitlines()[-1].endswith("; 1 expected account missing")


@pytest.mark.parametrize(("fail_on", "code"), [("unknown", 1), ("fail", 0), ("never", 0)])
def test_a_missing_account_fails_where_unknown_does(here: Path, cli: Cli, fail_on: str, code: int) -> None:
    Path("all.txt").write_text(f"{ACCOUNT}\n{OTHER}\n")
    lint = ("lint", "--as-of", AS_OF, "--severity", "critical", "--fail-on", fail_on, "s")
    assert cli(*lint).code == 0
    assert cli(*lint, "--accounts", "all.txt").code == code
    Path("all.txt").write_text(f"{ACCOUNT}\n")
    assert cli(*lint, "--accounts", "all.txt").code == 0


def test_an_account_that_nobody_expected_is_told(here: Path, cli: Cli) -> None:
    Path("all.txt").write_text(f"{OTHER}\n")
    found = report(cli, "--accounts", "all.txt", "s")
    (problem,) = [item for item in found["problems"] if item["account"] == ACCOUNT]
    assert (problem["path"], problem["reason"]) == ("all.txt", "unexpected-account")
    assert found["account_list"]["unexpected"] == [ACCOUNT]
    assert (
        cli("lint", "--accounts", "none", "s").err
        == "baselint: none: cannot be read (No such file or directory); check the path\n"
    )


def test_an_account_that_no_baseline_is_meant_for_is_told_in_every_format(here: Path, cli: Cli) -> None:
    """It has no finding; beside an account that has some, a reader of counts would take it for judged."""
    tree(here, baselines__base=BASELINE + f'applies_to: {{accounts: ["{ACCOUNT}"]}}\n')
    write(here / "s", {f"{OTHER}/w.json": caller(account=OTHER)})
    found = report(cli, "s", code=1)
    (problem,) = [item for item in found["problems"] if item["reason"] == "account-not-judged"]
    assert (problem["path"], problem["account"]) == ("policies/baselines/base.yaml", OTHER)
    assert problem["message"].startswith(f"no baseline of this run is meant for {OTHER}, so nothing there was judged;")
    for name in FORMATS.keys() - {"oscal-catalog", "oscal-profile", "github"}:
        assert OTHER in cli("lint", "--as-of", AS_OF, "--format", name, "s").out, name
    assert "; 1 account(s) were not judged" in cli("lint", "--as-of", AS_OF, "--format", "github", "s").out
    for name in ("csv", "csv-subjects"):
        rows = csv.DictReader(io.StringIO(cli("lint", "--as-of", AS_OF, "--format", name, "s").out))
        (row,) = [row for row in rows if row["account"] == OTHER]
        assert (row["status"], row["reason"]) == ("", "account-not-judged")
        assert row["observed"] == "no baseline is meant for the account: nothing there was judged"
    write(here / "s", {f"{number:012}/w.json": caller(account=f"{number:012}") for number in range(12)})
    (problem,) = [item for item in report(cli, "s", code=1)["problems"] if item["reason"] == "account-not-judged"]
    assert (problem["account"], "000000000009 and 3 more, so nothing" in problem["message"]) == (None, True)
