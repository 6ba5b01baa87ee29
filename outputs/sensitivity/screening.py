"""The table of a Morris screen: what each factor alone moves, of every indicator and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING

import numpy as np

from model import morris
from model.errors import StudyError
from model.factors import LUCK
from outputs.sensitivity.designing import Design
from outputs.sensitivity.values import FloatArray, columns
from outputs.store import Study

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "indicator",
    "definition",
    "unit",
    "year",
    "trajectories",
    "factor",
    "group",
    "zh",
    "en",
    "mu",
    "mu_star",
    "mu_star_error",
    "sigma",
    "mu_star_half",
)


def screen_table(study: Study, design: Design) -> pd.DataFrame:
    """Elementary effects on every indicator that varies, at the end of each year.

    Parameters
    ----------
    study : complete; its members are the rows of the design.

    Returns
    -------
    One row per indicator, definition, year and factor that moves it at all, in the unit of the indicator: the change
    as the factor crosses from its 5 % to its 95 % quantile, or as luck is drawn anew, which has no direction and so no
    ``mu``. ``mu`` is the mean over trajectories, ``mu_star`` that of
    absolute changes with half its 95 % bootstrap interval ``mu_star_error``, ``sigma`` the deviation (interactions and
    curvature), ``mu_star_half`` that of the first half of the trajectories. The strongest of each first.

    Raises
    ------
    StudyError : in every trajectory a run has failed.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    names = [factor.name for factor in design.factors]
    rows = []
    for labels, values in columns(study):
        try:
            usable = morris.whole(values, len(names))
        except ValueError as error:
            raise StudyError(f"study {study.path}: {error}") from None
        found = _as_told(morris.effects(names, design.rows, values), design)
        half = _as_told(_half(names, design.rows, values, usable), design)
        order = [place for place in np.argsort(-found.mu_star, kind="stable") if found.mu_star[place] > 0.0]
        for place in order:
            factor = design.factors[place]
            rows.append(
                {
                    **labels,
                    "trajectories": int(usable.sum()),
                    "factor": factor.name,
                    "group": factor.group,
                    "zh": factor.zh,
                    "en": factor.en,
                    "mu": found.mu[place],
                    "mu_star": found.mu_star[place],
                    "mu_star_error": found.mu_star_error[place],
                    "sigma": found.sigma[place],
                    "mu_star_half": half.mu_star[place],
                }
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def strongest(table: pd.DataFrame, wanted: Sequence[tuple[str, str]], n: int) -> list[str]:
    """Factors that matter most for some indicators in the last year, luck aside.

    Parameters
    ----------
    wanted : (indicator, definition) of each.
    n : how many; they are taken in turn, the strongest of each indicator first.
    """
    last = table[(table["year"] == table["year"].max()) & (table["factor"] != "luck")]
    lists = [
        list(last.loc[(last["indicator"] == one) & (last["definition"].fillna("") == other), "factor"])
        for one, other in wanted
    ]
    turns = [mine[place] for place in range(max(map(len, lists), default=0)) for mine in lists if place < len(mine)]
    return list(dict.fromkeys(turns))[:n]


def _as_told(found: morris.Effects, design: Design) -> morris.Effects:
    """Effects of luck as those of one other draw: it has no range for a step to be a part of, and no direction."""
    luck = np.array([factor.name == LUCK for factor in design.factors])
    mu, star, error, sigma = (np.where(luck, morris.STEP * column, column) for column in astuple(found))
    return morris.Effects(np.where(luck, np.nan, mu), star, error, sigma)


def _half(names: Sequence[str], rows: FloatArray, values: FloatArray, usable: np.ndarray) -> morris.Effects:
    """Effects by the first half of the usable trajectories; not a number where there is but one."""
    kept = np.flatnonzero(usable)[: usable.sum() // 2]
    if not len(kept):
        return morris.Effects(*np.full((4, len(names)), np.nan))
    length = len(names) + 1
    at = (kept[:, None] * length + np.arange(length)).ravel()
    return morris.effects(names, rows[at], values[at])


__all__ = ["COLUMNS", "screen_table", "strongest"]
