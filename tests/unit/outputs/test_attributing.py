"""Attribution: shares, intervals and sentences against games planted in a study that no economy made."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from model.coalitions import Coalitions
from model.errors import StudyError
from outputs.attributing import CHANCE, VALUE, WHOLE, attribution_table, games, interaction_table, share_interval
from outputs.attribution_text import sentences
from outputs.charts import gallery, style
from outputs.comparing import COST, JOINT
from outputs.effects import RISES, UNTOUCHED
from outputs.intervals import bounded_interval, mean_interval, paired_chances
from outputs.manifest import LeverEntry, ScenarioEntry
from outputs.showing_attribution import grids
from outputs.store import Failure, Study
from scenarios.attributing import coalitions
from scenarios.levers import LEVERS
from tests.unit.outputs.synthetic import COLUMNS, definition, result
from tests.unit.outputs.test_charts import assert_whole, drawn_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEMBERS = 9
"""The last of them fails under one coalition."""
RD = [name for name, *_ in COLUMNS].index("rd_intensity")
FAMILIES = ("enclaves", "finance")


def planted(game: Coalitions, folder: Path, worth: Callable[[int, int], float]) -> Study:
    """A study whose R&D in 2025 is a game of (mask, member), and whose cost is that of one run per player more."""
    entries = tuple(ScenarioEntry.of(path) for path in game.paths)
    whole = replace(definition(MEMBERS), scenarios=entries, levers=tuple(LeverEntry.of(lever) for lever in LEVERS))
    study = Study.create_or_open(replace(whole, settings=()), folder)
    for mask, path in zip(game.masks, game.paths, strict=True):
        runs = []
        for member in range(MEMBERS):
            made = result("plan", member)
            values = np.array(made.values)
            values[20, RD] = worth(mask, member)
            costs = made.costs * (1 + mask.bit_count())
            runs.append(replace(made, scenario_id=path.scenario_id, values=values, costs=costs))
        broken = [Failure(path.scenario_id, MEMBERS - 1, "broken", "", "")] if mask == 1 else []
        study.write_batch(runs[: MEMBERS - len(broken)], broken)
    study.compact()
    return study


def level(indicator: str, member: int, quarter: int) -> float:
    """What every coalition has where nothing is planted."""
    column = [name for name, *_ in COLUMNS].index(indicator)
    return float(np.array(result("plan", member).values)[quarter, column])


def two_families(mask: int, member: int) -> float:
    """Enclaves add 0.25 to even members and 0.05 to odd ones, finance 0.1, and both together 0.05 more."""
    enclaves, finance = mask & 1, mask >> 1
    own = 0.25 if member % 2 == 0 else 0.05
    return 3.41 + enclaves * own + finance * 0.1 + enclaves * finance * 0.05


def of_pairs(mask: int, member: int) -> float:
    """Player k adds k hundredths, and each pair of neighbours a tenth more."""
    inside = [k for k in range(9) if mask >> k & 1]
    return 3.0 + 0.01 * sum(inside) + 0.1 * sum(k + 1 in inside for k in inside) + 0.001 * member * bool(inside)


@pytest.fixture(scope="module")
def families() -> Coalitions:
    """Four coalitions of two families."""
    return coalitions("enclaves+finance", "baseline", "family", 20, (2, 1))


@pytest.fixture(scope="module")
def two(families: Coalitions, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The study of two families."""
    return planted(families, tmp_path_factory.mktemp("two"), two_families)


@pytest.fixture(scope="module")
def levers() -> Coalitions:
    """Nine levers along two drawn orders and their reverses."""
    return coalitions("enclaves+finance", "baseline", "lever", 20, (2, 1))


