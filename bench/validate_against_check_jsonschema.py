"""Compares the wall time of ``baselint validate`` on one baseline with check-jsonschema on the same file, pair by pair."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
BASELINES = ("aws-root-hardening", "aws-cis-7.0", "aws-management-account")
"""The default, one that claims a standard, and the longest."""

PAIRS = 15


def wall(*command: str | Path) -> float:
    """Return the wall time of a command that must succeed, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def ratio(baseline: str) -> float:
    """Measure one baseline in pairs, print the medians, and return the median ratio."""
    file = f"policies/baselines/{baseline}.yaml"
    ours = (BIN / "baselint", "validate", file)
    theirs = (BIN / "check-jsonschema", "--schemafile", "schema/baseline.schema.json", file)
    wall(*ours), wall(*theirs)
    pairs = [(wall(*ours), wall(*theirs)) for _ in range(PAIRS)]
    found = statistics.median(first / second for first, second in pairs)
    sys.stdout.write(
        f"{baseline}\n"
        f"  baselint validate  {statistics.median(first for first, _ in pairs):.3f} s\n"
        f"  check-jsonschema   {statistics.median(second for _, second in pairs):.3f} s\n"
        f"  ratio              {found:.2f} (median of {PAIRS} pairs)\n"
    )
    return found


def main() -> int:
    """Measure every baseline; return 1 when baselint is the slower one anywhere."""
    return 0 if max(map(ratio, BASELINES)) < 1 else 1


if __name__ == "__main__":
    sys.exit(main())
