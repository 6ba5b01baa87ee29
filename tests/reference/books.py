"""The books of one quarter: who came, went, paid and received, by account and place."""

from __future__ import annotations

from collections import defaultdict

EVENTS = (
    "graduates_settled",
    "seniors_settled",
    "firms_certified",
    "candidates_unmatched",
    "slots_capped",
    "teams_founded",
    "referrals_paid",
    "postdocs_arrived",
    "park_firms_attracted",
)


class Books:
    """Postings of one quarter, each a number under its account and cells."""

    def __init__(self) -> None:
        """Open empty."""
        self.talents: defaultdict[tuple[str, int, int], int] = defaultdict(int)
        """Persons by account, city and tier."""
        self.firms: defaultdict[tuple[str, int, int], int] = defaultdict(int)
        """Firms by account, city and rung."""
        self.patents: defaultdict[tuple[str, int], float] = defaultdict(float)
        self.capital: defaultdict[tuple[str, int], float] = defaultdict(float)
        self.flows: dict[str, defaultdict[tuple[int, int], float]] = {
            kind: defaultdict(float) for kind in ("talents", "firms", "capital")
        }
        """By kind, origin and destination."""
        self.events = dict.fromkeys(EVENTS, 0.0)

    def pay(self, origin: int, destination: int, yuan: float) -> None:
        """Move money from one place to another."""
        self.flows["capital"][origin, destination] += yuan