@pytest.fixture(scope="module")
def nine(levers: Coalitions, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The study of nine levers."""
    return planted(levers, tmp_path_factory.mktemp("nine"), of_pairs)


def shares(study: Study, game: Coalitions, **where: Any) -> pd.DataFrame:
    """Rows of the attribution of 2025."""
    table = attribution_table(study, game, list(games(study, game)))
    return rows(table, year=2025, **where)


def rows(table: pd.DataFrame, **where: Any) -> pd.DataFrame:
    """Rows that hold the values given."""
    for name, value in where.items():
        table = table[table[name] == value]
    return table


def test_values_are_shared_out_as_by_hand(two: Study, families: Coalitions) -> None:
    """Enclaves: 0.15 on average and half of what both do together; the failed member counts nowhere."""
    found = shares(two, families, quantity=VALUE, indicator="rd_intensity", definition="first_published")
    assert list(found["player"]) == [*FAMILIES, WHOLE]
    assert list(found["contribution"]) == pytest.approx([0.175, 0.125, 0.3])
    assert list(found["alone"])[:2] == pytest.approx([0.15, 0.1])
    assert list(found["last"])[:2] == pytest.approx([0.2, 0.15])
    assert list(found["of_whole"]) == pytest.approx([0.175 / 0.3, 0.125 / 0.3, 1.0])
    assert set(found["members"]) == {8}
    assert set(found["pairs"]) == {0}
    assert list(found["without"]) == pytest.approx([3.41] * 3)
    assert list(found["with"]) == pytest.approx([3.71] * 3)
    own = np.tile([0.275, 0.075], 4)
    assert (found["low"].iloc[0], found["high"].iloc[0]) == pytest.approx(mean_interval(own))
    assert list(found["sign"]) == [RISES, RISES, RISES]
    base = np.mean([level("rd_intensity", member, 0) for member in range(8)])
    assert found["base"].iloc[0] == pytest.approx(base)


def test_what_no_lever_touches_has_no_share(two: Study, families: Coalitions) -> None:
    """Talents, and R&D of an earlier year."""
    table = attribution_table(two, families, list(games(two, families)))
    for where in ({"indicator": "talent_total"}, {"indicator": "rd_intensity", "year": 2024}):
        found = rows(table, quantity=VALUE, **where)
        assert set(found["sign"]) == {UNTOUCHED}
        assert set(found["contribution"]) == {0.0}
        assert found["of_whole"].isna().all()


def test_chances_are_shared_out_as_by_hand(two: Study, families: Coalitions) -> None:
    """Even members: enclaves alone reach 3.6. Odd ones: both are needed, half each. So 3/4 and 1/4 of a whole of 1."""
    found = shares(two, families, quantity=CHANCE, target="rd_intensity", definition="first_published")
    assert list(found["contribution"]) == pytest.approx([0.75, 0.25, 1.0])
    assert (found["low"].iloc[0], found["high"].iloc[0]) == pytest.approx(bounded_interval([1.0, 0.5] * 4))
    whole = paired_chances(8, 0, 0, 8)
    assert (found["low"].iloc[2], found["high"].iloc[2]) == pytest.approx((whole["low"], whole["high"]))
    still = shares(two, families, quantity=CHANCE, target="talent_total", definition="residents")
    assert set(still["sign"]) == {UNTOUCHED}
    assert (still["low"].iloc[0], still["high"].iloc[0]) == pytest.approx(bounded_interval([0.0] * 8))
    assert still["low"].iloc[0] < -0.1


def test_the_joint_chance_is_that_of_one_member(two: Study, families: Coalitions) -> None:
    """A share of all targets is a share of R&D in those members alone that meet the two others."""
    goals = (("hightech_share", 50.0), ("talent_total", 480_000.0))
    others = [all(level(name, member, 20) >= goal for name, goal in goals) for member in range(8)]
    assert 0 < sum(others) < 8
    hand = np.mean([others[m] * (1.0 if m % 2 == 0 else 0.5) for m in range(8)])
    found = shares(two, families, quantity=CHANCE, target=JOINT)
    assert found["contribution"].iloc[0] == pytest.approx(hand)
    assert found["contribution"].iloc[2] == pytest.approx(np.mean(others))


def test_costs_are_added_up_from_2021(two: Study, families: Coalitions) -> None:
    """Each family costs as much as one run in five years; the district's part of it is told apart."""
    spent = [result("plan", member).costs[1:] for member in range(8)]
    found = shares(two, families, quantity=COST, definition="all_payers")
    each = np.mean([cost.sum() for cost in spent])
    assert list(found["contribution"]) == pytest.approx([each, each, 2 * each])
    own = shares(two, families, quantity=COST, definition="district")
    assert own["contribution"].iloc[0] == pytest.approx(np.mean([cost[:, :, 0].sum() for cost in spent]))
    assert list(found["without"]) == pytest.approx([found["contribution"].iloc[0]] * 3)


def test_interactions_are_told_pair_by_pair(two: Study, families: Coalitions, nine: Study, levers: Coalitions) -> None:
    """0.05 more together; of the chance 0 for even members and 1 for odd ones; none where orders are drawn."""
    table = rows(interaction_table(two, families, list(games(two, families))), year=2025)
    (value,) = rows(table, quantity=VALUE, indicator="rd_intensity", definition="first_published").to_dict("records")
    assert (value["one"], value["other"]) == FAMILIES
    assert value["contribution"] == pytest.approx(0.05)
    (chance,) = rows(table, target="rd_intensity", definition="first_published").to_dict("records")
    assert chance["contribution"] == pytest.approx(0.5)
    assert interaction_table(nine, levers, list(games(nine, levers))).empty


def test_levers_of_a_game_of_pairs_are_exact(nine: Study, levers: Coalitions) -> None:
    """Along drawn orders player k has k hundredths and half a tenth of each neighbour; all ends add up to the whole."""
    found = shares(nine, levers, quantity=VALUE, indicator="rd_intensity", definition="first_published")
    assert set(found["pairs"]) == {2}
    inner = found["contribution"].to_numpy()[:9]
    hand = np.array([0.01 * k + 0.05 * ((k > 0) + (k < 8)) for k in range(9)])
    # The first to join has the member's own thousandths too: that is no game of pairs, so orders share it out.
    assert inner == pytest.approx(hand, abs=0.0036)
    assert inner.sum() == pytest.approx(found["contribution"].iloc[9], rel=1e-9)
    assert list(found["alone"][:9]) == pytest.approx([0.01 * k + 0.0035 for k in range(9)])


def test_parts_add_up_in_the_file_too(nine: Study, levers: Coalitions, two: Study, families: Coalitions) -> None:
    """With all digits kept, parts and whole of every quantity and year differ by less than a billionth."""
    for study, game in ((nine, levers), (two, families)):
        table = attribution_table(study, game, list(games(study, game)))
        keys = ["quantity", "target", "indicator", "definition", "year"]
        sums = table[table["player"] != WHOLE].groupby(keys)["contribution"].sum()
        whole = table[table["player"] == WHOLE].set_index(keys)["contribution"]
        gap = (sums - whole.reindex(sums.index)).abs()
        assert len(gap) > 100
        assert (gap <= 1e-9 * whole.reindex(sums.index).abs().clip(lower=1e-12)).all()


def test_an_interval_counts_members_and_orders() -> None:
    """Square root of the summed squares of Student's half-widths of the members' means and of the orders' means."""
    found = np.array([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]])
    of_members = mean_interval([1.5, 2.5, 3.5])
    of_orders = mean_interval([2.0, 3.0])
    reach = math.hypot((of_members[1] - of_members[0]) / 2, (of_orders[1] - of_orders[0]) / 2)
    assert share_interval(found, bounded=False) == pytest.approx((2.5 - reach, 2.5 + reach))
    assert share_interval(found[:1], bounded=False) == pytest.approx(mean_interval(found[0]))
    low, high = bounded_interval([0.015, 0.025, 0.035])
    reach = (mean_interval([0.02, 0.03])[1] - mean_interval([0.02, 0.03])[0]) / 2
    ends = 0.025 - math.hypot(0.025 - low, reach), 0.025 + math.hypot(high - 0.025, reach)
    assert share_interval(found / 100, bounded=True) == pytest.approx(ends)


