"""With ``--redact`` no name of a person, a user, an account or a domain is in any format."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from baselint.report.aliases import Aliases, Named
from baselint.report.document import Report
from baselint.report.formats import FORMATS
from baselint.report.ordinary_words import is_ordinary
from baselint.report.redaction import Redactor
from baselint.report.scanner import Scanner
from builders import ACCOUNT, caller, password_policy, user_row, write
from conftest import Cli
from linting import AS_OF, OLD_KEY, VALIDATOR, exports, settle
from policytree import BASELINE, tree
from whole_reports import ABSENT, IDS, whole


def redacted(report: Report, *users: str) -> Report:
    redactor = Redactor(report.header, report.accounts, users)
    accounts = tuple(redactor.account(item) for item in report.accounts)
    return replace(report, header=redactor.header(report.header), accounts=accounts)


def words(
    names: Mapping[str, str] = {"alice": "user-1", "Ann Example": "person-1", "a+b": "user-2"},
) -> Callable[[str], str]:
    aliases = Aliases()
    aliases.of(Named.ACCOUNT, ACCOUNT)
    aliases.of(Named.USER, "alice")
    return Scanner(aliases, names).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alice has a key", "user-1 has a key"),
        ("malice and alices stay, Alice too", "malice and alices stay, Alice too"),
        ("leaves out alice/access-key-1, alice.", "leaves out user-1/access-key-1, user-1."),
        ("s/alice/alice_report.json", "s/user-1/user-1_report.json"),
        ("alice-admin and admin.alice", "user-1-admin and admin.user-1"),
        ("asked Ann Example, not Ann", "asked person-1, not Ann"),
        ("a+b, a+bc and xa+b", "user-2, a+bc and xa+b"),
        (f"{ACCOUNT} and acct{ACCOUNT}x", "account-1 and acctaccount-1x"),
        (f"9{ACCOUNT}9 and 1234567890123", "9account-19 and 1234567890123"),
        (f"{ACCOUNT}{ACCOUNT}", "account-1account-1"),
        ("444455556666 is new", "account-2 is new"),
        ("sha a111122223333b" + "0" * 30, "sha a111122223333b" + "0" * 30),
        (f"arn:aws:iam::{ACCOUNT}:user/bob.", "arn-1."),
        ("see https://wiki.example.com/a?b=c).", "see address-1)."),
        ("mail alice@example.com or bob@EXAMPLE.com", "mail user-1@domain-1 or person-1@domain-1"),
        ("…@mail.example.com and @x.example", "…@domain-1 and @domain-2"),
        ("", ""),
        (" \n\t ", " \n\t "),
    ],
)
def test_a_text_is_gone_through_word_by_word(text: str, expected: str) -> None:
    assert words()(text) == expected


def test_the_longest_name_at_a_place_counts() -> None:
    told = words(
        {
            " ": "user-9",
            "alice": "user-1",
            "alice.smith": "user-2",
            "alice smith": "person-1",
            "alice@b.example": "user-3",
        }
    )
    assert told("alice, alice.smith, alice smith, alice@b.example") == "user-1, user-2, person-1, user-3"


@pytest.mark.parametrize("name", ["e", "password", "Root", "key", "iam", "a", "the", " ", "unknown", "critical"])
def test_a_name_that_is_an_ordinary_word_is_replaced_where_it_stands_as_a_name_only(name: str) -> None:
    assert is_ordinary(name)
    report = whole(lambda text: text.replace("alice", name))
    found = redacted(report)
    (plain,) = [item for item in next(iter(report.accounts))["findings"] if item["status"] == "fail"]
    (told,) = [item for item in next(iter(found.accounts))["findings"] if item["status"] == "fail"]
    assert told["subjects"][0]["id"] == "user-1/access-key-1"
    assert (told["title"], told["requirement"], told["message"]) == (
        plain["title"],
        plain["requirement"],
        plain["message"],
    )


@pytest.mark.parametrize("name", ["alice", "administrator", "svc-backup", "ee"])
def test_other_names_are_not_ordinary(name: str) -> None:
    assert not is_ordinary(name)


def test_names_become_aliases_wherever_they_stand() -> None:
    found = redacted(whole())
    assert found.header["redacted"] is True
    assert found.header["missing_accounts"] == ["account-4", "account-5"]
    assert [item["id"] for item in found.accounts] == ["account-1", "account-2", "account-3"]
    (baseline,) = found.header["baselines"]
    assert (baseline["id"], baseline["owner"], baseline["approved"]) == (
        "base",
        "person-4",
        {"by": "person-3", "date": "2026-09-01"},
    )
    (item,) = [item for item in next(iter(found.accounts))["findings"] if item["status"] == "excepted"]
    exception = item["exception"]
    assert exception is not None
    assert (exception["subjects"], exception["ticket"], exception["approved"]) == (
        ["user-2/access-key-2"],
        "ticket-1",
        "2026-09-01",
    )
    assert [proof["value"] for proof in item["evidence"]] == [{"low": 1, "high": 2}, "…@domain-1"]
    assert item["attestation"] is not None
    assert item["attestation"]["evidence"][0]["url"] == "address-1"
    assert (item["control"], item["reason"], item["severity"]) == ("control-excepted", "expectation-not-met", "low")


def test_nothing_changes_but_the_texts_and_nothing_is_new_a_second_time() -> None:
    report = whole()
    assert redacted(report) == redacted(report)
    assert report == whole()
    again = redacted(redacted(report))
    assert [item["id"] for item in again.accounts] == ["account-1", "account-2", "account-3"]


@dataclass(frozen=True)
class People:
    """Names that stand nowhere by chance."""

    users: tuple[str, ...]
    person: str
    account: str
    domain: str
    ids: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.users, self.person, self.account, self.domain, *self.ids)


NAMES = st.text("abcdefghijklmnopqrstuvwxyzäß0+=,.@_-", min_size=2, max_size=12).map(lambda text: f"zq{text}qz")
IDENTIFIERS = st.from_regex(r"[0-9]{12}", fullmatch=True).filter(lambda text: len(set(text)) > 3)
PEOPLE = st.builds(
    lambda names, domain, ids: People(
        (names[0], names[1]), f"{names[2]} {names[3]}", names[4], f"zq{domain}.example", tuple(ids)
    ),
    st.lists(NAMES, min_size=5, max_size=5, unique=True),
    st.text("abcdefgh", min_size=2, max_size=9),
    st.lists(IDENTIFIERS, min_size=5, max_size=5, unique=True),
)
OWN = re.compile(r"[0-9]{4}-|1\.2\.3$|baselint$|[fg]$|steps$")
"""Texts that nobody chooses: dates, the version, and names of facts and sections."""


def named(people: People) -> Callable[[str], str]:
    """Put the names in place of the example's, and each of them into every text that is a sentence."""
    first, second = people.users
    swaps = {
        "alice": first,
        "carol": second,
        "Ann Example": people.person,
        "CISO": people.person,
        "Acme": people.account,
        "mail.example.com": people.domain,
        **dict(zip((*IDS, *ABSENT), people.ids, strict=True)),
    }
    mention = (
        f" {first}/access-key-1, {second}; ({people.person}) {people.account}: {people.ids[0]} someone@{people.domain} "
        f"arn:aws:iam::{people.ids[1]}:user/{first} https://{people.domain}/{second} s/{people.ids[2]}/{first}_x.json"
    )

    def change(text: str) -> str:
        if OWN.match(text):
            return text
        whole_name = (
            text in swaps
            or text.split("/")[0] in {"alice", "carol"}
            or text.startswith(("http", "…@", "control", "base"))
        )
        for name, value in swaps.items():
            text = text.replace(name, value)
        return text if whole_name else text + mention

    return change


