"""Sentences of the key findings of a report; every number in them is filled in from a table."""

TEXTS: dict[str, tuple[str, str]] = {
    "finding_all": (
        "{year} 年 {n} 项主要目标全部达成：{scenarios}。",
        "That all {n} headline targets are met in {year} is {scenarios}.",
    ),
    "finding_all_one": (
        "“{scenario}”下{words}（{chance}，95% 区间 {low}–{high}）",
        "{words} under “{scenario}” ({chance}, 95 % interval {low}–{high})",
    ),
    "finding_binds_all": (
        "约束最紧的是“{target}”（目标 {goal}）：各情景下它的达标概率都最低。",
        "What binds is “{target}” (target {goal}): in every scenario it is the least likely to be met.",
    ),
    "finding_binds_each": (
        "各情景下约束最紧的目标：{scenarios}。",
        "The least likely target of each scenario: {scenarios}.",
    ),
    "finding_binds_one": ("“{scenario}”为“{target}”", "under “{scenario}” “{target}”"),
    "finding_gap": (
        (
            "“{scenario}”下，{year} 年该指标中位数为 {median}（5%–95%：{low} 至 {high}），{side} {gap}；达标{words}（"
            "{chance}）。"
        ),
        (
            "Under “{scenario}” its median in {year} is {median} (5–95 %: {low} to {high}), {side} by {gap}; that it "
            "is met is {words} ({chance})."
        ),
    ),
    "finding_below": ("低于目标", "below the target"),
    "finding_above": ("高于目标", "above the target"),
    "finding_safe": (
        "“{target}”（目标 {goal}）在每个情景下达标都{words}（各情景中最低 {chance}），且 2020 年中位数为 {base}。",
        (
            "“{target}” (target {goal}) is {words} to be met in each scenario (lowest chance {chance}); in 2020 its "
            "median is {base}."
        ),
    ),
    "finding_definition": (
        (
            "但口径决定结论：“{target}”在“{scenario}”下按“{first}”达标概率为 {chance}，按“{other}”则为 {other_chance}（"
            "中位数 {median}）。"
        ),
        (
            "The definition decides, though: under “{scenario}” “{target}” is met with a chance of {chance} by “{first}"
            "” and of {other_chance} by “{other}” (median {median})."
        ),
    ),
    "finding_effect": (
        (
            "与“{reference}”相比，同一批随机数下“{scenario}”使{year}年“{target}”变动 {mean}（均值的 95% 区间 {low} 至 "
            "{high}）"
        ),
        (
            "Against “{reference}” and under the same luck, “{scenario}” moves “{target}” in {year} by {mean} (95 % "
            "interval of the mean {low} to {high})"
        ),
    ),
    "finding_unsure": ("，与零无法区分", ", which cannot be told from zero"),
    "finding_cost": (
        "；2021 年起累计新增费用 {cost}，其中区财政 {district}",
        "; it costs {cost} more from 2021 on, {district} of it from the district",
    ),
    "finding_price_rd_intensity": (
        "，折合每提高 1 个百分点 {price}（95% 区间 {low} 至 {high}）",
        ", which is {price} for one more point (95 % interval {low} to {high})",
    ),
    "finding_price_talent_total": (
        "，折合每新增 1 人 {price}（95% 区间 {low} 至 {high}）",
        ", which is {price} for one more person (95 % interval {low} to {high})",
    ),
    "finding_rationed": ("预算不足：{scenarios}。", "The budget falls short: {scenarios}."),
    "finding_rationed_one": (
        "“{scenario}”在 {share} 的模拟中须压缩措施",
        "under “{scenario}” levers are rationed in {share} of the runs",
    ),
    "finding_lever": (
        (
            "“{scenario}”的措施中，对“{target}”贡献最大的是“{player}”：{mean}（95% 区间 {low} 至 {high}），2021 年起新"
            "增费用 {cost}。"
        ),
        (
            "Of the levers of “{scenario}”, “{player}” adds most to “{target}”: {mean} (95 % interval {low} to "
            "{high}), for {cost} more from 2021 on."
        ),
    ),
    "finding_lever_none": (
        "“{scenario}”的措施中，没有一项对“{target}”的贡献能与零区分开。",
        "Of the levers of “{scenario}”, none has a part in “{target}” that can be told from zero.",
    ),
    "finding_promise": (
        "以 {with_} 的概率，“{scenario}”可承诺 {year} 年“{target}”达到 {value}（95% 区间 {low} 至 {high}）。",
        (
            "With a chance of {with_}, “{scenario}” can promise {value} of “{target}” in {year} (95 % interval {low} "
            "to {high})."
        ),
    ),
    "finding_sure": (
        (
            "把握程度：以上概率由每情景 {members} 次模拟得出，抽样误差见各 95% 区间；区间只包含已抽取的不确定性，不包含"
            "模型本身的错误。"
        ),
        (
            "How sure: these chances come from {members} runs per scenario, and their 95 % intervals tell the error of "
            "sampling. They hold what was drawn, and not what the model has wrong."
        ),
    ),
    "finding_variance": (
        "“{target}”在 {year} 年的方差中，“{group}”占比最大：{share}（含交互作用，95% 区间 {low} 至 {high}）。",
        (
            "Of the variance of “{target}” in {year}, “{group}” holds most: {share} with interactions (95 % interval "
            "{low} to {high})."
        ),
    ),
    "finding_skill": (
        "本模型不声称预测能力：2021 年以后的本区观测未用于检验。",
        "No skill of forecasting is claimed: observations of the district after 2021 have not been used to test it.",
    ),
    "finding_early": (
        "注意：模拟只到 {year} 年，早于目标年份，所示为到该年的结果。",
        "Note: the runs end in {year}, before the year of the targets; what is shown is where they stand then.",
    ),
    "finding_failed": ("注意：{n} 次模拟未完成，未计入。", "Note: {n} runs failed and are not counted."),
}
