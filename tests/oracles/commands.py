"""Finds the commands of the AWS CLI in our texts, and asks the real CLI's own parser and checks about them."""

import contextlib
import functools
import io
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from awscli.clidriver import create_clidriver
from repository import PAGES, POLICIES, ROOT, code_blocks

_SPAN = re.compile(r"`(aws [a-z][^`]*)`")
_MENTION = re.compile(r"(?<![\w/-])aws(?= [a-z])")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")


@dataclass(frozen=True)
class Text:
    """A piece of shell in one of our files; a mention in running text may leave options out."""

    path: Path
    shell: str
    mention: bool = False

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}: {self.shell}"


@dataclass
class Answer:
    """What the CLI made of a command: the calls it would have sent, and what it printed where it refused."""

    code: int
    error: str
    calls: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)


def texts() -> Iterator[Text]:
    """Yield every piece of shell with an ``aws`` command: ``run`` fields, code blocks, and spans of code in prose."""
    for path in POLICIES:
        yield from (Text(path, shell) for shell in _runs(yaml.safe_load(path.read_text(encoding="utf-8"))))
    for path in (*PAGES, ROOT / "README.md"):
        yield from (Text(path, block.code) for block in code_blocks(path) if block.language == "sh")
    for path in (*POLICIES, *PAGES, ROOT / "README.md"):
        yield from (
            Text(path, " ".join(shell.split()), mention=True)
            for shell in _SPAN.findall(path.read_text(encoding="utf-8"))
        )


def _runs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from [value] if key == "run" else _runs(value)
    elif isinstance(node, list):
        for value in node:
            yield from _runs(value)


def commands(shell: str) -> list[list[str]]:
    """Return the words of each ``aws`` command; one that is mentioned but not found is an error."""
    found: list[list[str]] = []
    for line in shell.replace("\\\n", " ").splitlines():
        for words in _simple_commands(line):
            while words and (_ASSIGNMENT.match(words[0]) or words[0] in {"if", "while", "until", "do", "then", "!"}):
                words = words[1:]
            if words and words[0] == "aws":
                found.append(words[1:])
    expected = sum(len(_MENTION.findall(_without_comment(line))) for line in shell.splitlines())
    assert len(found) == expected, f"{expected} aws command(s) were expected in: {shell}"
    return found


def _without_comment(line: str) -> str:
    return re.sub(r"(^|\s)#.*", "", line)


def _simple_commands(line: str) -> Iterator[list[str]]:
    """Split a line of shell at operators; redirections and their targets fall away."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    redirected = False
    for token in lexer:
        if token.strip("<>&") == "" and (">" in token or "<" in token):
            words = words[:-1] if words and words[-1] in {"1", "2"} else words
            redirected = True
        elif token.strip("();&|") == "":
            yield words
            words, redirected = [], False
        elif redirected:
            redirected = False
        else:
            words.append(token)
    yield words


class _Response:
    status_code = 200
    content = b""
    headers: Mapping[str, str] = {}


class _Witness:
    """Notes what the CLI knows and would send, and answers each call with empty lists."""

    def __init__(self, driver: Any) -> None:
        self.known: set[str] = set()
        self.answer = Answer(0, "")
        driver.session.register("building-top-level-params", self.note_options)
        driver.session.register("building-argument-table", self.note_options)
        driver.session.register("provide-client-params", self.note_call)
        driver.session.register("before-call", self.reply)

    def note_options(self, argument_table: Mapping[str, object], **_: object) -> None:
        self.known |= {f"--{name}" for name in argument_table}

    def note_call(self, params: Mapping[str, Any], model: Any, **_: object) -> None:
        self.answer.calls.append((model.service_model.service_name, model.name, dict(params)))
        for name, value in params.items():
            allowed = getattr(model.input_shape.members[name], "enum", ())
            if allowed and value not in allowed:
                self.answer.error += f"{name}: {value} is none of {', '.join(allowed)}\n"

    def reply(self, model: Any, **_: object) -> tuple[_Response, dict[str, Any]]:
        members = model.output_shape.members if model.output_shape else {}
        return _Response(), {name: [] for name, shape in members.items() if shape.type_name == "list"}


@functools.cache
def ask(*arguments: str) -> Answer:
    """Let the CLI parse and check a command up to the moment of sending, which never comes."""
    driver = create_clidriver()
    witness = _Witness(driver)
    errors = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(errors):
        try:
            code = driver.main(list(arguments))
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    answer = witness.answer
    # The parser takes an abbreviated option for a whole one; version 2 of the CLI does not.
    unknown = [word for word in arguments if word.startswith("--") and word.split("=")[0] not in witness.known]
    answer.code = code
    answer.error += "".join(f"unknown option {word}\n" for word in unknown if not code) + errors.getvalue().strip()
    return answer
