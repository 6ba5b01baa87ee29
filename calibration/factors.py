"""Every uncertain value as a factor of a sensitivity analysis: its marginal distribution, group and name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from calibration.inputs import Input, inputs
from calibration.tables import DATA_DIR
from model.factors import Factor
from model.parameters import Parameters, declarations
from model.points import Points

if TYPE_CHECKING:
    from model.factors import Kind


def input_factors(posterior: Points | None, to_year: int, data_dir: Path = DATA_DIR) -> tuple[Factor, ...]:
    """Every input that can act by the end of a year.

    Parameters
    ----------
    posterior : sample whose columns take the place of the priors of what they name: each by its own marginal
        distribution, the correlations among them left out. None: priors alone.
    to_year : values of later years do not act and are left out.

    Raises
    ------
    DataError : the tables are broken.
    """
    blocks = {item.name: item.block for item in declarations(Parameters)}
    columns = dict(zip(posterior.names, posterior.rows.T, strict=True)) if posterior else {}
    found = []
    for item in inputs(data_dir).values():
        if acts(item, to_year):
            group = blocks[item.short] if item.kind == "parameters" else item.kind
            kind, marginal = cast("Kind", item.kind), _marginal(item, columns)
            found.append(Factor(item.name, kind, group, item.zh, item.en, item.unit, item.status, marginal))
    return tuple(found)


def largest_correlation(posterior: Points | None) -> float:
    """Largest absolute correlation of two columns of a posterior: what is lost where only marginals are used."""
    if posterior is None or len(posterior.names) < 2:
        return 0.0
    return float(np.abs(np.triu(np.corrcoef(posterior.rows.T), 1)).max())


def acts(item: Input, to_year: int) -> bool:
    """Whether an input can act by the end of a year: a value of a later year does not."""
    year = item.name.rpartition(":")[2]
    return not (item.kind == "outside" and year.isdigit() and int(year) > to_year)


def _marginal(item: Input, columns: Mapping[str, NDArray[np.float64]]) -> Callable[[float], float]:
    """From share to value: by the sample where there is one, else by the prior."""
    return partial(_of_sample, columns[item.name]) if item.name in columns else item.quantile


def _of_sample(values: NDArray[np.float64], share: float) -> float:
    return float(np.quantile(values, share))
