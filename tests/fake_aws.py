"""A stand-in for the AWS CLI: answers from a directory, and writes down what it was asked, with whose credentials."""

import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

from baselint.export_script.script import Shell, render

_FAKE = """\
#!/bin/sh
printf '%s\\t%s\\n' "${AWS_ACCESS_KEY_ID:-own}" "$*" >>"$FAKE_AWS/calls"
[ "$1" != --version ] || { printf 'aws-cli/2.36.0 Python/3.13\\n'; exit 0; }
service=$1
call=$2
name=$service.$call
for word in "$@"; do
    case $word in BILLING | OPERATIONS | SECURITY | p-* | AKIA* | arn:*) name=$name.$(printf '%s' "$word" | tr -c 'A-Za-z0-9\\n' '-') ;; esac
done
for candidate in "$FAKE_AWS/answers/${AWS_ACCESS_KEY_ID:-own}/$name" "$FAKE_AWS/answers/any/$name"; do
    if [ -f "$candidate.json" ]; then
        cat "$candidate.json"
        exit 0
    fi
    if [ -f "$candidate.err" ]; then
        cat "$candidate.err" >&2
        exit 254
    fi
done
printf '\\nAn error occurred (AccessDenied) when calling the Any operation: %s\\n' "$name" >&2
exit 254
"""


class FakeAws:
    """A directory with the script, the stand-in, its answers, and its notes."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._notes = directory / "aws"
        binary = directory / "bin" / "aws"
        binary.parent.mkdir(parents=True)
        binary.write_text(_FAKE, encoding="utf-8")
        binary.chmod(binary.stat().st_mode | stat.S_IXUSR)
        self._notes.mkdir()
        self._path = f"{binary.parent}:{os.environ['PATH']}"
        (directory / "snapshot.sh").write_text(render(Shell.SH), encoding="utf-8")

    def answer(self, name: str, content: Any, key: str = "any") -> None:
        """Set an answer: data as JSON, a text as the error text of a failed call; ``key`` is the session that gets it."""
        place = self._notes / "answers" / key
        place.mkdir(parents=True, exist_ok=True)
        ending, text = ("err", content) if isinstance(content, str) else ("json", json.dumps(content, indent=4) + "\n")
        for old in place.glob(f"{name}.*"):
            old.unlink()
        (place / f"{name}.{ending}").write_text(text, encoding="utf-8")

    def print(self, name: str, text: str) -> None:
        """Set an answer in text form, as ``--output text`` gives it."""
        place = self._notes / "answers" / "any"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{name}.json").write_text(text, encoding="utf-8")

    def run(self, *arguments: str, shell: str = "sh") -> subprocess.CompletedProcess[str]:
        """Run the script in its directory."""
        environment = {"PATH": self._path, "FAKE_AWS": str(self._notes), "BASELINT_WAIT": "0", "BASELINT_TRIES": "3"}
        return subprocess.run(
            [shell, "snapshot.sh", *arguments],
            cwd=self.directory, env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    def calls(self) -> list[tuple[str, str]]:
        """Return every call so far: whose credentials, and the words."""
        lines = (self._notes / "calls").read_text(encoding="utf-8").splitlines()
        return [(key, words) for key, _, words in (line.partition("\t") for line in lines)]

    def forget(self) -> None:
        """Forget the calls so far."""
        (self._notes / "calls").unlink(missing_ok=True)
