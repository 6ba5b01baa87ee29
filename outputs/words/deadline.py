"""Words of `deadline`."""

TEXTS: dict[str, tuple[str, str]] = {
    "late_title": (
        "{target}（{year} 年）：推迟启动的代价（其余措施按“{scenario}”；方括号为 95% 区间）",
        "{target} in {year}: what a later start costs, all else as in “{scenario}” (in brackets 95 % intervals)",
    ),
    "starter": ("措施", "Starts later"),
    "planned_start": ("原定启动", "Start"),
    "late_gain": ("增益（{unit}）", "Gain, {unit}"),
    "kept_if_late": ("晚 {n} 年保留", "Kept {n} y late"),
    "never_begun": ("不启动", "never"),
    "chances_by_start": ("达标概率（{starts}）", "Chance ({starts})"),
    "chance_if_never": ("不启动时概率之差（百分点）", "Never, points"),
    "last_by_chance": ("概率保持 {chance} 的最晚启动年", "Last start, chance {chance}"),
    "last_by_gain": ("保留 {share} 增益的最晚启动年", "Last start, {share} of gain"),
    "below_at_once": ("不推迟也达不到", "below at once"),
    "kept_without": ("不启动也保持", "kept without"),
    "all_below_at_once": (
        "{target}：按原定时间启动，达标概率也只有 {chance}，低于 {threshold}，任何启动年都保不住。",
        "{target}: with no delay the chance is {chance}, below {threshold}, so no start year keeps it there.",
    ),
    "told_by_gain": (
        "{target}：因此改看增益保留 {keep} 的最晚启动年。",
        "{target}: what is told instead is the last start that keeps {keep} of the gain.",
    ),
    "all_kept_without": (
        (
            "{target}：任何一项推迟或不启动，概率都不低于 {threshold}（最低 {lowest}，其 95% 区间下限 {low}），"
            "这一目标不要求其中任何一项按时启动。"
        ),
        (
            "{target}: whichever begins later or never, the chance stays at {threshold} or above (lowest {lowest}, its "
            "95 % interval from {low}), so this target asks none of them to begin in time."
        ),
    ),
    "decided_on": (
        ("{target}：最早的一个最晚启动年是 {start} 年，届时所能知道的是 {year} 年末的读数：{signpost}（{told}）。"),
        (
            "{target}: the earliest of these last starts is {start}; what is known then stands at the end of {year}: "
            "{signpost} ({told})."
        ),
    ),
    "late_unsure": (
        "{target}：增益不能确定大于零，因而没有可保留的份额：{starters}。",
        "{target}: no gain that is surely above zero, so there is no share of it to keep: {starters}.",
    ),
    "late_unmoved": (
        "该情景不改变、因而无从推迟的措施：{levers}。",
        "Levers that the scenario leaves as in 2020, so that nothing can begin later: {levers}.",
    ),
    "signposts_title": (
        ("预警指标：年末读数可预示结局（本指标；其他指标中的最佳者，若检验成立；偶数号成员求门槛，奇数号成员检验）"),
        (
            "Signposts: what tells early how it ends (the target's own indicator, and the best of the others where it "
            "is borne out; found on members of even number, judged on those of odd number)"
        ),
    ),
    "signpost": ("指标与门槛 [95% 区间]", "Signpost [95 % interval]"),
    "if_on_signpost": ("过线后实现的概率", "Chance beyond it"),
    "if_off_signpost": ("未过线实现的概率", "Chance short of it"),
    "bears": ("检验", "Held out"),
    "bears_out": ("成立", "borne out"),
    "bears_not_out": ("未能证实", "not borne out"),
    "no_signposts": (
        "{target}：{members} 次模拟太少，给不出预警指标；请增加 --members。",
        "{target}: {members} runs are too few for signposts; run more --members.",
    ),
    "told_upper_third": (
        "{target}：{members} 次模拟中达标者太少，预警指标预示的是能否达到 {value}（前三分之一）。",
        "{target}: too few of {members} runs meet it, so its signposts tell who reaches {value} (the upper third).",
    ),
    "told_not_lowest_third": (
        "{target}：{members} 次模拟中未达标者太少，预警指标预示的是能否达到 {value}（不落入后三分之一）。",
        "{target}: too few of {members} runs miss it, so its signposts tell who reaches {value} (two thirds do).",
    ),
    "deadline_axis": (
        "推迟启动后仍保留的增益（%，按原定启动为 100），误差线为 95% 区间；其余措施按情景；增益不能确定大于零的不画",
        (
            "Share of the gain kept (%; 100 with the start of the scenario), bars: 95 % intervals; all else as in the "
            "scenario; left out where the gain is not surely above zero"
        ),
    ),
    "deadline_heat": (
        "格内：推迟启动后仍保留的增益（%），下行为 95% 区间；–：增益不能确定大于零；其余措施按情景",
        (
            "Cells: share of the gain kept (%), its 95 % interval below; –: the gain is not surely above zero; all "
            "else as in the scenario"
        ),
    ),
    "start_year": ("启动年（最左为情景原定）", "Start year (first: as in the scenario)"),
    "years_late": ("比情景推迟的年数", "Years later than in the scenario"),
    "late_by": ("晚 {n} 年", "{n} y late"),
    "no_later_start": (
        "模拟止于各项措施开始之年，没有更迟的开始",
        "the runs end in the year in which levers begin: there is no later start",
    ),
    "no_sure_gain": ("无一项增益能确定大于零", "no gain is surely above zero"),
}
