"""Capital: venture funds and bank lending."""

from __future__ import annotations

from dataclasses import dataclass

from model.parameters.declare import parameter
from model.priors import Beta, LogNormal, Triangular, TruncNormal, ZeroInflated


@dataclass(frozen=True)
class CapitalParameters:
    """Capital: venture funds and bank lending."""

    vc_productivity_effect: float = parameter(
        0.1,
        "Gain in labour productivity/profitability after VC entry.",
        symbol=r"\beta_{V}",
        unit="log points",
        prior=TruncNormal(0.1, 0.06, 0.0, 0.3),
        status="borrowed",
        source="Guo & Jiang 2013 JCF (productivity and ROS/ROE magnified) [found(sign)+memory(size)]",
    )

    vc_growth_effect: float = parameter(
        0.02,
        "Extra yearly sales growth after VC entry (China).",
        symbol="g_{V}",
        unit="1/year",
        prior=ZeroInflated(0.4, TruncNormal(0.04, 0.03, 0.0, 0.12)),
        status="borrowed",
        source=(
            "Guo & Jiang 2013: NO magnified sales growth or R&D; Canada 2013: growth over 5 y, R&D "
            "only first year; selection explains most of raw gap"
        ),
    )

    angel_private_leverage: float = parameter(
        5.0,
        "Private yuan per public angel yuan.",
        symbol=r"\ell_{A}",
        unit="ratio",
        prior=LogNormal(5.0, 0.4),
        status="borrowed",
        source=(
            "Ningbo angel fund phase 1: 2.153bn / 0.2bn, 215 firms in 5 y (official claim); gross, "
            "cumulative, includes later rounds; haircut"
        ),
    )

    guidance_fund_realisation: float = parameter(
        0.45,
        "Share of announced fund size actually raised.",
        symbol=r"\omega_{G}",
        unit="share",
        prior=Beta(4.0, 5.0),
        status="borrowed",
        source="Wei,Ang & Jia 2023: 26% of funds had met target by 2021",
    )

    risk_pool_multiple: float = parameter(
        6.0,
        "Loans supported per yuan of pool (stock).",
        symbol="m_{P}",
        unit="ratio",
        prior=Triangular(3.0, 6.0, 10.0),
        status="borrowed",
        source="镇海 150M pool, >800M cumulative",
    )

    vc_deal_size: float = parameter(
        3000000.0,
        "Money of one venture deal with a start-up, yuan.",
        symbol="D_{V}",
        unit="yuan",
        prior=LogNormal(3e6, 0.4),
        status="borrowed",
        source=(
            "Ningbo angel fund phase 1: 0.93 m public a firm and 2.153 bn private over 215 firms, later rounds included"
        ),
    )

    exit_horizon: float = parameter(
        6.0,
        "Years from investment to exit of a venture fund.",
        symbol="T_{X}",
        unit="years",
        prior=TruncNormal(6.0, 1.0, 4.0, 9.0),
        status="assumed",
        source="fund terms of 7 to 10 years; own judgement",
    )

    exit_multiple: float = parameter(
        1.5,
        "Money returned by an exit over money invested, mean over deals.",
        symbol="m_{X}",
        unit="ratio",
        prior=TruncNormal(1.5, 0.4, 0.7, 3.0),
        status="assumed",
        source="own judgement",
    )

    loan_maturity: float = parameter(
        2.0,
        "Mean years of a technology loan.",
        symbol="T_{L}",
        unit="years",
        prior=TruncNormal(2.0, 0.4, 1.0, 3.5),
        status="assumed",
        source="working-capital loans of one to three years",
    )

    loan_default_rate: float = parameter(
        0.025,
        "Yearly default rate of technology loans.",
        symbol="h_{L}",
        unit="1/year",
        prior=Beta(25.0, 975.0),
        status="borrowed",
        source="2 to 3 % of pool loans (levers.csv)",
    )

    pool_loss_share: float = parameter(
        0.4,
        "Share of a bank's loss that the risk pool bears.",
        symbol=r"\omega_{P}",
        unit="share",
        prior=Beta(8.0, 12.0),
        status="borrowed",
        source="levers.csv: 40 %",
    )

    constraint_rd_gap: float = parameter(
        0.15,
        "Log gap between the R&D of a finance-constrained firm and what it wants.",
        symbol=r"\phi_{C}",
        unit="log points",
        prior=TruncNormal(0.15, 0.1, 0.0, 0.4),
        status="assumed",
        source=("large R&D responses come from constrained firms (Dechezlepretre et al. 2023); size by own judgement"),
    )

    credit_served_share: float = parameter(
        0.5,
        "Share of the loans that finance-constrained small firms want that banks gave in 2020.",
        symbol=r"\omega_{L}",
        unit="share",
        prior=Beta(10.0, 10.0),
        status="assumed",
        source="no district figure; rationing of technology SMEs, own judgement",
    )

    loan_size: float = parameter(
        3000000.0,
        "Mean technology loan to a small firm, yuan.",
        symbol="D_{L}",
        unit="yuan",
        prior=LogNormal(3e6, 0.3),
        status="assumed",
        source="own judgement",
    )

    pledge_rd_effect: float = parameter(
        0.04,
        "R&D effect of a loan against pledged patents on a firm that finance limits.",
        symbol=r"\phi_{P}",
        unit="log points",
        prior=TruncNormal(0.04, 0.04, -0.04, 0.15),
        status="borrowed",
        source="Chen Z. 2025 (substantial gain) against a study of 2024 (no change of R&D intensity): sign in doubt",
    )

    follow_on_share: float = parameter(
        0.4,
        "Share of a fund's money for a city that goes to firms which it already holds there.",
        symbol=r"\omega_{V}",
        unit="share",
        prior=Beta(6.0, 9.0),
        status="assumed",
        source="staged finance; own judgement",
    )
