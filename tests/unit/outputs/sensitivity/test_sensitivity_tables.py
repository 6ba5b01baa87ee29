"""Designs, and what is made of their runs, against functions whose indices are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from model.errors import StudyError, UsageError
from model.factors import Factor
from outputs.failures import Failure
from outputs.sensitivity.designing import Design, morris_design, sobol_design
from outputs.sensitivity.grouping import luck_factor
from outputs.sensitivity.indices import sobol_table
from outputs.sensitivity.levels import level_paths
from outputs.sensitivity.screening import screen_table, strongest
from outputs.sensitivity.showing import heat_of_morris, heat_of_sobol, indicators_shown, tornado_of_morris
from outputs.store import Study
from outputs.variance import INTERACTIONS, refuse_design
from tests.unit.model.fakes import lever_of, path_of
from tests.unit.outputs.synthetic import definition, result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    FloatArray = NDArray[np.float64]
RD = ("rd_intensity", "first_published")


def factor(name: str, kind: str = "parameters") -> Factor:
    """A factor that is uniform on 0 to 10."""
    return Factor(name, kind, "research", f"因素{name}", f"factor {name}", "", "assumed", lambda u: 10.0 * u)  # type: ignore[arg-type]


A, B, C = (factor(name) for name in "abc")


def study_of(design: Design, function: Callable[[FloatArray], FloatArray], folder: Path, failed: int = -1) -> Study:
    """Run a function of the design's rows as if it were the model; its value is R&D over GDP."""
    n = len(design.rows)
    whole = definition(n, n_quarters=4)
    whole = replace(whole, verb="sensitivity", scenarios=whole.scenarios[1:2], drawn_from={"points": "x"})
    study = Study.create_or_open(whole, folder)
    said, template = function(design.rows), result("plan", 0, 4)
    runs = []
    for member in range(n):
        values = np.zeros_like(template.values)
        values[:, 0] = said[member]
        runs.append(replace(template, member=member, values=values))
    broken = [Failure("plan", failed, "broken", "", "")] if failed >= 0 else []
    study.write_batch([run for run in runs if run.member != failed], broken)
    study.compact()
    return study


def ishigami(rows: FloatArray) -> FloatArray:
    """Work out sin x + 7 sin² y + 0.1 z⁴ sin x on (-π, π)³. Ishigami and Homma (1990)."""
    x, y, z = (rows * 2.0 - 1.0).T * np.pi
    value: FloatArray = np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)
    return value


def test_the_function_of_ishigami_has_its_indices(tmp_path: Path) -> None:
    """Alone 0.314, 0.442 and 0, with interactions 0.558, 0.442 and 0.244: found within 0.16 and 0.08 by 256 rows."""
    design = sobol_design({"x": [A], "y": [B], "z": [C]}, 256, seed=1)
    assert design.rows.shape == (256 * 5, 3)
    study = study_of(design, ishigami, tmp_path)
    labels = {name: (name, name) for name in ("x", "y", "z", INTERACTIONS)}
    table = sobol_table(study, design, labels).set_index("group")
    assert set(table["indicator"]) == {"rd_intensity"}
    alone = {"x": 0.314, "y": 0.442, "z": 0.0, INTERACTIONS: 0.244}
    assert table["first"].to_dict() == pytest.approx(alone, abs=0.16)
    known = {"x": 0.558, "y": 0.442, "z": 0.244}
    assert table["total"].dropna().to_dict() == pytest.approx(known, abs=0.08)
    ends = table[["total_low", "total_high"]]
    assert [bool(ends.loc[g].iloc[0] < share < ends.loc[g].iloc[1]) for g, share in known.items()] == [True] * 3
    assert table["total_half"].dropna().to_dict() == pytest.approx(known, abs=0.12)
    assert (table["total_half"].dropna() != table["total"].dropna()).all()
    cells = heat_of_sobol(table.reset_index(), [RD])
    assert list(cells["row"]) == ["x", "y", "z"]


def test_a_group_has_the_share_of_its_factors(tmp_path: Path) -> None:
    """Of a + 2 b + 2 c: b and c together have 8 of 9, and a row with a failed run is left out."""
    design = sobol_design({"one": [A], "others": [B, C]}, 64, seed=1)
    study = study_of(design, lambda rows: rows @ np.array([1.0, 2.0, 2.0]), tmp_path, failed=6)
    labels = {name: (name, name) for name in ("one", "others", INTERACTIONS)}
    table = sobol_table(study, design, labels).set_index("group")
    assert set(table["rows"]) == {63}
    assert table.loc["others", "total"] == pytest.approx(8 / 9, abs=0.06)
    with pytest.raises(StudyError, match="its members share draws, because `sensitivity` made it"):
        refuse_design(study)


def test_a_longer_design_begins_with_a_shorter_one() -> None:
    """So that the first half of the rows is a design, and convergence can be told."""
    groups = {"one": [A], "others": [B, luck_factor()]}
    short, long = sobol_design(groups, 8, seed=4), sobol_design(groups, 16, seed=4)
    assert (long.rows[: len(short.rows)] == short.rows).all()
    assert (sobol_design(groups, 8, seed=5).rows != short.rows).any()