def mentioned(name: str, report: Report, people: People) -> list[str]:
    written = "".join(FORMATS[name].write(report)).encode()
    forms = {value: (value.encode(), json.dumps(value)[1:-1].encode()) for value in people.all}
    return [value for value, signs in forms.items() if any(sign in written for sign in signs)]


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(PEOPLE)
def test_no_known_name_is_in_any_byte_of_any_format(people: People) -> None:
    report = whole(named(people))
    assert len(mentioned("json", report, people)) == len(people.all)
    hidden = redacted(report, *people.users)
    assert {name: found for name in FORMATS if (found := mentioned(name, hidden, people))} == {}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["alice", "user-1", "user-2", "account-1", "", "a/b", "bob", "zoë"]), unique=True))
def test_two_names_never_share_an_alias(names: list[str]) -> None:
    aliases = Aliases()
    told = [aliases.of(kind, name) for name in names for kind in Named]
    assert len(set(told)) == len(told)
    assert told == [aliases.of(kind, name) for name in names for kind in Named]
    assert aliases.known(Named.USER, "nobody") is None


POLICY = """\
exceptions:
  - id: alices-key
    control: keys
    accounts: ["111122223333"]
    subjects: [alice/access-key-1]
    reason: alice is with dora in 111122223333 until spring
    owner: Ann Example
    approved: {by: "C. Example", date: "2026-09-01"}
    expires: "2026-12-31"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tree(settle(tmp_path), baselines__base=BASELINE + POLICY)
    rows = [user_row(name, **OLD_KEY) for name in ("alice", "bob")]
    files = exports(*rows, user_row("dora")) | {"password-policy.json": password_policy(MinimumPasswordLength=8)}
    write(tmp_path / "s" / ACCOUNT, files)
    write(tmp_path / "s" / "other", {"w.json": caller(account="444455556666"), "bob_notes.txt": "x"})
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_tells_nobodys_name(here: Path, cli: Cli, name: str) -> None:
    Path("all.txt").write_text(f"{ACCOUNT}\n777788889999\n")
    arguments = ("lint", "--as-of", AS_OF, "--format", name, "--accounts", "all.txt", "--redact", "s")
    result = cli(*arguments)
    assert (result.code, result.err) == (1, "")
    assert cli(*arguments).out == result.out
    names = ("alice/", "alice ", "bob", "dora", "Ann Example", "C. Example", ACCOUNT, "444455556666", "777788889999")
    assert [value for value in names if value in result.out] == []


@pytest.mark.parametrize("name", ["text", "markdown", "github", "github-summary"])
def test_formats_for_people_say_that_names_are_replaced(name: str) -> None:
    assert "; names and ids replaced by aliases" in "".join(FORMATS[name].write(redacted(whole())))
    assert "aliases" not in "".join(FORMATS[name].write(whole()))


def test_a_redacted_report_fits_the_schema_and_says_that_it_is_one(here: Path, cli: Cli) -> None:
    found: dict[str, Any] = json.loads(cli("lint", "--as-of", AS_OF, "--format", "json", "--redact", "s").out)
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []
    assert found["redacted"] is True
    (keys,) = [item for item in found["accounts"][0]["findings"] if item["control"] == "keys"]
    assert keys["exception"]["reason"] == "user-2 is with user-3 in account-1 until spring"
    assert {item["id"] for item in keys["subjects"]} == {"user-1/access-key-1"}
