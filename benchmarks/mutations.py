"""Read 10,000 files in which bytes were changed, cut or doubled: each a document or a clear refusal."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRILL = "src/palermo/reading/tests/test_hostile.py"
NAME = "test_ten_thousand_mutated_files_give_a_document_or_a_clear_refusal"


def main() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-m", "long", f"{DRILL}::{NAME}"]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - begun
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
    print(f"{'files':>10}{'wall':>12}{'a file':>12}")
    print(f"{10_000:>10,}{seconds:>10.1f} s{seconds / 10:>9.2f} ms")
    print("Limit: none crashes, hangs for 10 seconds or leaves a file behind.")
    print("within its limit" if done.returncode == 0 else "MISSES ITS LIMIT")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
