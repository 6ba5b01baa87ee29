"""What of a lever path an outcome can depend on: how much of each lever is felt, and what the path asks of a budget."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.government import Prices
from model.policy import PAYERS, QUARTERS_PER_YEAR, Lever, payer_shares

FloatArray = NDArray[np.float64]
OUTSIDE = ("transport_opening",)
"""Levers that belong to the outside world: no district sets them."""


def chosen_rows(levers: Sequence[Lever]) -> list[int]:
    """Rows of the levers that a district can set."""
    return [row for row, lever in enumerate(levers) if lever.lever_id not in OUTSIDE]


@dataclass(frozen=True, eq=False)
class LeverFeatures:
    """Features of lever paths, of order one; where all levers stay as in 2020 they are zero.

    What a path asks is what the district would pay if its budget reached and as many came for money as under the
    policy of 2020: where that goes over the budget, all levers are rationed, and what is felt is less than what is set.
    """

    levers: tuple[Lever, ...]
    event_costs: FloatArray
    """(n_levers,) yuan a quarter that levers whose cost follows events cost all payers under the policy of 2020."""

    def outcomes(self, intensity: FloatArray) -> FloatArray:
        """Features that outcomes are emulated from.

        Parameters
        ----------
        intensity : (n_paths, n_levers, n_quarters + 1) in the levers' units; column 0 is 2020 Q4.

        Returns
        -------
        (n_paths, 2 n_chosen + 2): for each lever the share of the way from 2020 to its upper bound that is felt, after
        the lever's lag, as a mean over the last four quarters, then over all; then the cost asked in all and last year.
        """
        share, quarters = self._share(intensity), np.arange(np.shape(intensity)[-1])
        then = np.maximum(quarters[None, :] - self._chosen[2], 0)
        felt = np.take_along_axis(share, np.broadcast_to(then, share.shape), axis=-1)
        last = -min(QUARTERS_PER_YEAR, len(quarters) - 1)
        return np.hstack([felt[..., last:].mean(axis=-1), felt[..., 1:].mean(axis=-1), self._asked(intensity)])

    def costs(self, intensity: FloatArray) -> FloatArray:
        """Features that costs are emulated from: (n_paths, n_chosen + 2), the mean share set, and the cost asked."""
        return np.hstack([self._share(intensity)[..., 1:].mean(axis=-1), self._asked(intensity)])

    def _share(self, intensity: FloatArray) -> FloatArray:
        """(n_paths, n_chosen, n_quarters + 1) of the way from 2020 to the upper bound."""
        rows, (base, span, _) = self._rows, self._chosen
        return np.asarray((np.asarray(intensity, float)[:, rows] - base) / span)

    def _asked(self, intensity: FloatArray) -> FloatArray:
        """(n_paths, 2) cost asked of the district in all and in the last year, over the policy of 2020's, less one."""
        path = np.asarray(intensity, float)
        usual = np.broadcast_to(path[:1, :, :1], path[:1].shape)
        asked, least = (self._district(each) for each in (path, usual))
        last = -min(QUARTERS_PER_YEAR, asked.shape[-1])
        whole = asked.sum(axis=-1) / least.sum(axis=-1)
        return np.column_stack([whole, asked[:, last:].sum(axis=-1) / least[:, last:].sum(axis=-1)]) - 1.0

    def _district(self, path: FloatArray) -> FloatArray:
        """(n_paths, n_quarters) yuan."""
        running, free, rise, district = self._prices
        reached = np.maximum.accumulate(path, axis=-1)
        costs = running * path[..., 1:] - free + rise * np.diff(reached, axis=-1)
        return np.asarray(np.einsum("plq,l->pq", costs, district))

    @functools.cached_property
    def _rows(self) -> list[int]:
        return chosen_rows(self.levers)

    @functools.cached_property
    def _chosen(self) -> tuple[FloatArray, FloatArray, NDArray[np.intp]]:
        """Level of 2020, way to the upper bound and lag in quarters of what can be set, (n_chosen, 1) each."""
        levers = [self.levers[row] for row in self._rows]
        base = np.array([lever.baseline for lever in levers])[:, None]
        lags = np.array([lever.lag_quarters for lever in levers], np.intp)[:, None]
        return base, np.array([lever.bounds[1] for lever in levers])[:, None] - base, lags

    @functools.cached_property
    def _prices(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Yuan a quarter a unit, what is free of that, yuan once for a rise, (n_levers, 1) each; district's shares."""
        mean_costs = np.array([(c.low + c.unit_cost + c.high) / 3.0 for c in (lever.cost for lever in self.levers)])
        prices = Prices.of(self.levers, mean_costs)  # the mean of the triangular prior of each
        base = np.array([lever.baseline for lever in self.levers])
        events = self.event_costs / np.where(base > 0.0, base, np.inf)
        district = payer_shares(self.levers)[:, PAYERS.index("district")]
        free = prices.standing * prices.free
        return (prices.standing + events)[:, None], free[:, None], prices.rise[:, None], district


__all__ = ["OUTSIDE", "LeverFeatures", "chosen_rows"]
