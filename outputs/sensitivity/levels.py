"""Lever-by-lever grids: each lever alone at some levels, the others as in a scenario, under the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.policy import PolicyPath, replace
from outputs.comparing import choose, difference_table
from outputs.store import Study

if TYPE_CHECKING:
    import pandas as pd

AT = "@"
"""Between lever and share in the id of a scenario."""


def level_paths(
    path: PolicyPath, between: tuple[PolicyPath, PolicyPath], lever_ids: Sequence[str], n_levels: int
) -> tuple[PolicyPath, ...]:
    """The scenario, then each lever alone at levels from one scenario's to another's, both ends included.

    A level at which the scenario has the lever anyway is left out: its effect is zero by design.
    """
    low, high = between
    found = [path]
    for place, lever in enumerate(path.levers):
        if lever.lever_id not in lever_ids:
            continue
        for share in np.linspace(0.0, 1.0, n_levels):
            intensity = path.intensity.copy()
            intensity[place] = low.intensity[place] + share * (high.intensity[place] - low.intensity[place])
            if np.allclose(intensity[place], path.intensity[place], rtol=1e-12, atol=0.0):
                continue
            intensity.setflags(write=False)
            level = f"{intensity[place, -1]:.6g}"
            found.append(
                replace(
                    path,
                    scenario_id=f"{lever.lever_id}{AT}{share:.6g}",
                    label_zh=f"{path.label_zh}；{lever.name_zh}：{level}",
                    label_en=f"{path.label_en}; {lever.name_en}: {level}",
                    intensity=intensity,
                )
            )
    return tuple(found)


def level_table(study: Study) -> pd.DataFrame:
    """Paired differences of each level to the scenario, with the lever, its level and its names.

    Returns
    -------
    The rows of `outputs.comparing.difference_table`, and ``lever``, ``share`` of the way from the lowest to the highest
    level, ``level`` and ``reference_level`` (in the last quarter, in ``lever_unit``), ``zh`` and ``en``.
    """
    table = difference_table(choose(study, None, None, anyway=False)).drop(columns="differs")
    parts = table["scenario"].str.split(AT, expand=True)
    lever, share = parts[0], parts[1].astype(float)
    known = {entry.lever_id: entry for entry in study.definition.levers}
    paths = {entry.scenario_id: entry.intensities for entry in study.definition.scenarios}
    usual = paths[study.definition.scenarios[0].scenario_id]
    return table.assign(
        lever=lever,
        share=share,
        level=[paths[scenario][name][-1] for scenario, name in zip(table["scenario"], lever, strict=True)],
        reference_level=[usual[name][-1] for name in lever],
        lever_unit=[known[name].unit for name in lever],
        zh=[known[name].name_zh for name in lever],
        en=[known[name].name_en for name in lever],
    )


__all__ = ["level_paths", "level_table"]
