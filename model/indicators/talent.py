"""Talents: totals under each rule of counting, tiers, the market."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.base import LEADING, SENIOR, SKILLED
from model.indicators.declare import defined_indicator, indicator, stock

if TYPE_CHECKING:
    from model.economy import Economy


@stock("talents")
def talents(economy: Economy) -> float:
    """Talents who live in the focal district."""
    return float(sum(economy.record.talent_stock[0].tolist()))


@stock("enclave_staff_counted")
def enclave_staff_counted(economy: Economy) -> float:
    """The share of enclave staff that the drawn rule counts."""
    return economy.base.enclave_talent_count_share * enclave_staff(economy)


defined_indicator("talent_total", "人才总量", "Talent total", unit="persons", theme="talent")


@stock("enclave_staff")
@indicator(
    "enclave_staff",
    "飞地人才(2020年以后新增)",
    "Staff in enclaves beyond 2020",
    unit="persons",
    theme="talent",
)
def enclave_staff(economy: Economy) -> float:
    """Filled seats and teams in Shanghai beyond those of 2020."""
    return economy.enclave.staff_in_enclave(economy.p)


@indicator(
    "leading_and_senior_talent",
    "领军与高级人才",
    "Leading and senior talents",
    unit="persons",
    theme="talent",
)
def leading_and_senior_talent(economy: Economy) -> float:
    """The two upper tiers."""
    stock = economy.record.talent_stock[0]
    return float(stock[LEADING] + stock[SENIOR])


@indicator("skilled_talent", "高技能人才", "Skilled talents", unit="persons", theme="talent")
def skilled_talent(economy: Economy) -> float:
    """Skilled workers counted as talents."""
    return float(economy.record.talent_stock[0, SKILLED])


@indicator("talent_tightness", "每名求职人才对应岗位", "Vacancies per seeker", unit="ratio", theme="talent")
def talent_tightness(economy: Economy) -> float:
    """Vacancies per seeker in the focal district, mean over tiers by stock."""
    stock = economy.record.talent_stock[0]
    return float((economy.tightness[0] * stock).sum() / stock.sum())


@indicator(
    "talents_turned_away",
    "因岗位不足未落户的人才",
    "Candidates who found no job in the quarter",
    unit="persons/quarter",
    theme="talent",
)
def talents_turned_away(economy: Economy) -> float:
    """Newcomers and graduates who wanted to come and found no vacancy: where labour demand caps the total."""
    return economy.books.events["candidates_unmatched"]


@indicator("residents", "常住人口", "Resident population", unit="persons", theme="talent")
def residents(economy: Economy) -> float:
    """Residents of the focal district at the drawn growth."""
    return float(economy.base.residents[0] * np.exp(economy.base.residents_growth * economy.quarter / 4.0))


@stock("leading_talents")
def leading_talents(economy: Economy) -> float:
    """The leading tier, whose base is the number of experts of national and provincial plans."""
    return float(economy.record.talent_stock[0, LEADING])


@stock("leading_talents_2020")
def leading_talents_2020(economy: Economy) -> float:
    """The same at the end of 2020."""
    return float(economy.record.talent_stock_2020[0, LEADING])


defined_indicator(
    "leading_talent",
    "省级及以上领军型人才",
    "Leading talents of provincial rank or above",
    unit="persons",
    theme="talent",
)


@indicator(
    "postdoc_new",
    "新增博士后人才（2021年起累计）",
    "New post-doctoral researchers since 2021",
    unit="persons",
    theme="talent",
)
def postdoc_new(economy: Economy) -> float:
    """Post-docs who arrived since the end of 2020, whether or not they are still there."""
    return economy.record.events["postdocs_arrived"]
