"""How rules are compiled: in the first run on a machine, and kept for all later ones."""

from typing import Any, Final

RULE: Final[dict[str, Any]] = {"cache": True, "no_cfunc_wrapper": True}
"""Options of `numba.njit` for all rules. None is called from C, and an entry for that took two seconds to compile.

All rules share them: what numpy brings along would be compiled again for rules with others.
"""
