"""The accounts of a run, kept for every format that is written from it."""

from pathlib import Path

import pytest

from baselint.finding import Status
from baselint.report.documenting import account_document
from baselint.report.spool import AccountSpool
from findings import account, finding

ACCOUNTS = [
    account_document(
        account(*(finding(control=f"c{number}\udc80é", status=status) for status in Status), id=str(number))
    )
    for number in range(5)
]


@pytest.mark.parametrize("in_memory", [1, 1_000_000])
def test_accounts_come_back_as_often_as_they_are_asked_for(in_memory: int) -> None:
    with AccountSpool(in_memory) as spool:
        for item in ACCOUNTS:
            spool.add(item)
        assert list(spool) == ACCOUNTS
        assert [(one["id"], other["id"]) for one in spool for other in spool] == [
            (str(one), str(other)) for one in range(5) for other in range(5)
        ]


def test_counts_are_there_before_a_format_begins() -> None:
    with AccountSpool() as spool:
        assert spool.summary == {"accounts": 0} | {status.value: 0 for status in Status}
        for item in ACCOUNTS:
            spool.add(item)
        assert spool.summary == {"accounts": 5} | {status.value: 5 for status in Status}


def test_the_digest_is_another_where_any_account_is() -> None:
    digests = set()
    for items in ([], ACCOUNTS[:1], ACCOUNTS[1:2], ACCOUNTS[:2], ACCOUNTS[1::-1]):
        with AccountSpool() as spool:
            for item in items:
                spool.add(item)
            digests.add(spool.digest)
    assert len(digests) == 5


def test_one_can_be_added_while_the_others_are_read() -> None:
    with AccountSpool() as spool:
        spool.add(ACCOUNTS[0])
        reading = iter(spool)
        assert next(reading) == ACCOUNTS[0]
        spool.add(ACCOUNTS[1])
        assert list(reading) == [ACCOUNTS[1]]


def test_nothing_stays_behind_when_a_run_breaks_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    spool = AccountSpool(1)

    def broken_off() -> None:
        with spool:
            spool.add(ACCOUNTS[0])
            assert list(tmp_path.iterdir()) == []
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    with pytest.raises(ValueError, match="closed"):
        list(spool)
