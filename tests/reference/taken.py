"""Run every world of the reference under coverage and say which branches nobody took, as JSON.

`python -m tests.reference.taken`: a process of its own, so that it may trace whatever else traces the tests.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import coverage

HERE = Path(__file__).resolve().parent
NOT_RULES = ("compare.py", "taken.py", "test_reference.py", "world.py", "worlds.py", "bench.py")
"""Files that set up, compare or measure."""


def untaken() -> dict[str, object]:
    """Statements, branches and limits that no world takes, beside the numbers of all."""
    omit = [str(HERE / name) for name in NOT_RULES]
    tracer = coverage.Coverage(branch=True, include=[f"{HERE}/*"], omit=omit, config_file=False, data_file=None)
    tracer.exclude("if TYPE_CHECKING:")
    tracer.start()
    # Imported under the tracer, or the lines of definitions would count as never run.
    from tests.reference.limits import SEEN  # noqa: PLC0415
    from tests.reference.region import Region  # noqa: PLC0415
    from tests.reference.worlds import quarters_of, worlds  # noqa: PLC0415

    for world in worlds():
        region = Region(world.base, world.parameters, world.outside, world.path, world.seed)
        for _ in range(quarters_of(world)):
            region.step()
        region.close()
    tracer.stop()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        tracer.json_report(outfile=str(file))
        report = json.loads(file.read_text(encoding="utf-8"))
    missed = []
    for name, found in report["files"].items():
        missed += [f"{name}: line {line}" for line in found["missing_lines"]]
        missed += [f"{name}: {line} to {target}" for line, target in found["missing_branches"]]
    return {
        "missed": missed,
        "limits_on_one_side": sorted(name for name, sides in SEEN.items() if len(sides) == 1),
        "files": len(report["files"]),
        "statements": report["totals"]["num_statements"],
        "branches": report["totals"]["num_branches"],
        "limits": len(SEEN),
    }


if __name__ == "__main__":
    json.dump(untaken(), sys.stdout, indent=1)
