"""The effect of a scenario, shared out among its levers or families: Shapley values, their intervals, interactions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.coalitions import Coalitions
from model.errors import StudyError
from outputs import shapley
from outputs.aggregates import years_of
from outputs.comparing import COST, JOINT, PAYERS, outcomes
from outputs.effects import FALLS, RISES, UNSURE, UNTOUCHED, yearly_cost
from outputs.intervals import band, bounded_interval, mean_interval, paired_chances
from outputs.summary import yearly

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study

FloatArray = NDArray[np.float64]
VALUE, CHANCE = "value", "chance"
"""What is shared out, beside `COST`: the mean of an indicator, the chance that a target's value is attained."""
WHOLE = "all"
"""The player of the row that holds what all of them do together."""
QUANTILES = ("p05", "p50", "p95")
LABELS = ("scenario_zh", "scenario_en", "reference_zh", "reference_en")
GAME = (
    "scenario",
    "reference",
    *LABELS,
    "by",
    "quantity",
    "target",
    "indicator",
    "definition",
    "unit",
    "year",
    "members",
)
SPREAD = ("contribution", "low", "high", *QUANTILES, "rising_share", "falling_share", "sign")
COLUMNS = (*GAME, "pairs", "player", "family", "base", "without", "with", *SPREAD, "of_whole", "alone", "last")
PAIR_COLUMNS = (*GAME, "one", "other", *SPREAD)


@dataclass(frozen=True, eq=False)
class Game:
    """One quantity under every coalition."""

    labels: dict[str, str]
    """Quantity, target, indicator, definition and unit."""
    runs: FloatArray
    """(n_coalitions, n_members, n_years), nobody first and everybody last."""
    base: float = math.nan
    """Mean at the end of 2020, which no lever changes."""

    @property
    def is_chance(self) -> bool:
        """Whether a member's value is 0 or 1, and its shares lie between -1 and 1."""
        return self.labels["quantity"] == CHANCE


def attribution_table(study: Study, game: Coalitions, found: Sequence[Game]) -> pd.DataFrame:
    """Share out the move of every target, of every chance and of cost.

    Parameters
    ----------
    study : complete, of the paths of ``game``.
    found : what is shared out, from `games`.

    Returns
    -------
    One row per quantity, definition, year and player, and one for the whole. ``contribution`` is the mean Shapley value
    over members, with its 95 % interval (`share_interval`); quantiles are over members; ``of_whole`` is its part of the
    whole, where the whole can be told from zero; ``alone`` is what the player does by itself, ``last`` what is lost
    when it alone is left out. ``pairs`` counts the pairs of orders that were drawn, 0 where all coalitions are run.

    Raises
    ------
    StudyError : parts and whole differ by more than 1e-9.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    n = len(game.players)
    weights = shapley.exact_weights(n) if game.exact else shapley.order_weights(game.masks, n, game.orders)
    rows: list[dict[str, Any]] = []
    for one in found:
        shares = shapley.weighed(weights, one.runs)
        shapley.check_sum(shares, one.runs, " ".join(one.labels.values()))
        for place, year in enumerate(years_of(study)):
            labels = _labels(game, one, year) | {"pairs": 0 if game.exact else len(weights)}
            rows += _rows(game, one, place, shares[..., place], labels)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def interaction_table(study: Study, game: Coalitions, found: Sequence[Game]) -> pd.DataFrame:
    """Interaction of every pair of players: above zero they do more together than apart, below it they overlap.

    Returns
    -------
    One row per quantity, definition, year and pair, with intervals as in `attribution_table`; none where orders were
    drawn, because interactions need coalitions that are not run then.
    """
    import pandas as pd  # noqa: PLC0415

    rows: list[dict[str, Any]] = []
    pairs, weights = shapley.interaction_weights(len(game.players)) if game.exact else ([], np.zeros((0, 0)))
    for one in found if pairs else ():
        shares = shapley.weighed(weights, one.runs)
        for place, year in enumerate(years_of(study)):
            for (i, j), share in zip(pairs, shares[:, :, place], strict=True):
                names = {"one": game.players[i].player_id, "other": game.players[j].player_id}
                rows.append(_labels(game, one, year) | names | spread(share[None], bounded=one.is_chance))
    return pd.DataFrame(rows, columns=list(PAIR_COLUMNS))


def games(study: Study, game: Coalitions) -> Iterator[Game]:
    """Every quantity that is shared out: indicators of targets, chances under every definition, joint chance, cost.

    Raises
    ------
    StudyError : no member has finished under all coalitions.
    """
    members = members_of_all(study, game)
    values: dict[tuple[str, str], FloatArray] = {}
    targets = outcomes(study)
    for info in study.definition.indicators:
        if info.indicator in {target.indicator for target in targets}:
            found = yearly(study, info.indicator, info.definition)
            whole = np.stack([found[path.scenario_id][members[path.scenario_id]] for path in game.paths])
            values[info.indicator, info.definition] = whole[:, :, 1:]
            labels = {"quantity": VALUE, "target": "", "indicator": info.indicator}
            labels |= {"definition": info.definition, "unit": info.unit}
            yield Game(labels, whole[:, :, 1:], float(whole[0, :, 0].mean()))
    joint = np.ones(next(iter(values.values())).shape) if values else np.ones((0, 0, 0))
    first = game.paths[0].scenario_id
    for target in targets:
        for definition in study.definition.definitions_of(target.indicator):
            met = np.vectorize(target.met_by, otypes=[float])(values[target.indicator, definition])
            labels = {"quantity": CHANCE, "target": target.target_id, "indicator": target.indicator}
            yield Game(labels | {"definition": definition, "unit": "share"}, met)
            if target in study.definition.headline and definition == study.definition.reported_definition(
                first, target
            ):
                joint = joint * met
    if study.definition.headline:
        labels = {"quantity": CHANCE, "target": JOINT, "indicator": "", "definition": "", "unit": "share"}
        yield Game(labels, joint)
    yearly_yuan = yearly_cost(study)
    costs = np.stack([yearly_yuan[path.scenario_id][members[path.scenario_id]] for path in game.paths]).cumsum(axis=2)
    for place, payer in enumerate(PAYERS):
        labels = {"quantity": COST, "target": "", "indicator": "", "definition": payer, "unit": "yuan"}
        yield Game(labels, costs[..., place])


def members_of_all(study: Study, game: Coalitions) -> dict[str, NDArray[np.intp]]:
    """Rows, in each scenario's results, of the members that finished under every coalition.

    Raises
    ------
    StudyError : there is none.
    """
    finished = {path.scenario_id: study.finished_members(path.scenario_id) for path in game.paths}
    common = sorted(set.intersection(*map(set, finished.values())))
    if not common:
        raise StudyError(f"study {study.path}: no member has finished under all {len(game.paths)} coalitions")
    return {name: np.searchsorted(ids, common).astype(np.intp) for name, ids in finished.items()}


def share_interval(shares: FloatArray, *, bounded: bool, level: float = 0.95) -> tuple[float, float]:
    """Bound a mean share.

    Parameters
    ----------
    shares : (n_samples, n_members) of one player; one sample where all coalitions are run.
    bounded : shares of a chance, between -1 and 1 and mostly zero: Agresti and Min's interval in place of Student's.

    Notes
    -----
    Members and drawn pairs of orders are crossed, so their two half-widths are added in squares. What both do together
    is counted in each, so the interval is rather too wide.
    """
    low, high = (bounded_interval if bounded else mean_interval)(shares.mean(axis=0), level)
    if len(shares) == 1 or not shares.any():
        return low, high
    # Two pairs at least are drawn, so this is finite.
    edge = mean_interval(shares.mean(axis=1), level)
    of_orders, mean = (edge[1] - edge[0]) / 2, float(shares.mean())
    reach = [mean - low, high - mean]
    ends = mean - math.hypot(reach[0], of_orders), mean + math.hypot(reach[1], of_orders)
    return (max(ends[0], -1.0), min(ends[1], 1.0)) if bounded else ends


def spread(shares: FloatArray, *, bounded: bool, ends: tuple[float, float] | None = None) -> dict[str, Any]:
    """Summarise one player's shares, (n_samples, n_members); ``ends`` are those of an interval that is known."""
    low, high = ends or share_interval(shares, bounded=bounded)
    mean = shares.mean(axis=0)
    quantiles = band(mean)
    sign = RISES if low > 0.0 else FALLS if high < 0.0 else UNSURE
    return {
        "contribution": quantiles["mean"],
        "low": low,
        "high": high,
        **{name: quantiles[name] for name in QUANTILES},
        "rising_share": float(np.mean(mean > 0.0)),
        "falling_share": float(np.mean(mean < 0.0)),
        "sign": sign if shares.any() else UNTOUCHED,
    }


