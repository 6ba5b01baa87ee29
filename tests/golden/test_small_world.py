"""A small world gives the numbers it gave before, or the changelog says why not."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from tests.golden import frozen
from tests.golden.frozen import Frozen

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
HOW = (
    "Is the change meant? Then run `python3 run.py test tests/golden --update-golden` and write a last line in "
    'CHANGELOG.md under "Results changed": which numbers, by how much, why, and the mark `{mark}`.'
)
HERE, ELSEWHERE = {"system": "Linux"}, {"system": "Darwin"}


def numbers(**values: float) -> frozen.Numbers:
    """One number a unit, 0 unless it is given."""
    return {unit: {"x": values.get(unit, 0.0)} for unit in frozen.SLACK}


def test_the_small_world_gives_the_frozen_numbers(request: pytest.FixtureRequest) -> None:
    """Headline indicators, flows and costs of two members under two scenarios are as frozen."""
    now = frozen.small_world()
    if request.config.getoption("--update-golden"):
        frozen.write(now)
        pytest.skip(f"frozen anew; write a line with `{now.mark}` in CHANGELOG.md under Results changed")
    lines = frozen.differences(frozen.read(), now)
    shown = [*lines[:20], *([f"and {len(lines) - 20} more"] if len(lines) > 20 else []), HOW.format(mark=now.mark)]
    assert not lines, "\n".join(["the small world differs from tests/golden/small_world.json:", *shown])


def test_the_changelog_cites_the_frozen_numbers() -> None:
    """The last mark under the newest "Results changed" that has one is that of the file, so neither changes alone."""
    sections = re.findall(r"(?ms)^### Results changed\n(.*?)(?=^##|\Z)", CHANGELOG.read_text("utf-8"))
    marks = [re.findall(r"`(golden [0-9a-f]{10})`", section) for section in sections]
    cited = next((found[-1] for found in marks if found), "none")
    assert cited == frozen.read().mark, HOW.format(mark=frozen.read().mark)


def test_a_last_bit_counts_where_the_numbers_were_frozen_and_nowhere_else() -> None:
    """One bit in one number is told on the same machine and versions, and is within the slack on others."""
    kept = Frozen(HERE, numbers(percent=2.7))
    now = numbers(percent=float(np.nextafter(2.7, 3.0)))
    assert frozen.differences(kept, Frozen(HERE, now)) == ["x: 2.7000000000000006 percent, frozen as 2.7"]
    assert frozen.differences(kept, Frozen(ELSEWHERE, now)) == []


@pytest.mark.parametrize(
    ("unit", "old", "near", "far"),
    [
        ("percent", 3.0, 3.005, 3.007),
        ("persons", 450_000.0, 448_000.0, 447_900.0),
        ("persons", 2_000_000.0, 2_003_900.0, 2_004_100.0),
        ("firms", 5.0, 7.0, 8.0),
        ("yuan", 1e9, 1.019e9, 1.021e9),
    ],
)
def test_elsewhere_a_number_may_move_by_its_slack(unit: str, old: float, near: float, far: float) -> None:
    """On another platform a move of an agent or two, or a small share, passes, and a larger one is told."""
    kept = Frozen(HERE, numbers(**{unit: old}))
    assert frozen.differences(kept, Frozen(ELSEWHERE, numbers(**{unit: near}))) == []
    assert len(frozen.differences(kept, Frozen(ELSEWHERE, numbers(**{unit: far})))) == 1


def test_a_number_that_came_or_went_is_told() -> None:
    """A flow that was not there before, and one that is gone, count as differences; elsewhere only when large."""
    kept, now = numbers(), numbers()
    there = {**now, "persons": {"y": 1000.0}}
    assert len(frozen.differences(Frozen(HERE, kept), Frozen(HERE, there))) == 2
    assert frozen.differences(Frozen(HERE, kept), Frozen(ELSEWHERE, there)) == []
    there["persons"] = {"y": 3000.0}
    assert len(frozen.differences(Frozen(HERE, kept), Frozen(ELSEWHERE, there))) == 1


def test_what_is_not_a_number_is_told() -> None:
    """A value that is not a number differs from every frozen one."""
    assert len(frozen.differences(Frozen(HERE, numbers()), Frozen(ELSEWHERE, numbers(yuan=float("nan"))))) == 1
