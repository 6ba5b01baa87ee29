"""The eleven calls of a quarter, one file each; closing, births and moves are files of their own under demography.

Each takes the economy, computes with the rules of the other packages, and assigns. Beside `economy.py` and the
tables' own methods these files alone decide what is written to the state: most rules are pure, and one that says *in
place* changes only the columns that it is handed here.
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
