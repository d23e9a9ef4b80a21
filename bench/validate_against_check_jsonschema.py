"""Compares the wall time of ``baselint validate`` on one baseline with check-jsonschema on the same file, pair by pair."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
BASELINE = "policies/baselines/aws-root-hardening.yaml"
PAIRS = 15


def wall(*command: str | Path) -> float:
    """Return the wall time of a command that must succeed, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> int:
    """Run the pairs, print medians and the ratio; return 1 when baselint is the slower one."""
    ours = (BIN / "baselint", "validate", BASELINE)
    theirs = (BIN / "check-jsonschema", "--schemafile", "schema/baseline.schema.json", BASELINE)
    wall(*ours), wall(*theirs)
    pairs = [(wall(*ours), wall(*theirs)) for _ in range(PAIRS)]
    ratio = statistics.median(first / second for first, second in pairs)
    sys.stdout.write(
        f"baselint validate  {statistics.median(first for first, _ in pairs):.3f} s\n"
        f"check-jsonschema   {statistics.median(second for _, second in pairs):.3f} s\n"
        f"ratio              {ratio:.2f} (median of {PAIRS} pairs)\n"
    )
    return 0 if ratio < 1 else 1


if __name__ == "__main__":
    sys.exit(main())
