"""Finds policy files by kind and id in one or more policy trees, and reads each at most once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath
from typing import cast

from baselint import yamlsource
from baselint.attestation import Attestation
from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Location, PolicyError, UsageError
from baselint.framework import Framework
from baselint.model import Control
from baselint.policy.kinds import DIRECTORIES, PolicyKind
from baselint.policy.schema_check import SchemaChecker
from baselint.policy.source import Loaded, PolicyFile, read
from baselint.suggestion import did_you_mean

_SUFFIX = ".yaml"
_PROCEDURE = re.compile(rb"^procedure:", re.MULTILINE)
_CHECK = re.compile(rb"^[\"']?check\b", re.MULTILINE)
_DOTTED = re.compile(rb"[a-z][a-z0-9_]*[.][a-z][a-z0-9_]*")
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class PolicyRoot:
    """One policy tree; ``shown`` is the path that messages and reports print for it."""

    directory: Traversable
    shown: str
    shipped: bool = False
    """Whether it comes with baselint: another's, for everybody who keeps a tree of their own."""


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """A policy file found by name, not read yet."""

    kind: PolicyKind
    id: str
    group: str
    path: str
    source: Traversable
    root: PolicyRoot
    """The tree that holds it."""

    @property
    def is_own(self) -> bool:
        """Tell whether it lies in a tree of the user's, not in the shipped one."""
        return not self.path.startswith("<")


