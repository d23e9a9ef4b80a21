"""The zip file of an evidence pack: the same bytes for the same members, and no byte that can change unseen."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselint.evidence_pack import archive
from baselint.evidence_pack.archive import BrokenPackError, PackWriter, contents, is_safe, read_members, sha256_of

SMALL = {"a/one.txt": b"first\n", "b.json": b"", "a/two.bin": bytes(range(64))}


def packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    writer = PackWriter(stream)
    for name, content in members.items():
        writer.add(name, (content[:3], content[3:]))
    writer.finish()
    return stream.getvalue()


def read(content: bytes) -> dict[str, bytes]:
    """The members of a pack; a content that does not fit its checksum is refused."""
    stream = io.BytesIO(content)
    members = read_members(stream, len(content))
    assert all(member.is_whole for member in members), "a content was changed"
    return {member.name: b"".join(contents(stream, member)) for member in members}


NAMES = st.from_regex(r"[a-z0-9_][A-Za-z0-9_.@-]{0,9}(/[a-z0-9_][A-Za-z0-9_.-]{0,9})?", fullmatch=True)


@given(st.dictionaries(NAMES.filter(is_safe), st.binary(max_size=40), max_size=5))
def test_other_programs_read_what_was_written(members: dict[str, bytes]) -> None:
    members = {name.lower(): content for name, content in members.items()}
    content = packed(members)
    assert read(content) == members
    with zipfile.ZipFile(io.BytesIO(content)) as other:
        assert {info.filename: other.read(info) for info in other.infolist()} == members
        assert other.testzip() is None
        assert {(info.date_time, info.external_attr >> 16, info.extra) for info in other.infolist()} <= {
            ((1980, 1, 1, 0, 0, 0), 0o100644, b"")
        }


def test_no_byte_can_change() -> None:
    content = packed(SMALL)
    for place in range(len(content)):
        for bit in range(8):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            with pytest.raises((BrokenPackError, AssertionError)):
                read(bytes(changed))


def test_no_byte_can_be_added_or_left_out() -> None:
    content = packed(SMALL)
    for place in range(len(content)):
        for changed in (
            content[:place] + b"P" + content[place:],
            content[:place] + content[place + 1 :],
            content[:place],
        ):
            with pytest.raises((BrokenPackError, AssertionError)):
                read(changed)
    with pytest.raises(BrokenPackError, match=r"behind a/two\.bin: the list of files at the end"):
        read(content + b"\0")


def ordinary(members: dict[str, bytes], **options: int) -> bytes:
    """A zip file as other programs write it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as other:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            for key, value in options.items():
                setattr(info, key, value)
            other.writestr(info, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        ordinary(SMALL, compress_type=zipfile.ZIP_DEFLATED),
        ordinary({"bomb": b"\0" * 10_000_000}, compress_type=zipfile.ZIP_DEFLATED),
        ordinary(SMALL, external_attr=0o120777 << 16),
        ordinary(SMALL, create_system=0),
        ordinary(SMALL),
        ordinary({"../out": b"x"}, external_attr=0o100644 << 16),
        ordinary({"/etc/out": b"x"}, external_attr=0o100644 << 16),
        ordinary({"a\\b": b"x"}, external_attr=0o100644 << 16),
        ordinary({"é": b"x"}, external_attr=0o100644 << 16),
        ordinary({"n" * 500: b"x"}, external_attr=0o100644 << 16),
        ordinary({".hidden": b"x"}, external_attr=0o100644 << 16),
        b"",
        b"PK",
        b"\0" * 100,
        b"PK\x03\x04" + b"\xff" * 60_000,
    ],
)
def test_any_other_zip_file_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenPackError):
        read(content)


def test_a_zip_file_of_the_same_form_is_a_pack_whoever_wrote_it() -> None:
    assert read(ordinary(SMALL, external_attr=0o100644 << 16)) == SMALL


def test_a_pack_of_nothing_is_read() -> None:
    assert read(packed({})) == {}
    with pytest.raises(BrokenPackError, match="at its beginning"):
        read(packed({}) + b"x")


def test_a_name_stands_once() -> None:
    header = packed({"a": b"x"})[:32]
    twice = header + header + packed({"a": b"x"})[32:]
    with pytest.raises(BrokenPackError, match="a name stands twice"):
        read(twice)
    writer = PackWriter(io.BytesIO())
    writer.add("a/B", ())
    with pytest.raises(BrokenPackError, match="'a/b' cannot be the name"):
        writer.add("a/b", ())


def test_sizes_that_are_lies_are_seen_before_anything_is_read() -> None:
    lie = bytearray(packed({"a": b"x"}))
    struct.pack_into("<II", lie, 18, 0xFFFFFFF0, 0xFFFFFFF0)
    with pytest.raises(BrokenPackError, match="at byte 0: this is no header"):
        read(bytes(lie))


def test_a_pack_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = packed(SMALL)
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    with pytest.raises(BrokenPackError, match="more than 2 files"):
        packed(SMALL)
    with pytest.raises(BrokenPackError, match="more than 2 files"):
        read(whole)
    monkeypatch.setattr(archive, "MOST_BYTES", 40)
    with pytest.raises(BrokenPackError, match="larger than 40 bytes"):
        packed({"a": b"x" * 20})


@pytest.mark.parametrize(
    "name", ["", "a//b", "/a", "a/", "../a", "a/..", "a/.b", "a b", "a\\b", "c:x", "é", "a\n", "x" * 401]
)
def test_names_that_lead_elsewhere_are_not_safe(name: str) -> None:
    assert not is_safe(name)


def test_a_file_that_becomes_shorter_while_it_is_read_is_noticed() -> None:
    content = packed({"a": b"x" * 50})
    (member,) = read_members(io.BytesIO(content), len(content))
    with pytest.raises(BrokenPackError, match="became shorter"):
        list(contents(io.BytesIO(content[:40]), member))


def test_the_hash_is_that_of_the_whole_file() -> None:
    stream = io.BytesIO(b"abc")
    stream.seek(2)
    assert sha256_of(stream) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
