"""YAML loading: bounded, strict, with a place for every path, and the same from both parsers."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint import yamlbuilder, yamlsource
from baselint.errors import Location, PolicyError
from baselint.yamlsource import MAXIMUM_BYTES, load, peek

POLICIES = Path(__file__).parents[1] / "policies"


def mistakes(text: str | bytes, *, pure: bool = False) -> list[tuple[str, str]]:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(PolicyError) as caught:
        load(content, "f.yaml", pure=pure)
    return [(str(item.location), item.rule) for item in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "value", "ambiguous"),
    [
        ("yes", "yes", True),
        ("off", "off", True),
        ("NO", "NO", True),
        ("y", "y", True),
        ("true", True, False),
        ("False", False, False),
        ("null", None, False),
        ("~", None, False),
        ("", None, False),
        ("012345678901", "012345678901", True),
        ("012345670123", "012345670123", True),
        ("123456789012", "123456789012", True),
        ("12345678901", 12345678901, False),
        ("-3", -3, False),
        ("0", 0, False),
        ("007", "007", True),
        ("1:30", "1:30", True),
        ("190:20:30", "190:20:30", True),
        ("2026-11-23", "2026-11-23", True),
        ("0o17", "0o17", True),
        ("0x1F", "0x1F", True),
        ("1_000", "1_000", True),
        ("1.10", "1.10", True),
        ("1e3", "1e3", True),
        (".inf", ".inf", True),
        ("word", "word", False),
        ("'yes'", "yes", False),
        ('"123456789012"', "123456789012", False),
        ("|-\n  12", "12", False),
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_plain_scalars_are_yaml_1_2_core_and_the_rest_stays_text(
    text: str, value: object, ambiguous: bool, pure: bool
) -> None:
    document = load(f"a: {text}\n".encode(), "f.yaml", pure=pure)
    assert document.data == {"a": value}
    assert type(document.data["a"]) is type(value)
    assert (("a",) in document.ambiguous) is ambiguous


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\n", [("f.yaml:1:4", "yaml-alias")]),
        ("a: &x [*x]\n", [("f.yaml:1:4", "yaml-alias"), ("f.yaml:1:8", "yaml-alias")]),
        ("a: 1\nb: {<<: {c: 1}}\n", [("f.yaml:2:5", "yaml-merge-key")]),
        ("a: !!str 1\n", [("f.yaml:1:4", "yaml-tag")]),
        ("a: !!python/object/apply:os.system [echo]\n", [("f.yaml:1:4", "yaml-tag")]),
        ("a: 1\nb:\n  c: 1\n  c: {d: 2}\n", [("f.yaml:4:3", "duplicate-key")]),
        ("a: 1\n'a': 2\na: 3\n", [("f.yaml:2:1", "duplicate-key"), ("f.yaml:3:1", "duplicate-key")]),
        ("a: 1\n---\nb: 1\n", [("f.yaml:2:1", "yaml-second-document")]),
        ("%YAML 1.1\n---\na: 1\n", [("f.yaml:1:1", "yaml-directive")]),
        ("? [a]\n: 1\n", [("f.yaml:1:3", "yaml-key")]),
        ("? {a: 1}\n: 1\n", [("f.yaml:1:3", "yaml-key")]),
        ("? \n: 1\n", [("f.yaml:1:1", "yaml-key")]),
        ("", [("f.yaml:1:1", "empty-file")]),
        ("# only a comment\n", [("f.yaml:1:1", "empty-file")]),
        ("a: [1\nb: 2", [("f.yaml:2:2", "yaml-syntax")]),
        ("a: 'open", [("f.yaml:1:9", "yaml-syntax")]),
        ("\ta: 1", [("f.yaml:1:1", "yaml-syntax")]),
        ("a: b: c", [("f.yaml:1:5", "yaml-syntax")]),
        ("a: 1\nb: \x07", [("f.yaml:2:4", "yaml-encoding")]),
        ("a: x\u2028y", [("f.yaml:1:5", "yaml-encoding")]),
        (b"a: 1\nb: \xff", [("f.yaml:2:4", "yaml-encoding")]),
        (r'a: "\x07"', [("f.yaml:1:4", "yaml-encoding")]),
        (r'a: "\ud800"', [("f.yaml:1:4", "yaml-encoding")]),
        (r'a: "\UFFFFFFFF"', [("f.yaml:1:7", "yaml-syntax")]),
        ("[" * 30_000, [("f.yaml:1:65", "too-deep")]),
        ("{a: " * 500, [("f.yaml:1:257", "too-deep")]),
        (b"a: " + b"x" * MAXIMUM_BYTES, [("f.yaml", "too-large")]),
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_hostile_and_broken_files_are_refused_with_their_place(
    text: str | bytes, expected: list[tuple[str, str]], pure: bool
) -> None:
    assert mistakes(text, pure=pure) == expected


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlbuilder, "MAXIMUM_NODES", 5)
    assert mistakes("[1, 2, 3, 4, 5, 6]") == [("f.yaml:1:14", "too-large")]


def test_billions_of_laughs_end_at_the_first_anchor() -> None:
    text = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert mistakes(text)[0] == ("f.yaml:1:4", "yaml-alias")


def test_thirty_thousand_brackets_are_a_message_and_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "policies" / "baselines" / "deep.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("[" * 30_000)
    done = subprocess.run(
        [sys.executable, "-m", "baselint", "validate", "policies/baselines/deep.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == (
        "policies/baselines/deep.yaml:1:65: error[too-deep]: values are nested more than 64 levels deep\n"
    )


@pytest.mark.parametrize("pure", [False, True])
def test_every_path_has_the_place_of_its_key_and_its_value(pure: bool) -> None:
    text = "\ufeffkind: x\r\n\U0001f600k:\r\n  - {a: 1, b: [2]}\r\n"
    document = load(text.encode(), "f.yaml", pure=pure)
    assert document.data == {"kind": "x", "\U0001f600k": [{"a": 1, "b": [2]}]}
    emoji = "\U0001f600k"
    assert document.keys[("kind",)] == Location("f.yaml", 1, 1)
    assert document.values[("kind",)] == Location("f.yaml", 1, 7)
    assert document.values[(emoji, 0)] == Location("f.yaml", 3, 5)
    assert document.keys[(emoji, 0, "b")] == Location("f.yaml", 3, 12)
    assert document.values[(emoji, 0, "b", 0)] == Location("f.yaml", 3, 16)
    assert document.at((emoji, 0, "missing")) == Location("f.yaml", 3, 5)
    assert document.at_key((emoji, 0, "b", 0)) == Location("f.yaml", 3, 16)
    assert document.at_key(()) == Location("f.yaml", 1, 1)


def _outcome(text: str, *, pure: bool) -> object:
    try:
        document = load(text.encode("utf-8", "surrogatepass"), "f.yaml", pure=pure)
    except PolicyError as error:
        return [str(item) for item in error.diagnostics]
    return document


pieces = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        '"',
        "1",
        "# c",
        "|\n",
        ": ",
        "?",
        "---\n",
        "&x ",
        "*x",
        "!t ",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(pieces, max_size=25).map("".join))
def test_both_parsers_refuse_or_read_alike(text: str) -> None:
    assert _outcome(text, pure=False) == _outcome(text, pure=True)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_both_parsers_agree_on_mutated_policy_files(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(POLICIES.rglob("*.yaml"))))
    lines = path.read_text(encoding="utf-8").split("\n")[:40]
    index = data.draw(st.integers(0, len(lines) - 1))
    lines[index] = data.draw(
        st.sampled_from(["", lines[index] * 2, lines[index].replace(":", ""), " " + lines[index], "]", "'"])
    )
    text = "\n".join(lines)
    assert _outcome(text, pure=False) == _outcome(text, pure=True)


def test_documents_are_read_without_the_c_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlsource, "_C_LOADER", None)
    assert load(b"a: 1", "f.yaml").data == {"a": 1}
    assert peek(b"a: 1\nb: x\n", "b") == "x"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind: control\nstatus: retired\n", "retired"),
        ("a: {status: no}\nb: [status, 1]\nstatus: active\n", "active"),
        ("a: status\nb: 1\n", None),
        ("status: {a: 1}\nother: 2\n", None),
        ("[status, retired]", None),
        ("status", None),
        ("a: [1", None),
        ("[" * 100, None),
        ("", None),
    ],
)
def test_peek_finds_a_top_level_text_only(text: str, found: str | None) -> None:
    assert peek(text.encode(), "status") == found
