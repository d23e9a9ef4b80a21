"""Reads policy files as git has them: of a commit, or of the index, whatever lies in the working directory."""

import io
import os
import posixpath
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from baselint.errors import UsageError
from baselint.yamlsource import MAXIMUM_BYTES

INDEX = ""
"""Name of the revision that is the index: what the next commit will hold."""
_MOST_FILES = 20_000
_REGULAR = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the repository around a directory, or its index."""

    name: str
    """As the user wrote it; ``""`` for the index."""
    directory: Path
    """The working directory: paths are relative to it."""
    prefix: str
    """Path from the top of the repository to the directory, ``""`` or ending with ``/``."""
    commit: str | None
    """The commit's hash; None for the index, and where nothing has been committed yet."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has been committed yet."""
        return self.commit is None and self.name != INDEX

    def tree(self, below: str) -> Traversable:
        """Return the files at or below a directory, held in memory; of each at most one byte more than a policy file may have.

        Raises:
            UsageError: git fails, or there are more files than a policy tree has.
        """
        top = self.from_top(below)
        blobs = {} if self.is_empty else dict(self._blobs(top))
        if len(blobs) > _MOST_FILES:
            raise UsageError(f"{self.shown(below)}: holds more than {_MOST_FILES} files; this is no policy tree")
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for path, content in zip(blobs, _contents(self.directory, tuple(blobs.values())), strict=True):
                archive.writestr(path.removeprefix(f"{top}/"), content)
        return zipfile.Path(zipfile.ZipFile(held))

    def blobs(self, below: str) -> Mapping[str, str]:
        """Return path and hash of every file at or below a directory: two revisions with the same hold the same.

        Raises:
            UsageError: git fails.
        """
        return {} if self.is_empty else dict(self._blobs(self.from_top(below)))

    def read(self, path: str) -> bytes:
        """Return one file.

        Raises:
            UsageError: there is no such file in this revision.
        """
        for found, blob in () if self.is_empty else self._blobs(self.from_top(path)):
            if found == self.from_top(path):
                return _contents(self.directory, (blob,))[0]
        raise UsageError(f"{self.shown(path)}: there is no such file; check the path and the revision")

    def shown(self, path: str) -> str:
        """Return a path as messages print it, for example ``HEAD:policies/baselines/acme.yaml``."""
        return f"{self.name}:{path}" if self.name else path

    def from_top(self, path: str) -> str:
        """Return a path as seen from the top of the repository, ``""`` for the top itself."""
        found = posixpath.normpath(self.prefix + PurePosixPath(path).as_posix())
        if found.startswith(("../", "/")) or found == "..":
            raise UsageError(f"{path}: lies outside of the git repository; name a path inside it")
        return "" if found == "." else found

    def _blobs(self, top: str) -> Iterator[tuple[str, str]]:
        """Yield path and hash of every regular file at or below a path, in git's order."""
        scope = ["--", f":(top,literal){top}"] if top else []
        if self.commit is None:
            listing = ["ls-files", "-s", "-z", "--full-name", *(scope or ["--", ":/"])]
            lines = (_split(line, "mode blob stage") for line in _lines(_git(self.directory, listing)))
        else:
            listing = ["ls-tree", "-r", "-z", "--full-tree", self.commit, *(["--", top] if top else [])]
            lines = (_split(line, "mode type blob") for line in _lines(_git(self.directory, listing)))
        for values, path in lines:
            if values["mode"] in _REGULAR and values.get("stage", "0") == "0":
                yield path, values["blob"]


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that changed some files."""

    hash: str
    day: date
    """In UTC."""
    subject: str


def log(directory: Path, below: str, most: int) -> tuple[Commit, ...]:
    """Return the newest commits that changed files below a directory, along the first parents of ``HEAD``.

    Raises:
        UsageError: there is no repository, or git fails.
    """
    head = find("HEAD", directory)
    if head.is_empty:
        return ()
    scope = f":(top,literal){head.from_top(below)}"
    listing = ["log", "--first-parent", "--no-show-signature", "-z", f"--max-count={most}", "--format=%H %ct %s"]
    commits = []
    for line in _lines(_git(directory, [*listing, "HEAD", "--", scope])):
        name, seconds, subject = line.split(" ", 2)
        commits.append(Commit(name, datetime.fromtimestamp(int(seconds), UTC).date(), subject))
    return tuple(commits)


def find(name: str, directory: Path) -> Revision:
    """Return a revision of the repository around a directory.

    ``HEAD`` of a repository without a commit is a revision that holds nothing.

    Raises:
        UsageError: there is no repository, or no such revision.
    """
    prefix = _text(_git(directory, ["rev-parse", "--show-prefix"])).rstrip("\n")
    if name == INDEX:
        return Revision(INDEX, directory, prefix, None)
    found = _run(directory, ["rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}"])
    if found.returncode == 0:
        return Revision(name, directory, prefix, _text(found.stdout).strip())
    if name == "HEAD":
        return Revision(name, directory, prefix, None)
    raise UsageError(f"{name}: there is no such revision; see 'git log' for what there is")


def _lines(output: bytes) -> Iterator[str]:
    return (_text(line) for line in output.split(b"\0") if line)


def _split(line: str, names: str) -> tuple[Mapping[str, str], str]:
    values, _, path = line.partition("\t")
    return dict(zip(names.split(), values.split(), strict=True)), path


def _text(output: bytes) -> str:
    return output.decode("utf-8", errors="backslashreplace")


def _contents(directory: Path, blobs: Sequence[str]) -> tuple[bytes, ...]:
    """Return the contents of blobs in their order, each cut behind the most that a policy file may have."""
    output = _git(directory, ["cat-file", "--batch"], "".join(f"{blob}\n" for blob in blobs).encode())
    found: list[bytes] = []
    place = 0
    for _ in blobs:
        end = output.index(b"\n", place)
        size = int(output[place:end].split()[2])
        found.append(output[end + 1 : end + 1 + min(size, MAXIMUM_BYTES + 1)])
        place = end + 1 + size + 1
    return tuple(found)


def _git(directory: Path, arguments: Sequence[str], given: bytes = b"") -> bytes:
    found = _run(directory, arguments, given)
    if found.returncode != 0:
        reason = _text(found.stderr).strip().split("\n")[0].removeprefix("fatal: ")
        raise UsageError(f"git {arguments[0]}: {reason or 'failed'}; run it inside a git repository")
    return found.stdout


def _run(directory: Path, arguments: Sequence[str], given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run git, without a pager and without taking locks that a hook's own git may hold."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", "--no-pager", *arguments]
    try:
        return subprocess.run(command, cwd=directory, input=given, capture_output=True, env=environment, check=False)  # noqa: S603 - fixed words
    except OSError as error:
        raise UsageError(f"git: cannot be run ({error.strerror}); install git") from error
