"""Words of a comparison of scenarios."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "compare_title": (
        "与“{reference}”相比 {year} 年的差异：均值 [均值的 95% 区间]，同一批随机数",
        "Differences to “{reference}” in {year}: mean [95 % interval of the mean], under the same luck",
    ),
    "compare_title_anyway": (
        "与“{reference}”相比 {year} 年的差异：均值 [均值的 95% 区间]，两项研究条件不同",
        "Differences to “{reference}” in {year}: mean [95 % interval of the mean], of studies that differ",
    ),
    "compare_years": (
        "逐年差异：均值 [均值的 95% 区间]",
        "Differences by year: mean [95 % interval of the mean]",
    ),
    "compare_chances": (
        "{year} 年达到目标值的概率之差（纽科姆 95% 区间；麦克尼马尔精确检验）",
        "Difference of the chance that the value is attained in {year} (95 % interval: Newcombe; test: McNemar, exact)",
    ),
    "compare_left_out": (
        "图中只画 {scenarios} 个情景中的前 {shown} 个、{references} 个参照中的第一个；其余见表",
        (
            "Drawn: the first {shown} of {scenarios} scenarios, against the first of {references} references; all "
            "others stand in the table"
        ),
    ),
    "compare_against": (
        "{scenario} 对比 {reference}",
        "{scenario} against {reference}",
    ),
    "chance_reference": (
        "参照概率",
        "Reference",
    ),
    "chance_difference": (
        "概率之差（百分点）",
        "Difference, percentage points",
    ),
    "only_here": (
        "仅本情景达标",
        "Met here alone",
    ),
    "only_reference": (
        "仅参照达标",
        "Met in the reference alone",
    ),
    "p_value": (
        "p 值",
        "p-value",
    ),
    "compared_anyway": (
        "注意：所比较的研究并不一致，差异不全是政策所致：{differs}。",
        "Caution: the studies compared differ in more than policy: {differs}. A difference is not policy alone.",
    ),
    "all_payers": (
        "全部承担方",
        "all payers",
    ),
    "cost_since_2021": (
        "2021 年起累计费用",
        "Cost added up since 2021",
    ),
    "compare_axis": (
        "与“{reference}”之差，误差线为均值的 95% 区间",
        "Difference to {reference}; bars: 95 % interval of the mean",
    ),
}
