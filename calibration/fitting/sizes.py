"""Sizes of a calibration, and of a tiny one; importable before anything is installed."""

FULL = {
    "trajectories": 6,
    "points": 256,
    "members": 16,
    "keep": 15,
    "steps": 1500,
    "rows": 2000,
    "recovery": 200,
    "recovery_runs": 20,
}
"""``members`` is the number of runs a point."""
SMOKE = {
    "trajectories": 2,
    "points": 16,
    "members": 2,
    "keep": 3,
    "steps": 40,
    "rows": 60,
    "recovery": 4,
    "recovery_runs": 2,
}
STRIDE = 12
"""A tiny run screens every so many inputs only."""

ENDS = {"members": 40, "screen_members": 1, "keep": 6}
"""Of runs at the ends of priors: how many members each value that is kept runs, how many the screen, and what it keeps.
"""
SMOKE_ENDS = {"members": 3, "screen_members": 1, "keep": 2}
SCREEN_DRAWN = {False: 20, True: 4}
"""Members that the screen runs as drawn, in a full and in a tiny run."""
