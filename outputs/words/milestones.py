"""Words of `milestones`."""

TEXTS: dict[str, tuple[str, str]] = {
    "way_title": (
        "逐年路径：{year} 年达标与未达标的模拟在各年末的中位数 [5%–95%]",
        (
            "The way by year: median [5–95 %] at the end of each year of the runs that meet the target in {year}, or "
            "miss it"
        ),
    ),
    "way_of": ("结局", "In the end"),
    "way_met": ("达标 {n}/{members}", "met by {n} of {members}"),
    "way_missed": ("未达标 {n}/{members}", "missed by {n} of {members}"),
    "review_title": (
        "年度与中期评估：最能区分达标与否的门槛（约登指数；偶数号成员求得，奇数号成员检验；方括号为 95% 区间）",
        (
            "Reviews: the threshold that best tells who will meet the target (Youden's J, found on members of even "
            "number, judged on those of odd number; in brackets 95 % intervals)"
        ),
    ),
    "review_year": ("评估年末", "End of"),
    "review_threshold": ("门槛", "Threshold"),
    "review_on_track": ("处于轨道的概率", "On track"),
    "review_hits": ("最终达标者中处于轨道", "On track of those that meet it"),
    "review_alarms": ("最终未达标者中处于轨道", "On track of those that miss it"),
    "review_if_on": ("处于轨道时达标概率", "Chance if on track"),
    "review_if_off": ("偏离轨道时达标概率", "Chance if off track"),
    "review_counts": ("达标数（求门槛 / 检验）", "Met by (finding / judging)"),
    "review_none_meets": (
        "{target}（{scenario}）：{members} 次模拟无一达标（概率不超过 {high}），因此不给出门槛。",
        "{target} ({scenario}): none of {members} runs meets it (chance at most {high}), so no threshold is given.",
    ),
    "review_all_meet": (
        "{target}（{scenario}）：{members} 次模拟全部达标（概率不低于 {low}），因此无需也不给出门槛。",
        "{target} ({scenario}): all of {members} runs meet it (chance at least {low}), so no threshold is given.",
    ),
    "review_too_few": (
        (
            "{target}（{scenario}）：{members} 次模拟中 {met} 次达标；一方在求门槛或检验的一半成员中"
            "不足 {least} 次，不给出门槛。可增加 --members，或用 --targets 换一个目标值。"
        ),
        (
            "{target} ({scenario}): {met} of {members} runs meet it; with fewer than {least} on one side in a half of "
            "the members no threshold is given. Run more --members, or ask for another value with --targets."
        ),
    ),
    "review_all_alike": (
        "{target}（{scenario}）：路径上各次模拟数值相同，无从区分。",
        "{target} ({scenario}): on the way all runs stand alike, so no threshold tells them apart.",
    ),
    "review_few": (
        (
            "{target}（{scenario}）：{members} 次模拟中仅 {n} 次{end}（{finders} 次求门槛，{judges} 次检验）："
            "门槛只是线索，不可作为规则；需增加 --members。"
        ),
        (
            "{target} ({scenario}): only {n} of {members} runs {end} ({finders} find the thresholds, {judges} judge "
            "them): these are hints, no rules; more --members would tell."
        ),
    ),
    "review_meet": ("达标", "meet it"),
    "review_miss": ("未达标", "miss it"),
    "review_first": (
        "{target}（{scenario}）：自 {year} 年末起评估能区分达标与否（检验样本中两类区间不再重叠）。",
        "{target} ({scenario}): from the end of {year} a review tells who will meet it (held-out intervals apart).",
    ),
    "review_never": (
        "{target}（{scenario}）：到 {year} 年末为止的评估不能一直可靠地区分达标与否。",
        "{target} ({scenario}): up to the end of {year} no review tells for good who will meet it.",
    ),
    "promise_title": (
        "以 {chance} 概率可以达到的 {year} 年数值 [95% 区间]",
        "What can be promised for {year} with a chance of {chance} [95 % interval]",
    ),
    "promised": ("可承诺值", "Value reached"),
    "promise_against": ("与目标之差", "Against the target"),
    "promise_median": ("中位数", "Median"),
    "promise_axis": (
        "点：以 {chance} 概率达到的值，横线：其 95% 区间；空心：中位数；虚线：目标；右侧：目标的达标概率",
        (
            "Dot: value reached with a chance of {chance}, bar: its 95 % interval; hollow: median; dashed: target; "
            "right: chance of the target"
        ),
    ),
    "milestones_axis": (
        (
            "蓝色实线：达标的模拟，灰色点线：未达标的模拟（中位数与 5%–95%，次数少时接近全部范围）；"
            "橙点：门槛及其 95% 区间；虚线：目标"
        ),
        (
            "Blue: runs that meet the target, grey and dotted: runs that miss it (median and 5–95 %, of few runs "
            "nearly their whole range); orange: threshold with its 95 % interval; dashed: target"
        ),
    ),
    "milestones_panel": ("{n}/{members} 次达标", "met by {n} of {members}"),
}
