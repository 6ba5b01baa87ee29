"""Words of the charts of every study."""

TEXTS = {
    "gap_note": (
        "结果减目标：0 为目标，灰底为缺口，右侧为余量；点：中位数，粗线：25%–75%，细线：5%–95%（右侧数字）",
        "Result less target: 0 is the target, grey falls short. Mark: median; thick: 25–75 %; thin: 5–95 % (numbers)",
    ),
    "ladder_note": (
        "各级按官方口径统计，同一企业可同在几级。线：各情景中位数；灰带：首个情景 5%–95%；右侧：末年中位数 [5%–95%]",
        (
            "As counted officially: a firm may stand on several rungs. Lines: medians; "
            "grey: 5–95 % of the first scenario; right: last year's median [5–95 %]"
        ),
    ),
    "ladder_none": ("本研究不含企业梯队指标", "The study holds no indicators of the ladder"),
    "cities_note": (
        (
            "{scenario}，{first}–{last} 年累计：中位数（5%–95%）；箭头宽度随流量的平方根变化；"
            "蓝：流入鄞州，棕：流出鄞州，灰：其他；留在当地的未画"
        ),
        (
            "{scenario}, sum of {first}–{last}: median (5–95 %). Arrows widen with the square root of the flow; "
            "blue: into Yinzhou, brown: out of it, grey: others. What stays is not drawn"
        ),
    ),
    "cost_all": ("全部措施", "All levers"),
    "cost_by_family": (
        "按措施类别；完整清单见通栏图",
        "By family of levers; the full list is in the chart of the page's width",
    ),
    "cities_net": ("净流入", "net inflow"),
    "observed_are": (
        "空心菱形为公布值（同口径、同范围）：{points}",
        "Hollow diamonds: published values, same definition and scope. {points}",
    ),
    "observed_one": ("{period}（{source}）", "{period} ({source})"),
    "observed_none": (
        "至 2021 年无同口径、同范围公布值，故未标：{names}",
        "Not published to 2021 in this definition and scope, hence not shown: {names}",
    ),
    "observed_old": (
        "本研究早于公布值数据表，未标公布值",
        "The study is older than the table of published values; none is shown",
    ),
}
