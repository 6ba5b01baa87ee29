"""The worlds that between them take every branch of every rule; each is told in one function."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.base import LEADING, SENIOR, Base, FirmColumns, OutsideWorld
from model.parameters import Parameters
from model.policy import PolicyPath
from scenarios.scenario import load
from tests.reference.world import QUARTERS, World, brought_forward, levers_at, member, thinned

OF_TALENTS, OF_FIRMS = 0.02, 0.03
"""Shares of the agents at 1:100 that are kept: some 3 000 talents and 240 firms."""
UNTHINNED = 1.0 / OF_FIRMS
"""Levers cost what they cost in the whole district: for them to act, the budget must be as large too."""
OPENING_EARLIER = 13
"""Quarters by which the early Shanghai link (2025 Q1) is brought forward: it opens in the fourth quarter."""
OUTLOOK_QUARTERS = 22


def strong() -> World:
    """Every lever beyond the plan, at once; rivals answer, a link opens early, and the budget does not reach."""
    drawn = member()
    base = with_champions(replace(_base(), budget_revenue=_base().budget_revenue * 20.0))
    path = levers_at("strong", rivals_respond=True)
    world = brought_forward(drawn.outside["as_happened"], OPENING_EARLIER)
    parameters = replace(drawn.parameters, park_firms_per_million_m2=3000.0, upscale_hazard=0.001)
    zero = {name: 0.1 for name, value in parameters.as_dict().items() if value == 0.0}
    return World("strong", near_threshold(base), replace(parameters, **zero), world, path, drawn.seed)


def withdrawn() -> World:
    """Every lever at the lowest of its bounds, institutes after a short rise; short lags to patents and knowledge."""
    drawn = member()
    parameters = replace(
        drawn.parameters,
        rd_gestation_lag=1.0,
        patent_grant_lag=1.5,
        landing_delay=1.0,
        institute_hiring_years=1.0,
        cluster_net_entry_share=0.0,
        fin_inst_deal_effect=2.0,
        project_additional_share=1.5,
        upscale_hazard=0.05,
    )
    world = brought_forward(drawn.outside["known_2021"], OPENING_EARLIER)
    path = risen_first(levers_at("low"), "univ_institutes")
    return World("withdrawn", near_threshold(_base()), parameters, world, path, drawn.seed)


def held() -> World:
    """No levers at all, the ladder held, demand that slows down, openings that slip, and a rush of senior talents."""
    drawn = member()
    path = PolicyPath(
        "held",
        "",
        "",
        (),
        np.zeros((0, QUARTERS + 1)),
        growth_shift=-2.0,
        transport_slippage_quarters=2,
        ladder_held=True,
    )
    world = brought_forward(drawn.outside["known_2021"], OPENING_EARLIER)
    arrivals = _base().arrivals_elsewhere.copy()
    arrivals[0, [LEADING, SENIOR]] *= 60.0
    return World("held", replace(_base(), arrivals_elsewhere=arrivals), drawn.parameters, world, path, drawn.seed)


def library() -> World:
    """The library's plan with rivals that respond, lags and ramps as they are, past the end of 2025."""
    drawn = member()
    path = load(["rivals_respond"], OUTLOOK_QUARTERS - 2)[0]
    base = replace(_base(), budget_revenue=_base().budget_revenue * UNTHINNED)
    return World("library", base, drawn.parameters, drawn.outside[path.outside], path, drawn.seed)


def sparse() -> World:
    """No Shanghai, no venture money for the district, no small firms to resemble, places that nobody goes to."""
    drawn, base = member(), _base()
    firms = base.firms
    small = (firms.city == 0) & firms.tech_sme & ~firms.above_scale
    rest = (firms.site == 1) & firms.above_scale
    flow, moves, outside_firms = base.fund_investment.copy(), base.talent_moves.copy(), base.nonbusiness_rd.copy()
    flow[:, 0], moves[0, 1], outside_firms[:2] = 0.0, 0.0, 0.0
    services = next(row for row, cluster in enumerate(base.clusters) if not cluster.industry)
    base = replace(
        base,
        cities=("yinzhou", "suzhou", "hangzhou"),
        firms=replace(
            firms,
            rd=np.where(small | rest, 0.0, firms.rd),
            cluster=np.where(small, services, firms.cluster).astype(np.int8),
            tech_sme=firms.tech_sme & (firms.city != 2),
        ),
        fund_investment=flow,
        fund_capital=np.zeros(base.n_cities),
        talent_moves=moves,
        nonbusiness_rd=outside_firms,
        budget_revenue=base.budget_revenue * UNTHINNED,
    )
    parameters = replace(
        drawn.parameters,
        talent_productivity_growth=30.0,
        relocation_hazard=0.9,
        fin_inst_deal_effect=-2.0,
        j2j_rate_skilled=0.001,
        team_phd_msc_heads=0.01,
        exit_hazard_y1=0.7,
        exit_hazard_y2=0.7,
        exit_hazard_y3=0.7,
        exit_hazard_y4_7=0.7,
        exit_hazard_y8p=0.7,
    )
    return World("sparse", base, parameters, drawn.outside["known_2021"], levers_at("strong"), drawn.seed)


