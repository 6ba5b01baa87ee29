"""Instruments of the plan whose effect the literature knows badly: projects, teams, parks, reform, links."""

from __future__ import annotations

from dataclasses import dataclass

from model.parameters.declare import parameter
from model.priors import Beta, LogNormal, Triangular, TruncNormal, ZeroInflated


@dataclass(frozen=True)
class InstrumentsParameters:
    """Instruments of the plan: projects, teams, parks, reform, links."""

    fly_in_projects: float = parameter(
        12.0,
        "Projects from Shanghai that start in 10 000 m2 of operator-run space in a year.",
        symbol="n_{F}",
        unit="firms/year",
        prior=Triangular(4.0, 12.0, 20.0),
        status="borrowed",
        source="Fudan park at Hangzhou Bay: 20 000 m2, 120 projects in about three years (promotional; levers.csv)",
    )

    project_additional_share: float = parameter(
        0.35,
        "Share of supported projects and teams from outside that would not have come without the support.",
        symbol=r"\omega_{F}",
        unit="share",
        prior=ZeroInflated(0.2, Beta(3.5, 6.5)),
        status="assumed",
        source="no causal estimate for talent plans or operator-run space found (levers.csv); own judgement",
    )

    team_phd_msc_heads: float = parameter(
        3.4,
        "Talents with a doctor's or master's degree who come with a founder team.",
        symbol="H_{T}",
        unit="heads",
        prior=LogNormal(3.4, 0.4),
        status="borrowed",
        source="Fenghua (奉化) 2013 to 2021: 145 teams, more than 500 doctors and masters",
    )

    team_private_capital: float = parameter(
        6e6,
        "Private capital that a founder team brings, yuan.",
        symbol="D_{T}",
        unit="yuan",
        prior=LogNormal(6e6, 0.7),
        status="borrowed",
        source="Fenghua (奉化) 2013 to 2021: 145 teams, 1.0 bn yuan of private capital",
    )

    talent_policy_entry_effect: float = parameter(
        0.05,
        "Rise of new-firm entry with one talent-policy package as large as that of 2020.",
        symbol=r"\beta_{B}",
        unit="log points",
        prior=ZeroInflated(0.2, TruncNormal(0.05, 0.03, 0.0, 0.15)),
        status="borrowed",
        source="HKUST seminar 2024: talent policies raise postings through new firms, posted wages unchanged (sign)",
    )

    referral_additional_share: float = parameter(
        0.35,
        "Share of rewarded referrals who would not have come without the reward.",
        symbol=r"\omega_{Q}",
        unit="share",
        prior=ZeroInflated(0.25, Beta(3.5, 6.5)),
        status="assumed",
        source="no causal estimate found (levers.csv); own judgement",
    )

    hr_integration_effect: float = parameter(
        0.1,
        "Rise of moves between the focal district and the other cities when labour markets are fully integrated.",
        symbol=r"\beta_{M}",
        unit="log points",
        prior=ZeroInflated(0.25, Triangular(0.0, 0.1, 0.3)),
        status="assumed",
        source="hukou restrictions bind vocational graduates most (levers.csv), so little for talents; own judgement",
    )

    expert_team_effect: float = parameter(
        0.03,
        "Rise of the knowledge that a firm's R&D makes while an expert team is engaged part-time.",
        symbol=r"\kappa_{X}",
        unit="log points",
        prior=ZeroInflated(0.25, Triangular(0.0, 0.03, 0.1)),
        status="assumed",
        source="post-doc stations raise firms' papers (no size found); nothing numeric for academician stations",
    )

    pilot_firms_per_base: float = parameter(
        20.0,
        "Firms whose development a pilot-test base serves in a year.",
        symbol="n_{P}",
        unit="firms",
        prior=Triangular(8.0, 20.0, 40.0),
        status="assumed",
        source="own judgement",
    )

    pilot_effect: float = parameter(
        0.05,
        "Rise of the knowledge that a firm's R&D makes while a pilot-test base serves it.",
        symbol=r"\kappa_{P}",
        unit="log points",
        prior=ZeroInflated(0.25, Triangular(0.0, 0.05, 0.15)),
        status="assumed",
        source="no causal estimate found (levers.csv); own judgement",
    )

    contract_value_2020: float = parameter(
        2.5e9,
        "Technology contracts that firms of the district bought in 2020, yuan.",
        symbol="D_{C}",
        unit="yuan/year",
        prior=Triangular(1e9, 2.5e9, 5e9),
        status="assumed",
        source="levers.csv assumes about 5 bn of contracts, buyers and sellers together; own judgement",
    )

    contract_price_elasticity: float = parameter(
        1.0,
        "Elasticity of bought technology to its price (absolute value).",
        symbol=r"\varepsilon_{C}",
        unit="abs elasticity",
        prior=TruncNormal(1.0, 0.5, 0.0, 2.0),
        status="borrowed",
        source="contract R&D is more elastic than R&D wages (found); size as for user cost",
    )

    contract_knowledge_share: float = parameter(
        0.3,
        "Share of a contract's value that becomes knowledge of the buyer.",
        symbol=r"\omega_{C}",
        unit="share",
        prior=Beta(3.0, 7.0),
        status="assumed",
        source="contracts hold equipment, services and margins too; own judgement",
    )

    contract_substitution_share: float = parameter(
        0.25,
        "Share of added technology contracts that replaces own R&D.",
        symbol=r"\omega_{O}",
        unit="share",
        prior=Beta(2.5, 7.5),
        status="assumed",
        source="vouchers as a proxy (levers.csv); own judgement",
    )

    roadshow_elasticity: float = parameter(
        0.1,
        "Elasticity to roadshows of landings from Shanghai and of Shanghai funds' deals in the district.",
        symbol=r"\varepsilon_{R}",
        unit="elasticity",
        prior=ZeroInflated(0.25, Triangular(0.0, 0.1, 0.3)),
        status="assumed",
        source="no estimate found (levers.csv); own judgement",
    )

    fin_inst_deal_effect: float = parameter(
        0.01,
        "Rise of venture deals in the district for each financial head office added since 2020.",
        symbol=r"\beta_{D}",
        unit="share",
        prior=ZeroInflated(0.25, Triangular(0.0, 0.01, 0.03)),
        status="assumed",
        source="proximity matters for deals (rail links, levers.csv); nothing numeric for head offices",
    )

    fin_inst_credit_effect: float = parameter(
        0.005,
        "Rise of technology lending in the district for each financial head office added since 2020.",
        symbol=r"\beta_{C}",
        unit="share",
        prior=ZeroInflated(0.25, Triangular(0.0, 0.005, 0.02)),
        status="assumed",
        source="own judgement",
    )

    park_firms_per_million_m2: float = parameter(
        300.0,
        "Firms housed by a million m2 of park space.",
        symbol="n_{Q}",
        unit="firms",
        prior=Triangular(150.0, 300.0, 600.0),
        status="assumed",
        source="own judgement: 2 000 to 6 000 m2 a firm, streets and common space included",
    )

    park_additional_share: float = parameter(
        0.3,
        "Share of added park space that houses activity which would not be in the district otherwise.",
        symbol=r"\omega_{A}",
        unit="share",
        prior=ZeroInflated(0.1, Beta(3.0, 7.0)),
        status="assumed",
        source="the rest moves from elsewhere in the district; own judgement",
    )

    cluster_net_entry_share: float = parameter(
        0.7,
        "Share of a zone's effect due to net entry, the rest being incumbents that scale up.",
        symbol=r"\omega_{N}",
        unit="share",
        prior=Beta(14.0, 6.0),
        status="borrowed",
        source="Lu, Wang and Zhu 2019 AEJ:EP (net entry dominates; share from memory)",
    )

    entry_reform_effect: float = parameter(
        0.03,
        "Entry response to moving the business-environment index from 0.5 to 1.",
        symbol=r"\beta_{E}",
        unit="share",
        prior=TruncNormal(0.03, 0.02, 0.0, 0.08),
        status="borrowed",
        source=(
            "Barwick, Chen, Li and Zhang 2024 CEPR 19439: +25 % for a full registration reform, which the district "
            "made in 2014 to 2019; at most a fifth of it is left (parameters.csv)"
        ),
    )

    exit_reform_effect: float = parameter(
        0.01,
        "Rise of small firms' closing hazard with the same reform.",
        symbol=r"\beta_{X}",
        unit="share",
        prior=TruncNormal(0.01, 0.006, 0.0, 0.025),
        status="borrowed",
        source="same study: +8.7 % exit for a full reform; at most a fifth of it is left",
    )

    approval_reform_growth: float = parameter(
        0.005,
        "Growth of firms' value added when operating approvals go, over the same move of the index.",
        symbol=r"\beta_{A}",
        unit="log points",
        prior=TruncNormal(0.005, 0.003, 0.0, 0.012),
        status="borrowed",
        source="财经研究 (SHUFE): +3 % for removing operating approvals; at most a fifth of it is left",
    )

    digital_effect: float = parameter(
        0.02,
        "Gain in value added from full digital infrastructure, adopted as stations are built.",
        symbol=r"\beta_{G}",
        unit="log points",
        prior=ZeroInflated(0.25, TruncNormal(0.02, 0.012, 0.0, 0.06)),
        status="borrowed",
        source="Broadband China +4.1 %, not robust and weaker in manufacturing, so a quarter at zero (parameters.csv)",
    )

    rival_answer_share: float = parameter(
        0.5,
        "Share of what the district adds to its talent and capital policy that a rival city answers with.",
        symbol=r"\alpha_{R}",
        unit="share",
        prior=Beta(4.0, 4.0),
        status="assumed",
        source="neighbouring districts copy talent policies (levers.csv, caps of 北仑); size is own judgement",
    )

    rival_answer_speed: float = parameter(
        0.5,
        "Share of the gap to its answer that a rival closes in a year.",
        symbol=r"\eta_{R}",
        unit="1/year",
        prior=Beta(5.0, 5.0),
        status="assumed",
        source="own judgement: budgets are yearly",
    )

    champion_hazard: float = parameter(
        0.01,
        "Yearly hazard that a certified above-scale firm becomes a champion.",
        symbol="h_{P}",
        unit="1/year",
        prior=Triangular(0.003, 0.01, 0.025),
        status="assumed",
        source="own judgement; champions lose the title at the rate that keeps their number at the policy of 2020",
    )
