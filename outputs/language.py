"""Every fixed word that a reader sees, in Chinese and English, and the units that each is used to."""

from __future__ import annotations

from dataclasses import dataclass

from model.errors import StudyError
from model.policy import FAMILY_NAMES
from outputs import words

LANGUAGES = ("zh", "en")
LAST_BELIEVED_YEAR = 2027
"""Results beyond it are an outlook and say so (model/README.md says why)."""

_TEXTS: dict[str, tuple[str, str]] = {
    "source": ("资料来源", "Source"),
    "source_line": (
        "资料来源：模拟研究 {study}，每情景 {members} 次，种子 {seed}，比例 1:{scale}",
        "Source: simulation study {study}; {members} members per scenario, seed {seed}, scale 1:{scale}",
    ),
    "figure_caption": ("图{number}　{title}", "Figure {number}. {title}"),
    "failed_runs": ("（{n} 次未完成）", " ({n} runs failed)"),
    "year_end": ("年末", "end of year"),
    "target": ("目标", "Target"),
    "target_line": ("目标：{value}", "target: {value}"),
    "fan_note": (
        "线：中位数；深色：25%–75%；浅色：5%–95%；虚线：目标",
        "Line: median; dark: 25–75 %; light: 5–95 %; dashed: target",
    ),
    "to": (" 至 ", " to "),
    "scenario": ("情景", "Scenario"),
    "chance": ("达标概率", "Chance met"),
    "chance_axis": ("达标概率（%），横线为 95% 威尔逊区间", "Chance met (%), bars: 95 % Wilson interval"),
    "all_targets": ("全部达标", "All together"),
    "all_targets_n": ("{n} 项目标全部达标", "All {n} targets"),
    "gap": ("中位缺口", "Median gap"),
    "range": ("5%–中位–95%", "5 – 50 – 95 %"),
    "first_year": ("首次达标", "First met"),
    "base": ("2020 基数", "2020 base"),
    "never": ("未达", "never"),
    "definition": ("口径", "Definition"),
    "other_definitions": (
        "各口径下的结果：中位数（达标概率）",
        "Under each definition: median (chance met)",
    ),
    "result_title": (
        "{year} 年目标：每情景 {members} 次模拟（研究 {study}）",
        "Targets for {year}: {members} members per scenario (study {study})",
    ),
    "early_note": (
        "注：模拟只到 {year} 年，所示为到该年的结果，早于目标年份。",
        "Note: the runs end in {year}, before the year of the targets; what is shown is where they stand then.",
    ),
    "outlook_note": (
        "注：{year} 年之后为展望而非预测：政策停在规划期末，放缓幅度系假定，无数据检验；宜比较情景，不宜引用水平。",
        "Note: beyond {year} an outlook, no forecast: how things slow is assumed; compare scenarios, quote no levels.",
    ),
    "outlook_short": (
        "{year} 年之后为展望而非预测：放缓幅度系假定，无数据检验",
        "Beyond {year} an outlook, no forecast: how things slow down is assumed, and no data test it",
    ),
    "binds_all": (
        "约束最紧的是“{target}”：各情景下达标概率 {low}–{high}，均为各项最低。",
        "What binds is “{target}”: in every scenario it has the lowest chance, {low} to {high}.",
    ),
    "binds_one": (
        "{scenario}：约束最紧的是“{target}”，达标概率 {chance}，中位缺口 {gap}。",
        "{scenario}: what binds is “{target}”, chance {chance}, median gap {gap}.",
    ),
    "binds_none": (
        "{scenario}：各项目标的达标概率均不低于 95%，无一项构成约束。",
        "{scenario}: each target is met with a chance of 95 % or more; none binds.",
    ),
    "rationed": (
        "{scenario}：{share} 的模拟中预算不足，措施被按比例压缩。",
        "{scenario}: in {share} of the runs the budget could not pay for all levers, and they were rationed.",
    ),
    "too_many_note": (
        "注：情景多于 {n} 个，图形无法并列展示，只写出表格。",
        "Note: more than {n} scenarios do not fit into charts; only tables are written.",
    ),
    "stale_note": (
        "注：后验系用另一版数据表拟合（--stale-posterior），数据表此后已改动，结论须打折扣。",
        "Note: the posterior was fitted to other tables than these (--stale-posterior); read with that doubt.",
    ),
    "failed_note": (
        "注：{n} 次模拟未完成，未计入（见 failures 文件夹）。",
        "Note: {n} runs failed and are not counted (see the folder failures).",
    ),
    "origin": ("流出地", "From"),
    "destination": ("流入地", "To"),
    "net": ("该地净流入", "Net inflow of row"),
    "flows_of": (
        "{name}（{unit}），{scenario}，{first}–{last} 年累计",
        "{name} ({unit}), {scenario}, sum of {first}–{last}",
    ),
    "talents": ("人才", "Talents"),
    "firms": ("企业", "Firms"),
    "capital": ("资本", "Capital"),
    "cell_note": ("格内：均值，下行为 5%–95% 区间", "Cells: mean, and 5–95 % below it"),
    "cost_axis": ("{year} 年费用（{unit}），黑线为 5%–95% 区间", "Cost in {year} ({unit}), black lines: 5–95 %"),
    "cost_total": ("合计 {total}\n区财政 {district}", "total {total}\ndistrict {district}"),
    "paid_district": ("区财政", "district budget"),
    "paid_others": ("其他承担方", "other payers"),
    "moves_note": ("均值（右侧数字），黑线为 5%–95% 区间", "Mean (number at the right); black lines: 5–95 %"),
    "hatched_solid_one": ("上条（斜线）：{scenario}", "Upper bar, hatched: {scenario}"),
    "hatched_solid_two": ("下条（实心）：{scenario}", "Lower bar, solid: {scenario}"),
    "zero_parts_note": ("所有模拟中均为零的部分略去", "Parts that are zero in every run are left out"),
    "sum_of_parts": ("合计", "Sum"),
    "points": ("百分点", "percentage points"),
    "span": ("{first}→{last}", "{first} to {last}"),
    "no_data": ("无数据", "no data"),
    "budget_ration": ("措施资金保障率", "Share of planned levers that the budget pays"),
    "effects_title": (
        "与“{scenario}”相比 {year} 年的变化：均值 [均值的 95% 区间]，同一批随机数",
        "Change in {year} against “{scenario}”: mean [95 % interval of the mean], under the same luck",
    ),
    "effect_of": ("指标", "Indicator"),
    "added_cost": ("2021 年起累计新增费用（{unit}）", "Added cost since 2021 ({unit})"),
    "added_cost_district": ("其中区财政（{unit}）", "of it the district's ({unit})"),
    "price_rd_intensity": (
        "研发强度每提高 1 个百分点的费用（亿元）",
        "Cost of one more percentage point of R&D over GDP (bn yuan)",
    ),
    "price_talent_total": ("每新增 1 名人才的费用（百万元）", "Cost of one more talent (million yuan)"),
    "no_price": ("无法确定（效果与零无异或为负）", "none: the effect is not above zero"),
    # payers
    "district": ("区", "district"),
    "city": ("市", "city"),
    "firm": ("企业", "firms"),
    "bank": ("银行", "banks"),
    "university": ("高校", "universities"),
    **FAMILY_NAMES,
    "indicator": ("指标", "Indicator"),
    "part": ("构成", "Part"),
    "mean": ("均值", "Mean"),
    "band": ("5%–95%", "5 – 95 %"),
    "first_year_parts": ("{year} 年变动的构成（{scenario}）", "What the moves of {year} are made of ({scenario})"),
    # parts of a move
    "arrivals": ("外来流入", "newcomers"),
    "graduates": ("毕业生", "graduates"),
    "qualified": ("本地成长", "residents who qualify"),
    "moves_in": ("城际流入", "moves in"),
    "moves_out": ("城际流出", "moves out"),
    "retirements": ("退休", "retirements"),
    "intensity": ("企业研发强度", "R&D effort of firms"),
    "growth": ("企业增长", "growth of firms"),
    "reclassification": ("认定与升规", "reclassification"),
    "certificates": ("高企认定", "certificates"),
    "relabelling": ("费用重列为研发", "relabelled cost"),
    "threshold": ("升规与退规", "crossing the above-scale line"),
    "exit": ("企业关闭", "closings"),
    "entry": ("企业新设", "births"),
    "moves": ("企业迁入迁出", "landings and moves of firms"),
    "nonbusiness": ("非企业研发", "R&D outside firms"),
    "institutes": ("研究院", "institutes"),
    "vouchers": ("创新券", "vouchers"),
    "displaced": ("研发外移与外购", "R&D moved to enclaves or bought"),
    "enclave_booked": ("飞地研发计入", "enclave R&D booked"),
    "averaging": ("四季平均的影响", "four-quarter averaging"),
    "gdp": ("GDP 变动", "GDP"),
    # status of a target
    "secondary_title": (
        "规划的其他目标（{year} 年）：中位数（达标概率，中位缺口）；措施强度（是否达标）",
        "The plan's other targets in {year}: median (chance met, gap of the median); lever settings (met or not)",
    ),
    "not_modelled_yet": ("未模拟", "not simulated"),
    "outside": ("模型之外", "outside the model"),
    "why_not": ("未模拟的原因", "Why not"),
    "yes": ("达标", "met"),
    "no": ("未达标", "not met"),
    # units
    "percent": ("%", "%"),
    "persons": ("人", "persons"),
    "yuan": ("元", "yuan"),
    "share": ("比例", "share"),
    "ratio": ("倍", "ratio"),
    "firms/year": ("家/年", "firms/year"),
    "persons/quarter": ("人/季", "persons/quarter"),
    "teams": ("个团队", "teams"),
    "stations": ("个工作站", "stations"),
    "km": ("公里", "km"),
    "institutions": ("家机构", "institutions"),
    "institutions per year": ("家机构/年", "institutions per year"),
    "events per year": ("场/年", "events per year"),
    "carriers": ("个载体", "carriers"),
    "incubators": ("家孵化器", "incubators"),
}


