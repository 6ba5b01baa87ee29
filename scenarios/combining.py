"""Laying scenario files over one another: a child over its base, and several files side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from scenarios.reading import Loc, ScenarioFile
from scenarios.schema import PLAN_YEAR, Scenario

Chain = tuple[ScenarioFile, ...]
"""A scenario file after all its ancestors, the first of them in front."""


_ALONE = ("delay_quarters", "rivals", "ladder", "switch_off")
"""Fields with one value each, which a child replaces whole."""


def lay_over(parent: Scenario, child: Scenario) -> Scenario:
    """Lay a child over its parent: what the child sets counts, the rest is the parent's.

    A lever is replaced whole: a child that gives it by year keeps no year of its parent.
    """
    given = child.outside.model_dump(exclude_none=True)
    return child.model_copy(
        update={
            "levers": {**parent.levers, **child.levers},
            "delay_quarters": parent.delay_quarters if child.delay_quarters is None else child.delay_quarters,
            "outside": parent.outside.model_copy(update=given),
            "definitions": {**parent.definitions, **child.definitions},
            "rivals": child.rivals or parent.rivals,
            "ladder": child.ladder or parent.ladder,
            "switch_off": parent.switch_off if child.switch_off is None else child.switch_off,
        }
    )


def merge(chains: Sequence[Chain]) -> Scenario:
    """Lay all files of all chains over one another, each once and each after its ancestors."""
    files = list(dict.fromkeys(file.path for chain in chains for file in chain))
    contents = {file.path: file.content for chain in chains for file in chain}
    merged = contents[files[0]]
    for path in files[1:]:
        merged = lay_over(merged, contents[path])
    return merged


def conflicts(chains: Sequence[Chain]) -> list[str]:
    """Say where files side by side set the same thing.

    Two chains conflict about a field when each takes it from another file, and neither of the two files inherits
    from the other: then nothing says which of them counts.
    """
    problems: dict[str, None] = {}
    for one, other in combinations(chains, 2):
        mine, theirs = _setters(one), _setters(other)
        for loc in sorted(mine.keys() & theirs.keys()):
            first, second = mine[loc], theirs[loc]
            if all(first.path != file.path for file in other) and all(second.path != file.path for file in one):
                problems[_conflict(loc, first, second)] = None
    return list(problems)


def _conflict(loc: Loc, first: ScenarioFile, second: ScenarioFile) -> str:
    """Name both files and what they both set."""
    what = f"'{'.'.join(loc)}'"
    if loc[0] == "levers":
        years = [file.content.levers[loc[1]].first_year() for file in (first, second)]
        last = max(max(file.content.levers[loc[1]].by_year or [PLAN_YEAR]) for file in (first, second))
        what = f"the lever '{loc[1]}' in the years {max(years)} to {last}"
    return (
        f"{first.place(loc, at_key=True)} and {second.place(loc, at_key=True)} both set {what}; keep it in one of "
        "them, or let one inherit from the other"
    )


def _setters(chain: Chain) -> dict[Loc, ScenarioFile]:
    """For every field that a chain sets, the file whose value counts."""
    return {loc: file for file in chain for loc in _fields(file.content)}


def _fields(content: Scenario) -> Iterator[Loc]:
    """Fields that a file sets itself."""
    yield from (("levers", lever_id) for lever_id in content.levers)
    yield from (("definitions", indicator) for indicator in content.definitions)
    yield from (("outside", name) for name in content.outside.model_dump(exclude_none=True))
    yield from ((name,) for name in _ALONE if getattr(content, name) is not None)