def read_file(path: str) -> bytes:
    """Read a file of the working directory.

    Raises:
        UsageError: the path cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from error


class PolicyLibrary:
    """All policy files of some trees; one namespace of ids for all kinds."""

    def __init__(self, roots: tuple[PolicyRoot, ...], read_file: Callable[[str], bytes] = read_file) -> None:
        """Find the files; ``read_file`` reads those that a baseline names by path, as messages show it."""
        self._checker = SchemaChecker()
        self._read_file = read_file
        self._files: dict[str, PolicyFile[Loaded]] = {}
        self._outlines: dict[str, Control] = {}
        self._texts: dict[str, bytes] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._roots = roots
        self.entries: tuple[PolicyEntry, ...] = tuple(entry for root in roots for entry in _walk(root))
        self._by_name = {(entry.kind, entry.id): entry for entry in self.entries}

    def name_mistakes(self) -> Iterator[Diagnostic]:
        """Yield one diagnostic for each file whose ending is not ours, and for each id that names two files."""
        first: dict[str, PolicyEntry] = {}
        for entry in self.entries:
            if not entry.path.endswith(_SUFFIX):
                message = f"policy files end in {_SUFFIX}, so nobody would read this one; rename it"
                yield Diagnostic(Location(entry.path, 1, 1), "file-name", message, correction=f"{entry.id}{_SUFFIX}")
            if entry.kind is PolicyKind.ATTESTATIONS:
                continue
            other = first.setdefault(entry.id, entry)
            if other is not entry:
                message = f"the id {entry.id!r} is already taken by {other.path}; choose another"
                yield Diagnostic(Location(entry.path, 1, 1), "duplicate-id", message)

    def ids(self, kind: PolicyKind) -> tuple[str, ...]:
        """Return the ids of all files of a kind, sorted."""
        return tuple(sorted(entry.id for entry in self._by_name.values() if entry.kind is kind))

    def entry(self, kind: PolicyKind, identifier: str) -> PolicyEntry | None:
        """Return the file of a kind and id, or None."""
        return self._by_name.get((kind, identifier))

    def root_of(self, path: str) -> PolicyRoot | None:
        """Return the tree in which a file lies, by its shown path; None outside of every tree."""
        for entry in self.entries:
            if entry.path == path:
                return entry.root
        place = Path(path).resolve()
        for root in self._roots:
            if isinstance(root.directory, Path) and place.is_relative_to(root.directory.resolve()):
                return root
        return None

    def mentioning(self, identifier: str, *kinds: PolicyKind, under: str | None = None) -> Iterator[PolicyEntry]:
        """Yield the files of some kinds in which an id stands as a word, anywhere or under a top-level key.

        Nothing is parsed, so it may be a word of a text there; but none that names the id is left out.
        """
        word = re.compile(
            rb"(?<![a-z0-9.-])" + re.escape(identifier.encode()) + rb"(?![a-z0-9-]|\.(?!ya?ml\b)[a-z0-9])"
        )
        parts = None if under is None else re.compile(rb"^%s:.*(?:\n(?:[ \t#-].*)?)*" % under.encode(), re.MULTILINE)
        for entry in self.entries:
            if entry.kind in kinds:
                content = _content(entry)
                texts = (content,) if parts is None else (part.group() for part in parts.finditer(content))
                if any(word.search(text) for text in texts):
                    yield entry

    def control(self, identifier: str) -> Control:
        """Return a control by id."""
        return cast("Control", self._get(PolicyKind.CONTROL, identifier).model)

    def outline(self, identifier: str) -> Control:
        """Return a control for its parameters and its check: without its procedure, which is most of the file.

        For a quick look at a control that another file names. One that cannot be read so is read whole.
        """
        entry = self.entry(PolicyKind.CONTROL, identifier)
        if entry is None or entry.path in self._files:
            return self.control(identifier)
        if identifier not in self._outlines:
            content = self._text(entry)
            end = _PROCEDURE.search(content)
            try:
                file = read(
                    content[: end.start()] if end else content, entry.path, entry.id, entry.group, self._checker
                )
                _require_place(file, entry)
            except PolicyError:
                return self.control(identifier)
            self._outlines[identifier] = cast("Control", file.model)
        return self._outlines[identifier]

    def is_retired(self, identifier: str) -> bool:
        """Tell whether a control says that it is retired; reads no more of its file than that takes."""
        entry = self.entry(PolicyKind.CONTROL, identifier)
        if entry is None:
            return False
        return b"retired" in self._text(entry) and self.peek(entry, "status") == "retired"

    def words_expected(self, identifier: str) -> tuple[str, ...]:
        """Return the words with a dot behind ``expect`` in a control's text: every fact that its check expects, and perhaps more.

        For a quick look at whether a control can matter: nothing is parsed, and a word is named as often as it stands there.
        """
        if identifier not in self._words:
            entry = self.entry(PolicyKind.CONTROL, identifier)
            self._words[identifier] = _words_expected(self._text(entry)) if entry is not None else ()
        return self._words[identifier]

    def may_have_parameters(self, identifier: str) -> bool:
        """Tell whether a control's text looks as if it had parameters; nothing is parsed."""
        entry = self.entry(PolicyKind.CONTROL, identifier)
        return entry is not None and b"parameters" in self._text(entry)

    def _text(self, entry: PolicyEntry) -> bytes:
        if entry.path not in self._texts:
            self._texts[entry.path] = _content(entry)
        return self._texts[entry.path]

    def peek(self, entry: PolicyEntry, key: str) -> str | None:
        """Return the text of a top-level key of a file that may be broken otherwise, or None."""
        return yamlsource.peek(self._text(entry), key)

    def baseline(self, identifier: str) -> Baseline:
        """Return a baseline by id, or by the path of its file."""
        if identifier.endswith((_SUFFIX, ".yml")) or "/" in identifier:
            file = self.read_path(Path(identifier))
            if file.kind is not PolicyKind.BASELINE:
                raise UsageError(f"{identifier}: this is a {file.kind}; give the file of a baseline")
            return cast("Baseline", file.model)
        return cast("Baseline", self._get(PolicyKind.BASELINE, identifier).model)

    def framework(self, identifier: str) -> Framework:
        """Return a framework edition by id."""
        return cast("Framework", self._get(PolicyKind.FRAMEWORK, identifier).model)

    def attestations(self) -> tuple[Attestation, ...]:
        """Return every attestation of every tree."""
        files = [self.read_entry(entry) for entry in self.entries if entry.kind is PolicyKind.ATTESTATIONS]
        return tuple(attestation for file in files for attestation in cast("tuple[Attestation, ...]", file.model))

    def loaded(self, kind: PolicyKind) -> tuple[PolicyFile[Loaded], ...]:
        """Return the files of a kind that have been read so far, for example a baseline and its parents."""
        return tuple(file for file in self._files.values() if file.kind is kind)

    def _get(self, kind: PolicyKind, identifier: str) -> PolicyFile[Loaded]:
        entry = self.entry(kind, identifier)
        if entry is None:
            known = self.ids(kind)
            listing = DIRECTORIES[kind]
            guess = did_you_mean(identifier, known)
            raise UsageError(f"there is no {kind} {identifier!r}; see 'baselint list {listing}'{guess}")
        return self.read_entry(entry)

    def read_entry(self, entry: PolicyEntry) -> PolicyFile[Loaded]:
        """Read a file of the library.

        Raises:
            PolicyError: the file is broken.
        """
        if entry.path not in self._files:
            file = read(_content(entry), entry.path, entry.id, entry.group, self._checker)
            _require_place(file, entry)
            self._files[entry.path] = file
        return self._files[entry.path]

    def read_path(self, path: Path) -> PolicyFile[Loaded]:
        """Read a policy file wherever it lies.

        Raises:
            UsageError: the path cannot be read.
            PolicyError: the file is broken.
        """
        shown = path.as_posix()
        if shown not in self._files:
            self._files[shown] = read(
                self._read_file(shown), shown, path.stem, path.absolute().parent.name, self._checker
            )
        return self._files[shown]


