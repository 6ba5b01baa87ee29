"""Tables of a calibration: what the screen saw, how each fact is met, and what moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from calibration.fitting.evidence import FITTED, Fact
from calibration.fitting.inference import Likelihood, Sample
from calibration.inputs import Input
from model.emulator import Emulator

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]

_CUTS = (0.05, 0.5, 0.95)
_FLAT_SD = 12.0**-0.5
"""Standard deviation of a quantile under the prior."""
MOVED = 0.1
"""Shrinkage of the standard deviation, or shift of the median in quantiles, from which an input counts as moved."""


def screen_table(
    names: Sequence[str], effects: FloatArray, facts: Sequence[Fact], known: Mapping[str, Input], keep: int
) -> pd.DataFrame:
    """Rank inputs by what the fitted facts see of them.

    Parameters
    ----------
    effects : (n_inputs, n_facts) mean absolute elementary effects.
    keep : how many are kept.

    Returns
    -------
    One row an input, the most visible first: ``visibility`` is the root of the sum over fitted facts of the squares of
    effect over error; ``seen_by`` the fact with the largest part.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    parts = effects / np.array([fact.error for fact in facts])
    total = np.sqrt((parts**2).sum(axis=1))
    order = sorted(range(len(names)), key=lambda i: (-total[i], names[i]))
    return pd.DataFrame(
        [
            {
                "input": names[i],
                "zh": known[names[i]].zh,
                "en": known[names[i]].en,
                "kind": known[names[i]].kind,
                "status": known[names[i]].status,
                "visibility": float(total[i]),
                "seen_by": facts[int(parts[i].argmax())].fact if total[i] > 0.0 else "",
                "kept": place < keep and total[i] > 0.0,
                **{f"effect_on_{fact.fact}": float(effects[i, k]) for k, fact in enumerate(facts)},
            }
            for place, i in enumerate(order)
        ]
    )


def fit_table(
    facts: Sequence[Fact], likelihood: Likelihood, luck: FloatArray, sample: Sample, prior: FloatArray
) -> pd.DataFrame:
    """Hold every fact against prior and posterior of what the model says, luck included; reasons for those it cannot.

    Parameters
    ----------
    luck : (n_compared,) standard deviation of one run around the mean over luck, by output of the emulator.
    prior : (n, n_inputs) points of the prior.
    """
    import pandas as pd  # noqa: PLC0415

    emulator: Emulator = likelihood.emulator
    at = {name: column for column, name in enumerate(emulator.outputs)}
    said = {"prior": emulator.predict(prior), "posterior": emulator.predict(sample.cube)}
    rows = []
    for fact in facts:
        row: dict[str, object] = {
            "fact": fact.fact,
            "name_zh": fact.name_zh,
            "name_en": fact.name_en,
            "role": fact.role,
            "unit": fact.observation.unit if fact.observation else "",
            "observed": fact.observation.value if fact.observation else np.nan,
            "standard_error": fact.observation.standard_error if fact.observation else np.nan,
            "weight": fact.weight if fact.role == FITTED else 0.0,
        }
        if fact.fact in at:
            column = at[fact.fact]
            for name, (mean, sd) in said.items():
                width = np.sqrt(sd[:, column] ** 2 + luck[column] ** 2)
                cuts = _mixture_quantiles(mean[:, column], width)
                row |= {f"{name}_p{round(100 * cut):02d}": value for cut, value in zip(_CUTS, cuts, strict=True)}
            total = np.sqrt(said["posterior"][0][:, column].var() + luck[column] ** 2 + fact.error**2)
            row["distance"] = float((said["posterior"][0][:, column].mean() - fact.observation.value) / total)  # type: ignore[union-attr]
        row |= {"scope": fact.scope, "published": fact.published, "published_after_2021": fact.is_published_later}
        rows.append({**row, "reason": fact.reason})
    return pd.DataFrame(rows)


def _mixture_quantiles(mean: FloatArray, width: FloatArray) -> list[float]:
    """5, 50 and 95 % quantiles of an equal mixture of Gaussians, by five points of each."""
    nodes = np.array([-1.2815515655, -0.5244005127, 0.0, 0.5244005127, 1.2815515655])  # deciles 1, 3, 5, 7, 9
    return [float(value) for value in np.quantile(mean[:, None] + width[:, None] * nodes[None, :], _CUTS)]


def moved_table(sample: Sample, names: Sequence[str], known: Mapping[str, Input]) -> pd.DataFrame:
    """Prior against posterior of each kept input.

    Returns
    -------
    Quantiles in the unit of the prior; ``shrinkage`` is one less the ratio of standard deviations in quantiles of the
    prior; ``shift`` the median of the posterior in quantiles less one half; ``partner`` the input it is most
    correlated with in the posterior.
    """
    import pandas as pd  # noqa: PLC0415

    spread, middle = sample.cube.std(axis=0), np.median(sample.cube, axis=0)
    correlation = np.corrcoef(sample.cube.T) if len(names) > 1 else np.ones((1, 1))
    rows = []
    for column, name in enumerate(names):
        item, others = known[name], np.abs(correlation[column]).copy()
        others[column] = -1.0
        partner = int(others.argmax())
        row: dict[str, object] = {"input": name, "zh": item.zh, "en": item.en, "kind": item.kind}
        row |= {"unit": item.unit, "status": item.status}
        for label, cuts in (("prior", _CUTS), ("posterior", np.quantile(sample.cube[:, column], _CUTS))):
            row |= {
                f"{label}_p{round(100 * cut):02d}": item.quantile(float(u)) / item.factor
                for cut, u in zip(_CUTS, cuts, strict=True)
            }
        row |= {f"quantile_p{round(100 * cut):02d}": float(np.quantile(sample.cube[:, column], cut)) for cut in _CUTS}
        shrinkage, shift = 1.0 - float(spread[column]) / _FLAT_SD, float(middle[column]) - 0.5
        row |= {"shrinkage": shrinkage, "shift": shift, "moved": shrinkage >= MOVED or abs(shift) >= MOVED}
        if len(names) > 1:
            row |= {"partner": names[partner], "correlation": float(correlation[column, partner])}
        rows.append(row)
    return pd.DataFrame(rows)


def sample_tables(sample: Sample, names: Sequence[str], known: Mapping[str, Input]) -> dict[str, pd.DataFrame]:
    """The sample twice: ``posterior`` in plain units, ``quantiles`` in quantiles of the priors; a row a draw."""
    import pandas as pd  # noqa: PLC0415

    values = [[known[name].quantile(float(u)) for name, u in zip(names, row, strict=True)] for row in sample.cube]
    return {
        "posterior": pd.DataFrame(values, columns=list(names)),
        "quantiles": pd.DataFrame(sample.cube, columns=list(names)),
    }
