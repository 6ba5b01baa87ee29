"""The parts of each headline move: sums of the district's firms after each stage of a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.reference.region import Region

STAGES = ("growth", "certificates", "threshold", "exit", "entry", "moves")
RD_SUMS = ("rd_home", "rd_nonbusiness", "rd_institutes", "rd_vouchers", "rd_displaced", "rd_enclave_booked")


def mark(region: Region, stage: str) -> None:
    """Note R&D at home, high-tech and all above-scale output of the own level, and relabelled R&D."""
    rd = high = counted = relabelled = 0.0
    for firm in region.firms:
        if firm.city != 0:
            continue
        rd += firm.rd
        relabelled += firm.rd * (1.0 - firm.rd_real_share)
        if firm.site == 0 and firm.above_scale and firm.industry:
            counted += firm.value_added
            if firm.catalogue or firm.certified:
                high += firm.value_added
    region.stages[stage] = rd, high, counted, relabelled


def open_headlines(region: Region) -> None:
    """What the first quarter is compared with."""
    region.before, region.trailing = _headline(region), _trailing(region)


def _headline(region: Region) -> dict[str, float]:
    """Flows of this quarter that the next is compared with."""
    return {name: region.flows[name][-1] for name in ("gdp", *RD_SUMS)}


def _trailing(region: Region) -> tuple[float, float]:
    """R&D intensity and high-tech share over four quarters, percent."""
    over = {name: sum(flows[-4:]) for name, flows in region.flows.items()}
    rd = 100.0 * over["rd_booked"] / over["gdp"]
    return rd, 100.0 * over["hightech_own_level"] / over["above_scale_own_level"]


def decompose(region: Region) -> None:
    """Split the moves of the quarter; what averaging over four quarters adds is a part of its own."""
    trailing = _trailing(region)
    _talents(region)
    rd, share = _rd(region), _share(region)
    region.parts["rd_intensity", "averaging"].append(trailing[0] - region.trailing[0] - rd)
    region.parts["hightech_share", "averaging"].append(trailing[1] - region.trailing[1] - share)
    region.trailing, region.before = trailing, _headline(region)
    region.stages["opening"] = region.stages["moves"]


def _talents(region: Region) -> None:
    """Persons of the district by account."""
    posted = region.books.talents
    persons = {
        account: float(sum(posted[account, 0, tier] for tier in range(5)))
        for account in ("arrivals", "graduates", "qualified", "moves_in", "moves_out", "departures", "retirements")
    }
    for part in ("arrivals", "graduates", "qualified", "moves_in"):
        region.parts["talent_total", part].append(persons[part])
    region.parts["talent_total", "moves_out"].append(-persons["moves_out"] - persons["departures"])
    region.parts["talent_total", "retirements"].append(-persons["retirements"])


def _rd(region: Region) -> float:
    """R&D over GDP of the quarter by cause, percentage points; returns their sum."""
    now, before, stages = _headline(region), region.before, region.stages
    per_gdp, parts = 100.0 / now["gdp"], {}
    last = "opening"
    for stage in ("intensity", *STAGES):
        parts[stage] = (stages[stage][0] - stages[last][0]) * per_gdp
        last = stage
    # Of what certification adds to reported R&D, part is cost under another name.
    parts["relabelling"] = (stages["certificates"][3] - stages["growth"][3]) * per_gdp
    parts["certificates"] -= parts["relabelling"]
    for name in ("nonbusiness", "institutes", "vouchers", "enclave_booked"):
        parts[name] = (now[f"rd_{name}"] - before[f"rd_{name}"]) * per_gdp
    parts["displaced"] = (before["rd_displaced"] - now["rd_displaced"]) * per_gdp
    total_before = sum(before[name] for name in RD_SUMS) - 2.0 * before["rd_displaced"]
    parts["gdp"] = total_before * (per_gdp - 100.0 / before["gdp"])
    for part, points in parts.items():
        region.parts["rd_intensity", part].append(points)
    return sum(parts.values())


def _share(region: Region) -> float:
    """High-tech share of the quarter by cause, percentage points; returns their sum."""
    stages, total, last = region.stages, 0.0, "opening"
    for stage in STAGES:
        _, high_before, all_before, _ = stages[last]
        _, high, everything, _ = stages[stage]
        points = 100.0 * (high / everything - high_before / all_before)
        region.parts["hightech_share", stage].append(points)
        total += points
        last = stage
    return total
