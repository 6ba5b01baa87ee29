"""Which factors move together: groups by name, each factor in one of them at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.errors import UsageError, near_match
from model.factors import LEVER, LUCK, Factor
from model.policy import FAMILIES, Lever

REST = "rest"
"""Group of all factors that no other group holds."""
MOST = 16
"""Groups of a Sobol design: each costs a run a row, and with more of them each share is told less well."""
LEVERS = "levers"
STANDARD = (
    "base",
    "research",
    "firms",
    "talent+transport",
    "capital+carriers",
    "instruments",
    "outside",
    *(f"{LEVERS}:{family}" for family in FAMILIES),
    LUCK,
)
"""Base year, five blocks of parameters, the outside world, six families of levers, and luck."""


def lever_factors(levers: Sequence[Lever]) -> list[Factor]:
    """A factor a lever; its value is the share of the way from one scenario to another."""
    return [
        Factor(
            f"{LEVER}{lever.lever_id}",
            "levers",
            f"{LEVERS}:{lever.family}",
            lever.name_zh,
            lever.name_en,
            lever.unit,
            lever.status,
            float,
        )
        for lever in levers
    ]


def luck_factor() -> Factor:
    """All individual luck at once."""
    return Factor(LUCK, "luck", LUCK, "随机性", "luck", "", "simulated", float)


def grouped(words: Sequence[str], factors: Sequence[Factor]) -> dict[str, tuple[Factor, ...]]:
    """Factors of each group asked for, in the order of the words.

    Parameters
    ----------
    words : each a group, or several joined by ``+``; a group is the name of a factor, of a block of parameters, of a
        kind (``base``, ``parameters``, ``outside``, ``levers``, ``luck``), ``levers:FAMILY``, or ``rest``.

    Raises
    ------
    UsageError : a name is unknown, or a factor is in two groups; all problems at once.
    """
    known: dict[str, list[Factor]] = {}
    for factor in factors:
        for name in dict.fromkeys((factor.kind, factor.group, factor.name)):
            known.setdefault(name, []).append(factor)
    problems, found, taken = [], dict[str, tuple[Factor, ...]](), dict[str, str]()
    for word in dict.fromkeys(words):
        mine: dict[str, Factor] = {}
        for name in word.split("+"):
            if name in known:
                mine |= {factor.name: factor for factor in known[name]}
            elif name != REST:
                problems.append(f"--groups: '{name}' is no group; {_hint(name, known)}")
        both = [name for name in mine if name in taken]
        problems += [f"--groups: {name} is in {taken[name]} and in {word}; a factor has one group" for name in both[:1]]
        taken |= dict.fromkeys(mine, word)
        found[word] = tuple(mine.values())
    if problems:
        raise UsageError(problems)
    left = tuple(factor for factor in factors if factor.name not in taken)
    return {word: mine + left if REST in word.split("+") else mine for word, mine in found.items()}


def too_many(words: Sequence[str]) -> list[str]:
    """Say whether so many groups make no Sobol design."""
    n = len(dict.fromkeys(words))
    return [f"--groups: {n} groups, at most {MOST}; join some with +"] if n > MOST else []


def _hint(name: str, known: Mapping[str, object]) -> str:
    """A near match among all names, or the groups alone, for the factors are hundreds."""
    near = near_match(name, known)
    groups = [group for group in known if ":" not in group or group.startswith(f"{LEVERS}:")]
    return near if near.startswith("did") else f"groups: {', '.join([*groups, REST])}; or the name of a factor"


__all__ = ["LEVERS", "MOST", "REST", "STANDARD", "grouped", "lever_factors", "luck_factor", "too_many"]
