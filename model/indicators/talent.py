"""Talents: totals under each rule of counting, tiers, the market."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.base import LEADING, SENIOR, SKILLED
from model.indicators.declare import indicator

if TYPE_CHECKING:
    from model.economy import Economy

_NAME = ("人才总量", "Talent total")


@indicator(
    "talent_total",
    *_NAME,
    unit="persons",
    theme="talent",
    definition="residents",
    definition_zh="本地人才",
    definition_en="talents who live in the district",
)
def talent_total(economy: Economy) -> float:
    """Talents who live in the focal district."""
    return float(economy.record.talent_stock[0].sum())


@indicator(
    "talent_total",
    *_NAME,
    unit="persons",
    theme="talent",
    definition="with_enclave_staff",
    definition_zh="含部分飞地人才(按抽取的统计规则)",
    definition_en="with the drawn share of enclave staff",
)
def talent_total_with_enclave(economy: Economy) -> float:
    """With the share of enclave staff that the drawn rule counts."""
    return talent_total(economy) + economy.base.enclave_talent_count_share * enclave_staff(economy)


@indicator(
    "talent_total",
    *_NAME,
    unit="persons",
    theme="talent",
    definition="with_all_flexible_staff",
    definition_zh="含全部飞地与柔性人才",
    definition_en="with all enclave and flexible staff",
)
def talent_total_with_all(economy: Economy) -> float:
    """With all enclave staff."""
    return talent_total(economy) + enclave_staff(economy)


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
    return float(economy.record.talent_stock[0, [LEADING, SENIOR]].sum())


@indicator("skilled_talent", "高技能人才", "Skilled talents", unit="persons", theme="talent")
def skilled_talent(economy: Economy) -> float:
    """Skilled workers counted as talents."""
    return float(economy.record.talent_stock[0, SKILLED])


@indicator("talent_tightness", "每名求职人才对应岗位", "Vacancies per seeker", unit="ratio", theme="talent")
def talent_tightness(economy: Economy) -> float:
    """Vacancies per seeker in the focal district, mean over tiers by stock."""
    return float(np.average(economy.tightness[0], weights=economy.record.talent_stock[0]))


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


_LEADING = ("省级及以上领军型人才", "Leading talents of provincial rank or above")


@indicator(
    "leading_talent",
    *_LEADING,
    unit="persons",
    theme="talent",
    definition="in_tier",
    definition_zh="年末领军层次人数（国家级、省级人才计划入选者）",
    definition_en="members of the leading tier: experts of national and provincial plans",
)
def leading_talent(economy: Economy) -> float:
    """The leading tier, whose base is the number of experts of national and provincial plans."""
    return float(economy.record.talent_stock[0, LEADING])


@indicator(
    "leading_talent",
    *_LEADING,
    unit="persons",
    theme="talent",
    definition="net_since_2020",
    definition_zh="2020年以后净增",
    definition_en="net gain since 2020",
)
def leading_talent_gained(economy: Economy) -> float:
    """Those there now less those of 2020."""
    opening = economy.base.talents
    return leading_talent(economy) - float(opening.weight[(opening.city == 0) & (opening.tier == LEADING)].sum())


@indicator(
    "postdoc_new",
    "新增博士后人才（2021年起累计）",
    "New post-doctoral researchers since 2021",
    unit="persons",
    theme="talent",
    definition="arrived_since_2021",
    definition_zh="2021年起进站人数累计",
    definition_en="post-docs who came to a workstation since 2021",
)
def postdoc_new(economy: Economy) -> float:
    """Post-docs who arrived since the end of 2020, whether or not they are still there."""
    return economy.record.events["postdocs_arrived"]
