"""The table of a Sobol design: the share of each group in the variance of every indicator and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.errors import StudyError
from outputs.sensitivity.designing import Design
from outputs.sensitivity.values import columns
from outputs.store import Study
from outputs.variance import FEWEST_ROWS, shares, split

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 400
COLUMNS = (
    "indicator",
    "definition",
    "unit",
    "year",
    "rows",
    "mean",
    "deviation",
    "group",
    "zh",
    "en",
    "first",
    "first_low",
    "first_high",
    "total",
    "total_low",
    "total_high",
    "first_half",
    "total_half",
)


def sobol_table(study: Study, design: Design, names: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """Sobol indices of the groups for every indicator that varies, at the end of each year.

    Parameters
    ----------
    study : complete; its members are the rows of the design.
    names : group -> its name in Chinese and English.

    Returns
    -------
    One row per indicator, definition, year and group, and one for ``interactions``, which is what the first shares
    leave of one. ``first``: share of the variance that goes if the group were known; ``total``: share that stays if
    all others were. 95 % intervals by a bootstrap over rows; ``_half``: by the first half of the rows alone.

    Raises
    ------
    StudyError : fewer than two rows of the design have finished.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows = []
    for labels, values in columns(study):
        matrix = values.reshape(-1, design.runs_a_row)
        whole: NDArray[np.bool_] = np.asarray(np.isfinite(matrix).all(axis=1))
        if whole.sum() < FEWEST_ROWS:
            raise StudyError(f"study {study.path}: {whole.sum()} whole rows of the design; give more --samples")
        half = matrix[: len(matrix) // 2][whole[: len(matrix) // 2]]
        halves = _half(half, design.names)
        for row in split(matrix[whole], study.definition.seed, design.names, RESAMPLES):
            zh, en = names[str(row["group"])]
            told = {"rows": int(whole.sum()), "zh": zh, "en": en, **halves.get(str(row["group"]), {})}
            rows.append({**labels, **told, **row})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _half(matrix: np.ndarray, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Shares by half of the rows; nothing where these do not vary."""
    if len(matrix) < FEWEST_ROWS or np.ptp(matrix[:, [0, -1]]) == 0.0:
        return {}
    first, total = shares(matrix, np.arange(len(matrix))[:, None])
    return {name: {"first_half": float(first[k, 0]), "total_half": float(total[k, 0])} for k, name in enumerate(names)}


__all__ = ["COLUMNS", "RESAMPLES", "sobol_table"]
