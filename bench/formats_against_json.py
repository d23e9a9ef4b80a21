"""Compares the CPU of one lint run that writes every format with a run that writes JSON alone, pair by pair."""

import base64
import csv
import io
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ACCOUNTS, USERS, PAIRS = 200, 50, 5
MOST = 3.0
FROM = "111122223333"
"""The account of the example snapshot, which every account here is made from."""


def report(identifier: str) -> str:
    """Return a credential report as AWS answers it, with so many users, two of three with a key of some age."""
    (path,) = (ROOT / "examples" / FROM).glob("credential-report.json")
    answer = json.loads(path.read_text())
    rows = list(csv.DictReader(io.StringIO(base64.b64decode(answer["Content"]).decode())))
    root, user = rows[0], rows[1]
    made = [root, *(_user(user, number) for number in range(USERS))]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(root), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: value.replace(FROM, identifier) for key, value in row.items()} for row in made)
    return json.dumps(answer | {"Content": base64.b64encode(text.getvalue().encode()).decode()})


def _user(row: dict[str, str], number: int) -> dict[str, str]:
    name = f"person-{number:03}"
    key = {"access_key_1_active": "true", "access_key_1_last_rotated": f"20{10 + number % 16}-01-01T00:00:00Z"}
    return {**row, "user": name, "arn": row["arn"].replace(row["user"], name), **(key if number % 3 else {})}


def snapshots(directory: Path) -> None:
    """Write so many accounts, each with the exports of the example."""
    for number in range(ACCOUNTS):
        identifier = f"{100_000_000_000 + number}"
        (directory / identifier).mkdir(parents=True)
        for path in (ROOT / "examples" / FROM).iterdir():
            text = report(identifier) if path.name.startswith("credential-report") else path.read_text()
            (directory / identifier / path.name).write_text(text.replace(FROM, identifier))


def cpu(directory: Path, *outputs: str) -> float:
    """Return the CPU seconds of a run that prints JSON and writes these outputs, user and system together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = (
        sys.executable,
        "-m",
        "baselint",
        "lint",
        "-b",
        "aws-cis-7.0",
        "--as-of",
        "2026-11-23",
        "--fail-on",
        "never",
    )
    subprocess.run(
        [*command, "--format", "json", *outputs, directory / "s"], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def formats() -> Iterator[str]:
    """Yield the name of every format but JSON."""
    listed = subprocess.run(
        [sys.executable, "-m", "baselint", "list", "formats", "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    yield from (item["id"] for item in json.loads(listed.stdout) if item["id"] != "json")


def main() -> int:
    """Print the ratio; return 1 when writing every format takes too many times the CPU of JSON alone."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        snapshots(directory / "s")
        every = [f"--output={item}={directory / item}" for item in formats()]
        pairs = [(cpu(directory, *every), cpu(directory)) for _ in range(PAIRS)]
        sizes = {path.name: path.stat().st_size // 1000 for path in directory.iterdir() if path.is_file()}
    ratio = statistics.median(first / second for first, second in pairs)
    sys.stdout.write(
        f"{ACCOUNTS} accounts with {USERS} users each\n"
        f"  every format ({len(every) + 1})  {statistics.median(first for first, _ in pairs):.2f} s of CPU\n"
        f"  JSON alone         {statistics.median(second for _, second in pairs):.2f} s of CPU\n"
        f"  ratio              {ratio:.2f} (median of {PAIRS} pairs; at most {MOST})\n"
        f"  kB                 {', '.join(f'{key} {value}' for key, value in sorted(sizes.items()))}\n"
    )
    return 0 if ratio < MOST else 1


if __name__ == "__main__":
    sys.exit(main())