def test_bounded_intervals_by_hand_and_at_their_level() -> None:
    """Agresti and Min: 5 of 10 pairs change for the better and 1 for the worse; over many draws 95 % hold the truth."""
    low, high = bounded_interval([1.0] * 5 + [-1.0] + [0.0] * 4)
    centre, reach = 4 / 12, 1.959964 * math.sqrt((7 / 12 - (4 / 12) ** 2) / 12)
    assert (low, high) == pytest.approx((centre - reach, centre + reach), abs=1e-6)
    assert bounded_interval([1.0] * 3)[1] == 1.0
    draws = np.random.default_rng(5).uniform(size=(2000, 20))
    held = 0
    for luck in draws:
        low, high = bounded_interval(np.where(luck < 0.08, 0.5, np.where(luck < 0.12, -1.0, 0.0)))
        held += low <= 0.0 <= high
    assert held / 2000 > 0.95


def test_sentences_say_who_and_how_far(two: Study, families: Coalitions) -> None:
    """The largest share, where the target is reached, and where nobody changes anything, in both languages."""
    table = attribution_table(two, families, list(games(two, families)))
    said = "\n".join(sentences(two, families, table, "en"))
    assert "goes from 3.41 % without these levers to 3.71 % with them (+0.300 percentage points)" in said
    assert "the largest part that can be told from zero is “Enclaves” (+0.175 [" in said
    assert "The mean reaches the target ≥ 3.6 %." in said
    assert "the chance goes from 0% to 100% (+100.0 percentage points" in said
    assert "in none of 8 members does any coalition change whether it is met (all meet it)" in said
    assert "with 8 members, changes in up to 32% of all cases could stay unseen" in said
    assert "1 members did not finish under every coalition" in said
    zh = sentences(two, families, table, "zh")
    assert "能与零区分开的最大贡献来自“飞地”" in zh[0]
    assert len(zh) == len(said.splitlines())


