"""Scenario files to policy paths: what each lever's intensity is in each quarter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.errors import ScenarioError
from model.policy import Lever, PolicyPath, quarter_of
from scenarios.combining import Chain, conflicts, merge
from scenarios.levers import LEVERS
from scenarios.schema import WORLDS, LeverSetting, Scenario
from scenarios.shelf import Shelf, library_files, spelt_out, split_request


class LibraryEntry(NamedTuple):
    """A scenario of the library."""

    scenario_id: str
    label_zh: str
    label_en: str
    path: Path


def load(names_or_paths: Sequence[str], n_quarters: int) -> list[PolicyPath]:
    """Read scenarios.

    Parameters
    ----------
    names_or_paths : ids of the library or paths of files; parts joined by ``+`` are laid side by side;
        ``only_LEVER`` (``_strong``) is one lever alone, ``each_lever`` (``_strong``) one such scenario for every lever.
    n_quarters : quarters after 2020 Q4, 1 or more; 20 reaches 2025 Q4.

    Returns
    -------
    One path per name, in the order given; ``intensity`` is (n_levers, n_quarters + 1).

    Raises
    ------
    ScenarioError : every problem of every file at once.
    ValueError : ``n_quarters`` is below 1.
    """
    if n_quarters < 1:
        message = f"n_quarters must be 1 or more, not {n_quarters}"
        raise ValueError(message)
    shelf = Shelf()
    requests = [_chains(shelf, split_request(request)) for request in spelt_out(names_or_paths)]
    ids = ["+".join(chain[-1].scenario_id for chain in chains) for chains in requests if chains]
    problems = list(dict.fromkeys([*shelf.problems, *_repeated(ids)]))
    problems += [problem for chains in requests for problem in conflicts(chains)]
    if problems:
        raise ScenarioError(problems)
    return [_path(scenario_id, chains, n_quarters) for scenario_id, chains in zip(ids, requests, strict=True)]


def load_content(content: bytes, name: str, n_quarters: int, language: str = "en") -> PolicyPath:
    """Read a scenario that somebody hands over and that lies nowhere; it may inherit from the library alone.

    Parameters
    ----------
    content : of a YAML file in UTF-8.
    name : what problems call it.
    n_quarters : quarters after 2020 Q4, 1 or more.
    language : in which problems are said, ``zh`` or ``en``.

    Raises
    ------
    ScenarioError : every problem at once.
    """
    shelf = Shelf(language, library_alone=True)
    chain = shelf.chain_of(content, name)
    if shelf.problems:
        raise ScenarioError(list(dict.fromkeys(shelf.problems)))
    return _path(chain[-1].scenario_id, [chain], n_quarters)


def library() -> list[LibraryEntry]:
    """List the scenarios that come with the project, in alphabetical order of their ids.

    Raises
    ------
    ScenarioError : every problem of every file of the library at once.
    """
    shelf = Shelf()
    chains = [shelf.chain(scenario_id) for scenario_id in library_files()]
    if shelf.problems:
        raise ScenarioError(list(dict.fromkeys(shelf.problems)))
    files = [chain[-1] for chain in chains]
    return [LibraryEntry(file.scenario_id, file.content.label.zh, file.content.label.en, file.path) for file in files]


def intensity_by_quarter(
    lever: Lever, setting: LeverSetting | None, n_quarters: int, delay_quarters: int = 0
) -> NDArray[np.float64]:
    """Draw the path of one lever.

    Parameters
    ----------
    lever : its baseline holds until the year before it first moves.
    setting : what the scenario says of it; None leaves it at its baseline.
    n_quarters : quarters after 2020 Q4.
    delay_quarters : quarters by which the whole path comes later.

    Returns
    -------
    (n_quarters + 1,) intensity in the lever's unit; column 0 is 2020 Q4. Straight lines between the ends of the
    years that the scenario names, constant after the last of them.
    """
    quarters = np.maximum(np.arange(n_quarters + 1) - delay_quarters, 0)
    if setting is None:
        return np.full(n_quarters + 1, lever.baseline)
    levels = setting.levels(lever)
    ends = [quarter_of(setting.first_year() - 1), *(quarter_of(year) for year in levels)]
    path: NDArray[np.float64] = np.interp(quarters, ends, [lever.baseline, *levels.values()])
    return path


def _chains(shelf: Shelf, parts: Sequence[str]) -> list[Chain]:
    """Find every part of a request; parts that cannot be used are told by the shelf."""
    chains = [shelf.chain(part.strip()) for part in parts]
    return [chain for chain in chains if chain]


def _repeated(ids: Sequence[str]) -> list[str]:
    """Say which scenarios are asked for twice, alone or within one combination."""
    whole = [name for name in dict.fromkeys(ids) if ids.count(name) > 1]
    inside = [name for joined in ids for name in dict.fromkeys(joined.split("+")) if joined.split("+").count(name) > 1]
    return [f"two scenarios are called '{name}'; ask for one of them, or rename a file" for name in whole + inside]


def _path(scenario_id: str, chains: Sequence[Chain], n_quarters: int) -> PolicyPath:
    """Turn files into the path that the model takes."""
    merged = merge(chains)
    intensity = np.stack([_row(merged, lever, n_quarters) for lever in LEVERS])
    intensity.setflags(write=False)
    return PolicyPath(
        scenario_id=scenario_id,
        label_zh=" + ".join(chain[-1].content.label.zh for chain in chains),
        label_en=" + ".join(chain[-1].content.label.en for chain in chains),
        levers=LEVERS,
        intensity=intensity,
        outside=merged.outside.world or WORLDS[0],
        growth_shift=merged.outside.growth_shift or 0.0,
        rivals_respond=merged.rivals == "respond",
        ladder_held=merged.ladder == "hold",
        transport_slippage_quarters=merged.outside.transport_slippage_quarters or 0,
        definitions=tuple(sorted(merged.definitions.items())),
        switch_off=tuple(merged.switch_off or ()),
    )


def _row(merged: Scenario, lever: Lever, n_quarters: int) -> NDArray[np.float64]:
    """Path of one lever in a merged scenario."""
    return intensity_by_quarter(lever, merged.levers.get(lever.lever_id), n_quarters, merged.delay_quarters or 0)