def test_a_point_has_the_values_and_the_luck_of_its_row() -> None:
    """Values go through the distribution of the factor; runs that differ in another group alone share their luck."""
    design = sobol_design({"a": [A], "luck": [luck_factor()]}, 4, seed=4)
    points = design.points()
    assert points.names == ("a",)
    assert points.rows[:, 0] == pytest.approx(10.0 * design.rows[:, 0])
    lucks = np.array(points.lucks).reshape(4, 4)
    assert (lucks[:, 0] == lucks[:, 1]).all()
    assert (lucks[:, 2] == lucks[:, 3]).all()
    assert (lucks[:, 0] != lucks[:, 2]).all()
    assert len(set(lucks[:, 0])) == 4


def test_what_the_design_does_not_move_is_held() -> None:
    """Base, parameters and the outside world always, and luck where it is no factor."""
    path = path_of([lever_of()], [[3.0, 4.0]])
    assert sobol_design({"a": [A]}, 4, seed=4).held(path).switch_off == ("base", "parameters", "outside", "chance")
    with_luck = morris_design([A, luck_factor()], 2, seed=4)
    assert with_luck.held(path).switch_off == ("base", "parameters", "outside")
    assert len(set(with_luck.points().lucks)) == 4


def test_levers_move_between_the_two_scenarios() -> None:
    """A column of a lever becomes policy, not an input of the model."""
    low, high = (path_of([lever_of()], [[3.0, end]]) for end in (3.0, 13.0))
    design = morris_design([A, factor("lever:institutes", "levers")], 2, seed=4)
    policies = design.policies(low, high)
    assert policies is not None
    assert policies.path_of(low, 0).intensity[0, 1] == pytest.approx(3.0 + 10.0 * design.rows[0, 1])
    assert design.points().names == ("a",)
    assert morris_design([A, B], 2, seed=4).policies(low, high) is None


def test_a_screen_ranks_what_moves(tmp_path: Path) -> None:
    """Of a - 3 c: c before a, with its sign, b not at all; half of the trajectories say the same of a linear model."""
    design = morris_design([A, B, C], 4, seed=2)
    study = study_of(design, lambda rows: rows[:, 0] - 3.0 * rows[:, 2], tmp_path)
    table = screen_table(study, design)
    assert list(table["factor"]) == ["c", "a"]
    assert list(table["mu"]) == pytest.approx([-2.7, 0.9])
    assert list(table["mu_star_half"]) == pytest.approx([2.7, 0.9])
    assert strongest(table, [RD], 1) == ["c"]
    assert list(heat_of_morris(table, [RD])["shade"]) == pytest.approx([1.0, 1.0 / 3.0])
    assert list(tornado_of_morris(table, [RD])["value"]) == pytest.approx([-2.7, 0.9])


def test_luck_is_told_as_one_other_draw(tmp_path: Path) -> None:
    """A result that luck alone moves has the mean absolute difference of two draws, and no mean with a sign."""
    design = morris_design([A, luck_factor()], 6, seed=2)
    draws = np.random.default_rng(5).standard_normal(1000)
    values = draws[np.array(design.points().lucks) % 1000]
    table = screen_table(study_of(design, lambda _: values, tmp_path), design)
    assert list(table["factor"]) == ["luck"]
    steps = np.abs(np.diff(values.reshape(6, 3), axis=1)).max(axis=1)
    assert table["mu_star"].iloc[0] == pytest.approx(steps.mean())
    assert np.isnan(table["mu"].iloc[0])
    assert tornado_of_morris(table, [RD]).empty


def test_a_design_may_set_no_input() -> None:
    """Where levers alone move, or luck, a point sets nothing and the number of points is kept."""
    design = sobol_design({"levers": [factor("lever:institutes", "levers")], "luck": [luck_factor()]}, 4, seed=4)
    points = design.points()
    assert points.names == ()
    assert points.n_points == len(design.rows)
    assert points.of_member(3) == {}


def test_a_grid_leaves_out_the_level_that_the_scenario_has() -> None:
    """Three levels from 3 to 13 of which the scenario has the middle one: two runs beside its own."""
    low, plan, high = (path_of([lever_of(), lever_of("other")], [[3.0, end], [3.0, 4.0]]) for end in (3.0, 8.0, 13.0))
    paths = level_paths(plan, (low, high), ["institutes"], 3)
    assert [path.scenario_id for path in paths] == ["test", "institutes@0", "institutes@1"]
    assert [path.intensity[0, 1] for path in paths] == [8.0, 3.0, 13.0]
    assert all((path.intensity[1] == plan.intensity[1]).all() for path in paths)


def test_indicators_are_asked_for_by_name(study: Study) -> None:
    """A bare name is counted as its target counts it; a wrong one or a wrong definition is told with a near match."""
    assert indicators_shown(study, ["talent_total", "rd_intensity:revised_gdp"]) == [
        ("talent_total", "residents"),
        ("rd_intensity", "revised_gdp"),
    ]
    assert indicators_shown(study, [])[0] == RD
    with pytest.raises(UsageError) as error:
        indicators_shown(study, ["talent_totl", "rd_intensity:revised"])
    first, second = error.value.lines()
    assert "did you mean 'talent_total'?" in first
    assert "did you mean 'revised_gdp'?" in second