def test_sentences_say_what_is_unpleasant(families: Coalitions, tmp_path: Path) -> None:
    """Levers that lower R&D, a target missed all the same, and an outside world that is nobody's share."""
    study = planted(families, tmp_path, lambda mask, _: 3.0 - 0.1 * (mask & 1) + 0.05 * (mask >> 1))
    game = replace(families, other_world=("growth_shift",))
    table = attribution_table(study, game, list(games(study, game)))
    said = "\n".join(sentences(study, game, table, "en"))
    assert "the largest part that can be told from zero is “Enclaves” (-0.100 [" in said
    assert "; the other way pulls “Finance” (+0.050)" in said
    assert "still missed by 0.65 percentage points on average, and together they bring it no nearer" in said
    assert "differ in more than levers (growth_shift)" in said
    (row,) = rows(table, quantity=VALUE, indicator="rd_intensity", year=2025, player="finance").to_dict("records")[:1]
    assert row["sign"] == RISES


@pytest.mark.parametrize(("finance", "told"), [(0.05, "“Finance” (+0.050 ["), (-0.05, "“Finance” (-0.050 [")])
def test_a_sure_part_is_named_whatever_the_whole_does(
    families: Coalitions, tmp_path: Path, finance: float, told: str
) -> None:
    """Where the whole cannot be told from zero a part that can is named, whichever way it pulls."""

    def unsure(mask: int, member: int) -> float:
        return 3.0 + finance * (mask >> 1) + (mask & 1) * (0.5 if member % 2 else -0.6)

    study = planted(families, tmp_path, unsure)
    table = attribution_table(study, families, list(games(study, families)))
    said = "\n".join(sentences(study, families, table, "en"))
    assert f"the largest part that can be told from zero is {told}" in said


