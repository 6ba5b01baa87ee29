"""Vouchers that pay part of test, design and R&D services bought from Shanghai institutes."""

from __future__ import annotations

from dataclasses import replace

from model.policy import Cost, Lever, Policy

YUAN_PER_MILLION = 1e6


def apply(policy: Policy, intensity: float) -> Policy:
    """Turn the sum of innovation vouchers redeemed a year.

    Parameters
    ----------
    policy : the policy of 2020.
    intensity : million yuan redeemed per year; 0 or above.

    Returns
    -------
    The same policy with ``voucher_fund`` = ``intensity * YUAN_PER_MILLION``.
    """
    return replace(policy, voucher_fund=intensity * YUAN_PER_MILLION)


LEVER = Lever(
    lever_id="innovation_voucher",
    family="firms_and_research",
    name_zh="长三角科技创新券通用通兑",
    name_en="Innovation vouchers usable across the delta",
    plan_section="三(二)4;四(一);四(二);表4-1#1",
    unit="million yuan redeemed per year",
    unit_zh="百万元兑付额/年",
    baseline=3.0,
    plan=15.0,
    strong=60.0,
    bounds=(0.0, 90.0),
    lag_quarters=2,
    cost=Cost(
        unit_cost=1_050_000.0,
        low=1_000_000.0,
        high=1_200_000.0,
        basis="intensity",
        recipient="firms",
        paid_by={"district": 0.5, "city": 0.5},
        note=(
            "Per 1M yuan redeemed. Per 1M redeemed + 5% admin. Per-firm cap 0.1-0.5M, co-pay 30-50% (memory; delta "
            "pilot 0.3M/50%). Found: 宁波高新区 pot 10M (2016); 前湾 adds 50k voucher per new district R&D centre "
            "(2022). Split assumed equal: the source names the payers only."
        ),
    ),
    evidence=(
        "Dutch lottery: 8 of 10 vouchers fund projects that would not exist; effect on cooperation once-only; R&D "
        "and employment up slightly, no productivity effect (found). Contract R&D more elastic than R&D wages "
        "(found)"
    ),
    source=(
        "CPB 58/140, IGL blog 2020; chinadaily 2016; zcy.87188718.com 2022. Intensities: all assumed. Found or "
        "from memory: found(effect)+memory(cap); confidence: medium"
    ),
    status="assumed",
    apply=apply,
)
