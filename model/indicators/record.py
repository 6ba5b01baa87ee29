"""The record of a run: flows by quarter, indicators, and the exact parts of each headline move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import numba as nb
import numpy as np
from numpy.typing import NDArray

from model.accounts import EVENT_NAMES, FIRM_CLASSES, TALENT_ACCOUNTS, firms_by_class
from model.compiled import RULE
from model.indicators.declare import FLOWS, REGISTRY

if TYPE_CHECKING:
    from model.economy import Economy

FloatArray = NDArray[np.float64]
Reading = TypeVar("Reading")
YEAR = 4


class Record:
    """What a run takes down; it reads the economy and never writes to it."""

    def __init__(self) -> None:
        """Start empty; `open` reads the opening quarter."""
        self.flows: dict[str, list[float]] = {}
        self.values: list[list[float]] = []
        self.parts: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0])
        self.matrices: dict[str, list[FloatArray]] = {}
        self.costs: list[FloatArray] = []
        self.ration: list[float] = [1.0]
        self.events = dict.fromkeys(EVENT_NAMES, 0.0)
        """Events since the end of 2020."""
        self.steps = 0
        self._read: dict[str, Any] = {}
        self._years: dict[str, float] = {}
        self._stages: dict[str, tuple[float, float, float, float]] = {}

    def open(self, economy: Economy) -> None:
        """Tell the four quarters of 2020 and read the opening indicators."""
        self.talent_stock = self.talent_stock_2020 = economy.talents.stock(economy.base.n_cities)
        self.firm_stock = self.firm_stock_now(economy)
        self.uncalled = np.array([fund.uncalled for fund in economy.funds])
        self.cash, _, self.patent_stock = economy.held()
        self.costs.append(economy.cost)
        for name, (reading, pace) in FLOWS.items():
            growth = economy.outside.gdp_growth_2020 + (economy.base.rd_intensity_trend / 4.0 if pace == "rd" else 0.0)
            last = reading(economy)
            self.flows[name] = [last * float(np.exp(-growth * back)) for back in (3, 2, 1, 0)]
        self._sum_years()
        self.matrices = {kind: [matrix] for kind, matrix in economy.books.flows.items()}
        self.values.append([reading(economy) for _, reading in REGISTRY])
        self.mark(economy, "opening")
        self._before = self._headline()
        self._trailing = self._headline_trailing()

    def year(self, name: str) -> float:
        """Sum of a flow over the last four quarters."""
        return self._years[name]

    def firm_stock_now(self, economy: Economy) -> NDArray[np.int64]:
        """(n_cities, n_classes) firms."""
        f = economy.firms
        return np.asarray(
            firms_by_class(f.city, economy.class_before, f.weight, economy.base.n_cities, len(FIRM_CLASSES))
        )

    def mark(self, economy: Economy, stage: str) -> None:
        """Note business R&D, how much of it is relabelled, and the high-tech share's two sums after a stage."""
        f = economy.firms
        self._stages[stage] = _sums(
            economy.quarter,
            f.city,
            f.site,
            f.kind,
            f.above_scale,
            f.certified_until,
            f.value_added,
            f.rd_intensity,
            f.rd_real_share,
        )

    def once(self, name: str, read: Callable[[], Reading]) -> Reading:
        """What several indicators read off the economy, worked out once a quarter."""
        if name not in self._read:
            self._read[name] = read()
        known: Reading = self._read[name]
        return known

    def take(self, economy: Economy) -> None:
        """Take down one quarter."""
        self._read.clear()
        for name, (reading, _) in FLOWS.items():
            self.flows[name].append(reading(economy))
        self._sum_years()
        for name, number in economy.books.events.items():
            self.events[name] += number
        self.costs.append(economy.cost)
        self.ration.append(economy.ration_used)
        for kind, matrix in economy.books.flows.items():
            self.matrices[kind].append(matrix)
        self.values.append([reading(economy) for _, reading in REGISTRY])
        self._decompose(economy)
        self.steps += economy.talents.n + economy.firms.n

    def _sum_years(self) -> None:
        """Add up the last four quarters of every flow."""
        self._years = {name: sum(flow[-YEAR:]) for name, flow in self.flows.items()}

    def _add(self, indicator: str, parts: Mapping[str, float]) -> None:
        """Add one quarter's contributions to an indicator."""
        for part, value in parts.items():
            self.parts[indicator, part].append(value)

    def _headline(self) -> dict[str, float]:
        """Sums of this quarter that the decompositions compare with the next."""
        return {name: self.flows[name][-1] for name in _HEADLINE}

    def _headline_trailing(self) -> tuple[float, float]:
        """R&D intensity and high-tech share over four quarters, percent."""
        rd = 100.0 * self.year("rd_booked") / self.year("gdp")
        return rd, 100.0 * self.year("hightech_own_level") / self.year("above_scale_own_level")

    def _decompose(self, economy: Economy) -> None:
        """Split the quarter's moves; what averaging over four quarters adds is a part of its own, so sums are exact."""
        trailing = self._headline_trailing()
        self._decompose_talents(economy)
        now = self._headline()
        rd = self._decompose_rd(now)
        share = self._decompose_share()
        self._add("rd_intensity", {"averaging": trailing[0] - self._trailing[0] - rd})
        self._add("hightech_share", {"averaging": trailing[1] - self._trailing[1] - share})
        self._trailing, self._before = trailing, now
        self._stages["opening"] = self._stages["moves"]

    def _decompose_talents(self, economy: Economy) -> None:
        """Persons of the focal district by account."""
        books = dict(zip(TALENT_ACCOUNTS, economy.books.talents[:, 0].sum(axis=1).tolist(), strict=True))
        parts = {part: float(books[part]) for part in ("arrivals", "graduates", "qualified", "moves_in")}
        parts["moves_out"] = -float(books["moves_out"] + books["departures"])
        parts["retirements"] = -float(books["retirements"])
        self._add("talent_total", parts)

    def _decompose_rd(self, now: dict[str, float]) -> float:
        """R&D over GDP of the quarter by cause, percentage points; returns their sum."""
        before, stages, per_gdp = self._before, self._stages, 100.0 / now["gdp"]
        order = pairwise(("opening", "intensity", *_STAGES))
        parts = {stage: (stages[stage][0] - stages[last][0]) * per_gdp for last, stage in order}
        # Of what certification adds to reported R&D, part is cost under another name.
        relabelling = (stages["certificates"][3] - stages["growth"][3]) * per_gdp
        parts |= {"certificates": parts["certificates"] - relabelling, "relabelling": relabelling}
        for name in ("rd_nonbusiness", "rd_institutes", "rd_vouchers", "rd_displaced", "rd_enclave_booked"):
            parts[name.removeprefix("rd_")] = (now[name] - before[name]) * per_gdp
        total_before = sum(before[name] for name in _RD_SUMS) - before["rd_displaced"] * 2.0
        parts["displaced"] = -parts["displaced"]
        parts["gdp"] = total_before * (per_gdp - 100.0 / before["gdp"])
        self._add("rd_intensity", parts)
        return sum(parts.values())

    def _decompose_share(self) -> float:
        """High-tech share of the quarter by cause, percentage points; returns their sum."""
        stages, parts = self._stages, {}
        for last, stage in pairwise(("opening", *_STAGES)):
            old, new = stages[last], stages[stage]
            parts[stage] = 100.0 * (new[1] / new[2] - old[1] / old[2])
        self._add("hightech_share", parts)
        return sum(parts.values())


@nb.njit(**RULE)
def _sums(quarter, city, site, kind, above_scale, certified_until, value_added, rd_intensity, real_share):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loop of `Record.mark`: R&D at home, high-tech and all above-scale output, relabelled R&D."""
    rd = high = counted = relabelled = 0.0
    for i in range(city.size):
        if city[i] != 0:
            continue
        here = rd_intensity[i] * value_added[i]
        rd += here
        relabelled += here * (1.0 - real_share[i])
        if above_scale[i] and site[i] == 0 and kind[i] >= 0.0:
            counted += value_added[i]
            high += value_added[i] if (kind[i] > 0.0) | (certified_until[i] >= quarter) else 0.0
    return rd, high, counted, relabelled


_STAGES = ("growth", "certificates", "threshold", "exit", "entry", "moves")
"""Stages of a quarter that move firms' sums, in their order."""
_RD_SUMS = ("rd_home", "rd_nonbusiness", "rd_institutes", "rd_vouchers", "rd_displaced", "rd_enclave_booked")
_HEADLINE = ("gdp", *_RD_SUMS)
