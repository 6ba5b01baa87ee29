"""Run every world of the reference under coverage and say which branches nobody took, as JSON.

`python -m tests.reference.taken`: a process of its own, so that it may trace whatever else traces the tests.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import coverage

HERE = Path(__file__).resolve().parent
NOT_RULES = ("compare.py", "taken.py", "test_reference.py", "world.py", "worlds.py", "bench.py")
"""Files that set up, compare or measure."""


def untaken() -> dict[str, object]:
    """Branches and limits that no world takes, and the counts of those that some world does."""
    tracer = coverage.Coverage(
        branch=True, include=[f"{HERE}/*"], omit=[str(HERE / name) for name in NOT_RULES], config_file=False, data_file=None
    )
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
    files = [path for path in sorted(HERE.glob("*.py")) if path.name not in NOT_RULES]
    missed, branches, statements = [], 0, 0
    for path in files:
        found = tracer._analyze(str(path))
        numbers = found.numbers
        branches += numbers.n_branches
        statements += numbers.n_statements
        missed += [f"{path.name}: line {line}" for line in sorted(found.missing)]
        for line, targets in sorted(found.missing_branch_arcs().items()):
            missed += [f"{path.name}: {line} to {target}" for target in targets]
    return {
        "missed": missed,
        "limits_on_one_side": sorted(name for name, sides in SEEN.items() if len(sides) == 1),
        "branches": branches,
        "statements": statements,
        "limits": len(SEEN),
    }


if __name__ == "__main__":
    json.dump(untaken(), sys.stdout, indent=1)
