"""The eleven calls of a quarter, one file each; closing, births and moves are files of their own under demography.

Each takes the economy, computes with the pure rules of the other packages, and assigns. Beside `economy.py` and the
tables' own methods these files are the only places that write to the state.
"""

from model.quarter import (
    accounts,
    arrivals,
    capital,
    demography,
    indicators,
    labour,
    ladder,
    outside,
    plans,
    policy,
    production,
)

__all__ = [
    "accounts",
    "arrivals",
    "capital",
    "demography",
    "indicators",
    "labour",
    "ladder",
    "outside",
    "plans",
    "policy",
    "production",
]