@dataclass(frozen=True)
class Unit:
    """How a value is shown: multiplied by ``factor``, with ``decimals`` digits, and its name after it."""

    factor: float
    name: str
    decimals: int

    def number(self, value: float) -> str:
        """Show a value without its unit."""
        return f"{value * self.factor:,.{self.decimals}f}"

    def signed(self, value: float) -> str:
        """Show a difference, with its sign."""
        return f"{value * self.factor:+,.{self.decimals}f}"

    def short(self, value: float) -> str:
        """Show a value to three significant digits, whatever its size."""
        return significant(value * self.factor)


_UNITS: dict[str, tuple[Unit, Unit]] = {
    "percent": (Unit(1.0, "%", 2), Unit(1.0, "%", 2)),
    "persons": (Unit(1e-4, "万人", 2), Unit(1e-3, "thousand persons", 1)),
    "few persons": (Unit(1.0, "人", 0), Unit(1.0, "persons", 0)),
    "firms": (Unit(1.0, "家", 1), Unit(1.0, "number", 1)),
    "few firms": (Unit(1.0, "家", 1), Unit(1.0, "firms", 1)),
    "patents": (Unit(1.0, "件", 1), Unit(1.0, "patents", 1)),
    "clusters": (Unit(1.0, "个", 1), Unit(1.0, "clusters", 1)),
    "bn yuan": (Unit(10.0, "亿元", 1), Unit(1.0, "bn yuan", 1)),
    "yuan": (Unit(1e-8, "亿元", 2), Unit(1e-9, "bn yuan", 3)),
    "yuan/year": (Unit(1e-8, "亿元/年", 2), Unit(1e-9, "bn yuan a year", 3)),
}
"""Unit of the model -> how it is shown in Chinese and English."""


