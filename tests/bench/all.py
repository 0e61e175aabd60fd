"""Every bench in turn, their figures into docs/performance.md: `python -m tests.bench.all [--quick]`.

On a quiet machine. A bench that fails is named at the end; the others run. `--quick`: tiny sizes, to see that all of
them work.
"""

import subprocess
import sys

BENCHES = (
    ("compare", "400", "40", ()),
    ("compare", "400", "40", ("--without-names",)),
    ("compare", "400", "40", ("--kafka",)),
    ("reading", "200", "20", ()),
    ("bench_copies", "2000", "100", ()),
    ("cost_of_metrics", "300", "40", ()),
    ("stages", "400", "40", ()),
    ("stages", "400", "40", ("--without-names",)),
    ("where_time_goes", "400", "40", ()),
    ("latency", "200", "20", ("--kafka",)),
    ("latency", "200", "20", ("--kafka", "--without-names")),
    ("scale_out", "600", "40", ()),
    ("scale_out", "600", "40", ("--without-names",)),
    ("recovery", "200000", "1000", ("--kafka",)),
    ("history", "200000", "1000", ()),
)


def main() -> int:
    """The number of benches that failed."""
    quick, failed = "--quick" in sys.argv, []
    for name, full, tiny, more in BENCHES:
        size = tiny if quick else full
        command = [sys.executable, "-m", f"tests.bench.{name}", size, *more, *([] if quick else ["--write-docs"])]
        print("\n$", " ".join(command[1:]), flush=True)
        if subprocess.run(command, check=False).returncode:
            failed.append(" ".join(command[1:]))
    print("\n".join(f"FAILED {command}" for command in failed))
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
