"""The split of the variance, against models whose shares are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from model.errors import StudyError
from model.pick_freeze import GROUPS, picks
from outputs.failures import Failure
from outputs.store import Study
from outputs.supplements import complete_study
from outputs.variance import INTERACTIONS, design_values, headline_rows, refuse_design, split, variance_table
from tests.unit.outputs.synthetic import SCENARIOS, definition, result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

N_ROWS = 6000


def design(model: Callable[..., float], n_rows: int = N_ROWS) -> np.ndarray:
    """Run a model of four standard normals over the design."""
    draws = np.random.default_rng(3).standard_normal((2 * n_rows, 4))
    values = [
        model(*(draws[member, k] for k, member in enumerate(picks(index).values()))) for index in range(6 * n_rows)
    ]
    return np.array(values).reshape(n_rows, 6)


def shares(rows: list[dict[str, float]], name: str) -> dict[str, float]:
    """Group -> share."""
    return {str(row["group"]): row[name] for row in rows if name in row}


def test_a_sum_has_the_shares_of_its_squares() -> None:
    """3 b + 1 p + 2 c has 9, 1, 0 and 4 of 14, alone and with interactions, far from zero in its mean too."""
    rows = split(design(lambda b, p, _o, c: 1000.0 + 3 * b + p + 2 * c), seed=1)
    wanted = {"base": 9 / 14, "parameters": 1 / 14, "outside": 0.0, "chance": 4 / 14}
    assert shares(rows, "first") == pytest.approx(wanted | {INTERACTIONS: 0.0}, abs=0.05)
    assert shares(rows, "total") == pytest.approx(wanted, abs=0.05)
    assert shares(rows, "total")["outside"] == 0.0


def test_a_product_is_all_interaction() -> None:
    """B times p: nothing alone, everything together."""
    rows = split(design(lambda b, p, _o, _c: b * p), seed=1)
    assert shares(rows, "first") == pytest.approx(dict.fromkeys(GROUPS, 0.0) | {INTERACTIONS: 1.0}, abs=0.1)
    assert shares(rows, "total")["base"] == pytest.approx(1.0, abs=0.1)
    assert shares(rows, "total")["parameters"] == pytest.approx(1.0, abs=0.1)


def test_shares_alone_and_interactions_sum_to_one() -> None:
    """Exactly, in a design of eight rows too, whatever the noise."""
    rows = split(design(lambda b, p, o, c: b + p * o + c, 8), seed=1)
    assert sum(shares(rows, "first").values()) == pytest.approx(1.0, abs=1e-12)


def test_intervals_hold_the_estimate_and_narrow_with_rows() -> None:
    """Four times hundred rows halve the interval, about."""
    widths = []
    for n_rows in (100, 1600):
        (row,) = (r for r in split(design(lambda b, p, o, c: b + p + o + c, n_rows), seed=1) if r["group"] == "base")
        assert row["first_low"] < row["first"] < row["first_high"]
        widths.append(row["first_high"] - row["first_low"])
    assert widths[1] < 0.4 * widths[0]


def test_the_same_seed_gives_the_same_intervals() -> None:
    """The bootstrap is keyed."""
    values = design(lambda b, p, o, c: b + p + o + c, 20)
    assert split(values, seed=4) == split(values, seed=4)
    assert split(values, seed=4) != split(values, seed=5)


def test_what_does_not_vary_has_no_shares() -> None:
    """A constant: deviation zero, and no estimate."""
    rows = split(np.full((5, 6), 7.0), seed=1)
    assert [row["group"] for row in rows] == [*GROUPS, INTERACTIONS]
    assert all(row["deviation"] == 0.0 and "first" not in row for row in rows)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Three rows of a study of `variance`, one run of which has failed."""
    study = Study.create_or_open(replace(definition(18), verb="variance"), tmp_path_factory.mktemp("made"), "made")
    broken = ("plan", 7)
    runs = [(name, member) for name, *_ in SCENARIOS for member in range(18)]
    study.write_batch([result(*run) for run in runs if run != broken], [Failure(*broken, "broken", "", "")])
    study.compact()
    return study


def test_a_row_with_a_failed_run_is_left_out(made: Study) -> None:
    """The plan keeps rows 0 and 2, the baseline all three."""
    assert design_values(made, "baseline", "rd_intensity", "first_published").shape == (3, 6)
    plan = design_values(made, "plan", "rd_intensity", "first_published")
    assert plan.shape == (2, 6)
    assert plan[1, 0] == result("plan", 12).values[20, 0]


def test_the_table_splits_every_indicator(made: Study) -> None:
    """Five rows per scenario, indicator and definition; the headline ones can be picked out."""
    table = variance_table(made)
    assert len(table) == 4 * len(made.definition.indicators) * 5
    assert set(table.loc[table["scenario"] == "plan", "rows"]) == {2}
    headline = headline_rows(made, table)
    assert set(headline["definition"]) == {"first_published", "own_level", "residents"}


def test_a_study_of_the_design_is_refused_where_members_must_be_independent(made: Study, study: Study) -> None:
    """And one of `project` where the design is needed."""
    refuse_design(study)
    with pytest.raises(StudyError, match="its members share draws"):
        refuse_design(made)
    with pytest.raises(StudyError, match="its members share draws"):
        complete_study(made.path.parent, "made")
    with pytest.raises(StudyError, match="the split needs one that `variance` has made"):
        variance_table(study)


def test_a_single_row_is_too_few(tmp_path: Path) -> None:
    """Two rows are the least that has a variance."""
    study = Study.create_or_open(replace(definition(6), verb="variance"), tmp_path)
    study.write_batch([result(name, member) for name, *_ in SCENARIOS for member in range(6)])
    study.compact()
    with pytest.raises(StudyError, match="1 whole rows of six runs"):
        variance_table(study)