def text(key: str, language: str, **values: object) -> str:
    """Fixed words for a key, filled in: titles, notes, parts of a move, payers, families, units.

    Raises
    ------
    StudyError : no words are declared for the key.
    """
    return template(key, language).format(**values)


def template(key: str, language: str) -> str:
    """Fixed words for a key, with the names of what is to be filled in.

    Raises
    ------
    StudyError : no words are declared for the key.
    """
    pair = _TEXTS.get(key) or words.TEXTS.get(key)
    if pair is None:
        message = f"outputs/language.py: no words for '{key}'; declare them in Chinese and English"
        raise StudyError(message)
    return pair[LANGUAGES.index(language)]


def unit_of(unit: str, language: str, size: float = 1e9) -> Unit:
    """How a unit of the model is shown: 万人 and 亿元 in Chinese, thousands and billions in English.

    ``size`` is that of the values shown: below a thousand, persons stay single persons and firms bear their name.
    """
    key = unit
    if unit.startswith(("percent", "bn yuan")):
        key = "percent" if unit.startswith("percent") else "bn yuan"
    elif unit.startswith("yuan/"):
        key = "yuan/year"
    elif unit in {"persons", "firms"} and size < 1e3:
        key = f"few {unit}"
    pair = _UNITS.get(key)
    return pair[LANGUAGES.index(language)] if pair else Unit(1.0, text(unit, language) if unit else "", 3)


def cost_unit(language: str) -> Unit:
    """How the cost of one lever is shown: a lever costs millions, which Chinese readers count in 亿元 all the same."""
    return unit_of("yuan", language) if language == "zh" else Unit(1e-6, "million yuan", 1)


def difference_unit(unit: str, language: str) -> str:
    """Name of the unit of a difference: points where the value itself is a percentage."""
    return text("points", language) if unit.startswith("percent") else unit_of(unit, language).name


def target_label(relation: str, value: float, unit: str, language: str) -> str:
    """Short form of a target, such as ``≥ 3.6 %`` or ``≥ 48 万人``."""
    shown = unit_of(unit, language, value)
    sign = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}.get(relation, relation)
    return f"{sign} {value * shown.factor:,.10g} {shown.name}"


def percent(share: float, *, digits: int = 0) -> str:
    """Show a share between 0 and 1 as a percentage."""
    return f"{100 * share:.{digits}f}%"


def significant(value: float, digits: int = 3) -> str:
    """Show a number to some significant digits, with thousands separators and without exponents."""
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits - 1}e}")
    exponent = int(f"{abs(rounded):e}".split("e")[1])
    return f"{rounded:,.{max(digits - 1 - exponent, 0)}f}".replace("-", "−")