def bare() -> World:
    """No small technology firms until larger ones shrink: nobody to resemble or to move; no venture money either."""
    drawn, base = member(), _base()
    base = replace(
        base,
        firms=with_large_services(base.firms),
        fund_investment=np.zeros_like(base.fund_investment),
        qualified=np.zeros_like(base.qualified),
        budget_revenue=base.budget_revenue * UNTHINNED * 10.0,
    )
    # Tenants of carriers grow no faster, yet they survive more often.
    parameters = replace(drawn.parameters, downscale_hazard=0.9, incub_growth_effect=0.0)
    return World("bare", base, parameters, drawn.outside["known_2021"], levers_at("strong"), drawn.seed)


def excessive() -> World:
    """Behaviour far beyond its priors, so that every limit binds; two levers turn one handle; costs are central."""
    drawn, base = member(), with_large_software(with_champions(_base(), one_in=15))
    base = replace(
        base,
        budget_revenue=base.budget_revenue * UNTHINNED * 10.0,
        retirement_rate=0.9,
        technology_loans=base.technology_loans * 1e-4,
        firms=replace(base.firms, constrained=base.firms.constrained | (base.firms.rd == 0.0)),
        fund_capital=base.fund_capital * np.array([0.0, 1.0, 1.0]),
        arrivals_elsewhere=base.arrivals_elsewhere * 5.0,
    )
    parameters = replace(
        Parameters.central(),
        growth_scale_a=1.5,
        exit_size_elast=-2.0,
        exit_hazard_y1=0.8,
        incub_survival_effect=5.0,
        entry_rate=0.6,
        entrant_size_share=2.0,
        champion_hazard=0.9,
        hnte_cert_hazard=0.9,
        award_elast=3.0,
        hnte_loss_hazard=0.9,
        upscale_hazard=0.9,
        downscale_hazard=0.9,
        exit_reform_effect=3.0,
        match_efficiency_china=2.0,
        j2j_rate_skilled=0.9,
        rd_start_hazard=0.9,
        rd_start_intensity=3.0,
        loan_maturity=0.9,
        loan_size=2e5,
        enclave_relocated_share=1.0,
        contract_value_2020=1e11,
        team_phd_msc_heads=100.0,
        hsr_vc_events=0.5,
    )
    path = levers_at("strong", switch_off=("parameters",))
    again = replace(path.levers[0], lever_id="again")
    path = replace(path, levers=(*path.levers, again), intensity=np.vstack([path.intensity, path.intensity[:1] * 1.0]))
    world = _nearer(brought_forward(drawn.outside["known_2021"], OPENING_EARLIER), 0.8)
    return World("excessive", base, parameters, world, path, drawn.seed)


def worlds() -> tuple[World, ...]:
    """All of them."""
    return strong(), withdrawn(), held(), library(), sparse(), bare(), excessive()


def quarters_of(world: World) -> int:
    """Quarters that a world runs: eight, or past 2025 where that is the point."""
    return OUTLOOK_QUARTERS if world.name == "library" else QUARTERS


def _base() -> Base:
    """The thinned base of the first member."""
    return thinned(member().base, OF_TALENTS, OF_FIRMS)


def risen_first(path: PolicyPath, lever_id: str) -> PolicyPath:
    """One lever goes up for three quarters, and down a little in them, before it goes where the path leads."""
    row, intensity = [lever.lever_id for lever in path.levers].index(lever_id), path.intensity.copy()
    intensity[row, 1:4] = path.levers[row].plan, path.levers[row].plan, path.levers[row].plan - 1.0
    return replace(path, intensity=intensity)


def with_champions(base: Base, one_in: int = 3) -> Base:
    """Some above-scale firms are champions: thinning left none."""
    crowned = base.firms.above_scale & (np.cumsum(base.firms.above_scale) % one_in == 0)
    return replace(base, firms=replace(base.firms, champion=crowned))


def with_large_services(firms: FirmColumns) -> FirmColumns:
    """Some services are above scale too; only the district's above-scale firms are technology firms."""
    above_scale = firms.above_scale | (np.arange(len(firms.firm_id)) % 9 == 0)
    return replace(firms, above_scale=above_scale, tech_sme=firms.above_scale & (firms.city == 0))


def near_threshold(base: Base) -> Base:
    """Small firms of the other cities sell not much less than an above-scale firm."""
    firms = base.firms
    near = (firms.city > 0) & ~firms.above_scale
    revenue = np.where(near, 15e6 * firms.weight, firms.revenue)
    value_added = firms.value_added * revenue / firms.revenue
    return replace(base, firms=replace(firms, revenue=revenue, value_added=value_added))


def with_large_software(base: Base) -> Base:
    """Two of the district's software firms sell more than a billion yuan a year, or hardly less; so do Shanghai's."""
    firms, revenue = base.firms, base.firms.revenue.copy()
    software = [cluster.cluster_id for cluster in base.clusters].index("software_services")
    rows = np.flatnonzero((firms.city == 0) & (firms.cluster == software))[:2]
    revenue[rows] = 2e9, 9e8
    away = (firms.city == 1) & (firms.cluster == software)
    revenue[away] = 2e9 * firms.weight[away]
    value_added = firms.value_added * revenue / firms.revenue
    return replace(base, firms=replace(firms, revenue=revenue, value_added=value_added))


def _nearer(world: OutsideWorld, share: float) -> OutsideWorld:
    """Journeys take a share of their time from 2021 on, which brings pairs within an hour; cities grow apart."""
    hours, growth = world.travel_hours.copy(), world.gdp_growth.copy()
    hours[:, 1:] *= share
    growth[:, 1:] += np.array([[0.0], [0.004], [-0.003]])
    return replace(world, travel_hours=hours, gdp_growth=growth)