def _labels(game: Coalitions, one: Game, year: int) -> dict[str, Any]:
    ids = {"scenario": game.whole.scenario_id, "reference": game.reference.scenario_id, "by": game.by}
    sides = (game.whole, game.reference)
    ids |= dict(zip(LABELS, (label for side in sides for label in (side.label_zh, side.label_en)), strict=True))
    return ids | one.labels | {"year": year, "members": one.runs.shape[1]}


def _rows(game: Coalitions, one: Game, place: int, shares: FloatArray, labels: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of one quantity and year: (n_samples, n_players, n_members) shares, then the whole."""
    values = one.runs[:, :, place]
    moves = values - values[0]
    at = {mask: row for row, mask in enumerate(game.masks)}
    levels = {"base": one.base, "without": float(values[0].mean()), "with": float(values[-1].mean())}
    total = spread(moves[-1][None], bounded=False, ends=_whole_interval(one, values))
    if moves.any() and total["sign"] == UNTOUCHED:
        total["sign"] = UNSURE  # all together move nobody, but some of the coalitions between do
    known = total["sign"] in {RISES, FALLS}
    rows = []
    for k, player in enumerate(game.players):
        found = spread(shares[:, k], bounded=one.is_chance)
        rows.append(
            labels
            | {"player": player.player_id, "family": player.family}
            | levels
            | found
            | {
                "of_whole": found["contribution"] / total["contribution"] if known else math.nan,
                "alone": float(moves[at[1 << k]].mean()),
                "last": float((moves[-1] - moves[at[game.masks[-1] ^ (1 << k)]]).mean()),
            }
        )
    return [
        *rows,
        labels | {"player": WHOLE, "family": WHOLE} | levels | total | {"of_whole": 1.0 if known else math.nan},
    ]


def _whole_interval(one: Game, values: FloatArray) -> tuple[float, float]:
    """Interval of the whole: that of `compare`."""
    if not one.is_chance:
        return mean_interval(values[-1] - values[0])
    without, by_all = values[0] > 0.5, values[-1] > 0.5
    counts = [int(np.sum(mask)) for mask in (by_all & ~without, without & ~by_all, by_all & without)]
    found = paired_chances(counts[0], counts[1], counts[2], len(without))
    return found["low"], found["high"]


__all__ = ["CHANCE", "VALUE", "WHOLE", "Game", "attribution_table", "games", "interaction_table"]