def test_a_chance_that_only_coalitions_between_move_is_not_called_untouched(
    families: Coalitions, tmp_path: Path
) -> None:
    """Either family alone meets the target and both together miss it: all shares are zero, and yet much changes."""
    study = planted(families, tmp_path, lambda mask, _: 4.0 if mask in {1, 2} else 3.0)
    table = attribution_table(study, families, list(games(study, families)))
    mine = rows(table, quantity=CHANCE, target="rd_intensity", definition="first_published", year=2025)
    assert set(mine.loc[mine["player"] != WHOLE, "alone"]) == {1.0}
    of_rd = [line for line in sentences(study, families, table, "en") if line.startswith("R&D expenditure")]
    assert of_rd
    assert not any("does any coalition change" in line for line in of_rd)


def test_members_who_finish_nowhere_are_refused(families: Coalitions, tmp_path: Path) -> None:
    """Where each member fails under some coalition, nothing can be shared out."""
    entries = tuple(ScenarioEntry.of(path) for path in families.paths)
    study = Study.create_or_open(replace(definition(2), scenarios=entries, settings=()), tmp_path)
    for place, path in enumerate(families.paths):
        made = [replace(result("plan", m), scenario_id=path.scenario_id) for m in range(2) if m != place % 2]
        study.write_batch(made, [Failure(path.scenario_id, place % 2, "broken", "", "")])
    study.compact()
    with pytest.raises(StudyError, match="no member has finished under all 4 coalitions"):
        list(games(study, families))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_of_the_screen_hold_every_player(
    two: Study, families: Coalitions, nine: Study, levers: Coalitions, language: str
) -> None:
    """Shares, chances, ends, and for families pairs; each player and all together has a row."""
    for study, game, n in ((two, families, 4), (nine, levers, 3)):
        found = list(games(study, game))
        pairs = interaction_table(study, game, found)
        shown = grids(study, game, attribution_table(study, game, found), pairs, language)
        assert len(shown) == n
        assert [len(lines) for _, _, lines in shown[:3]] == [len(game.players) + 1] * 2 + [len(game.players)]
        assert all(len(line) == len(header) for _, header, lines in shown for line in lines)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("n_players", "width_cm"), [(2, 17.0), (9, 17.0), (28, 17.0), (2, 8.5)])
@pytest.mark.parametrize("chart_id", ["attribution", "attribution_chances"])
def test_waterfalls_are_whole_and_legible(
    request: pytest.FixtureRequest, chart_id: str, n_players: int, width_cm: float, language: str
) -> None:
    """Four panels with a bar for each player; no text is too small, off the page or over another."""
    study, game = (
        request.getfixturevalue(name) for name in (("two", "families") if n_players == 2 else ("nine", "levers"))
    )
    table = attribution_table(study, game, list(games(study, game)))
    if n_players > 9:  # a table of all levers of the plan, the shares of one in place of each
        one, whole = table[table["player"] == game.players[0].player_id], table[table["player"] == WHOLE]
        named = [one.assign(player=lever.lever_id, family=lever.family) for lever in LEVERS[:n_players]]
        table = pd.concat([*named, whole])
    chart = gallery.table_charts()[chart_id]
    figure = drawn_of(chart, study, table, language, width_cm)
    assert [len(ax.patches) for ax in figure.axes] == [n_players] * 4
    assert_whole(figure, chart, language)


def test_a_waterfall_of_single_levers_has_no_room_in_one_column(nine: Study, levers: Coalitions) -> None:
    """Nine levers with names of many lines would be taller than a page: that is said, and nothing is drawn."""
    table, chart = attribution_table(nine, levers, list(games(nine, levers))), gallery.table_charts()["attribution"]
    with pytest.raises(StudyError, match=r"chart 'attribution': it would be \d+ cm tall .* --width 17"):
        drawn_of(chart, nine, table, "en", style.NARROW_CM)