def _words_expected(text: bytes) -> tuple[str, ...]:
    check = _CHECK.search(text)
    procedure = _PROCEDURE.search(text, check.start()) if check else None
    end = procedure.start() if procedure else len(text)
    start = text.find(b"expect", check.start() if check else 0, end)
    return tuple(word.decode() for word in _DOTTED.findall(text, start, end)) if start >= 0 else ()


def _content(entry: PolicyEntry) -> bytes:
    try:
        return entry.source.read_bytes()
    except OSError as error:
        raise UsageError(f"{entry.path}: cannot be read ({error.strerror}); check its permissions") from error


def _require_place(file: PolicyFile[Loaded], entry: PolicyEntry) -> None:
    """A file is found by its name, so a name that differs from the id would hide it."""
    mistakes = []
    if file.kind is not entry.kind:
        message = f"a {file.kind} does not belong in this folder; move it to {DIRECTORIES[file.kind]}/"
        mistakes.append(Diagnostic(file.document.at(("kind",)), "wrong-folder", message))
    elif not isinstance(file.model, tuple) and file.model.id != entry.id:
        message = f"the id is {file.model.id!r}, but the file is named {entry.id!r}; rename the file"
        correction = f"{file.model.id}{_SUFFIX}"
        mistakes.append(Diagnostic(file.document.at(("id",)), "file-name", message, correction=correction))
    if mistakes:
        raise PolicyError(tuple(mistakes))


def _walk(root: PolicyRoot) -> Iterator[PolicyEntry]:
    for kind, name in DIRECTORIES.items():
        directory = root.directory.joinpath(name)
        if directory.is_dir():
            yield from _entries(root, directory, f"{root.shown}/{name}", kind, _DEEPEST)


def _entries(
    root: PolicyRoot, directory: Traversable, shown: str, kind: PolicyKind, depth: int
) -> Iterator[PolicyEntry]:
    for child in sorted(directory.iterdir(), key=lambda item: item.name):
        path = f"{shown}/{child.name}"
        if child.is_dir():
            if depth:
                yield from _entries(root, child, path, kind, depth - 1)
        elif PurePath(child.name).suffix.lower() in {_SUFFIX, ".yml"}:
            yield PolicyEntry(kind, PurePath(child.name).stem, directory.name, path, child, root)
