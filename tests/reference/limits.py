"""Limits that a rule sets to a number, each by name, and a note of whether it ever bound and ever did not."""

from __future__ import annotations

from collections import defaultdict

SEEN: defaultdict[str, set[bool]] = defaultdict(set)
"""Name of a limit -> whether it bound, in all that ran since the start of the process."""


def at_most(what: str, value: float, limit: float) -> float:
    """The value, or the limit when the value is above it."""
    binds = value > limit
    SEEN[what].add(binds)
    return limit if binds else value


def at_least(what: str, value: float, limit: float) -> float:
    """The value, or the limit when the value is below it."""
    binds = value < limit
    SEEN[what].add(binds)
    return limit if binds else value
