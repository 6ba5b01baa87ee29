"""Words of `attribute`."""

TEXTS = {
    "attr_values": (
        "{year} 年“{scenario}”相对“{reference}”的变动由谁贡献：夏普利值 [均值的 95% 区间]，{members} 次成对模拟，{how}",
        (
            "Who moves what in {year}, “{scenario}” against “{reference}”: Shapley value [95 % interval of the mean], "
            "{members} paired members, {how}"
        ),
    ),
    "attr_chances": (
        "达标概率（百分点）由谁改变：夏普利值 [95% 区间]",
        "Who moves the chances (percentage points): Shapley value [95 % interval]",
    ),
    "attr_alone": (
        "单独实施的作用 / 在其余全部之上最后加入的作用（均值）",
        "What each does alone / what it adds as the last one (means)",
    ),
    "attr_interactions": (
        "两两交互（夏普利交互指数 [95% 区间]）：为正则相互加强，为负则相互重叠；每列绝对值最大的 {n} 对",
        (
            "Interactions of pairs (Shapley interaction index [95 % interval]): above zero they strengthen each other, "
            "below it they overlap; the {n} largest of each column"
        ),
    ),
    "attr_exact": ("全部 {n} 种组合，无抽样误差", "all {n} coalitions, no error of sampling"),
    "attr_drawn": (
        "抽取 {pairs} 对加入次序（共 {n} 种组合）",
        "{pairs} pairs of orders drawn ({n} coalitions)",
    ),
    "attr_player_family": ("措施类别", "Family"),
    "attr_player_lever": ("措施", "Lever"),
    "attr_whole": ("合计", "All together"),
    "attr_with": ("与", "with"),
    "attr_move": (
        "{target}：{year} 年均值由 {without}（不动这些措施）变为 {with_}（{change} {unit}）；{best}{goal}",
        (
            "{target}: the mean of {year} goes from {without} without these levers to {with_} with them "
            "({change} {unit}); {best}{goal}"
        ),
    ),
    "attr_best": (
        "能与零区分开的最大贡献来自“{player}”（{change} [{low}, {high}]）",
        "the largest part that can be told from zero is “{player}” ({change} [{low}, {high}])",
    ),
    "attr_best_none": (
        "没有一项能与零区分开",
        "no part of it can be told from zero",
    ),
    "attr_down": ("；作用方向相反的是{players}", "; the other way pulls {players}"),
    "attr_one_down": ("“{player}”（{change}）", "“{player}” ({change})"),
    "attr_goal_missed": (
        "。距目标 {goal} 平均仍差 {short}；由不动到达标所需的变动，全部措施合计只做到 {share}。",
        ". The target {goal} is still missed by {short} on average: together they do {share} of what it would take.",
    ),
    "attr_goal_wrong": (
        "。距目标 {goal} 平均仍差 {short}，而全部措施合计并未使其接近。",
        ". The target {goal} is still missed by {short} on average, and together they bring it no nearer.",
    ),
    "attr_goal_met": ("。均值达到目标 {goal}。", ". The mean reaches the target {goal}."),
    "attr_goal_met_anyway": (
        "。目标 {goal} 不动这些措施也平均可达。",
        ". The mean reaches the target {goal} without them too.",
    ),
    "attr_still": (
        (
            "{target}：{n} 次模拟中任何组合都不改变是否达标（{always}），无可分配；"
            "但仅 {n} 次模拟，至多 {unseen} 的情形有改变也可能看不到。"
        ),
        (
            "{target}: in none of {n} members does any coalition change whether it is met ({always}), so nothing is "
            "to be shared out; with {n} members, changes in up to {unseen} of all cases could stay unseen."
        ),
    ),
    "attr_always": ("全部达标", "all meet it"),
    "attr_never": ("全部未达标", "none meets it"),
    "attr_never_all": ("达标的占 {share}", "{share} meet it"),
    "attr_chance": (
        "{target}：达标概率由 {without} 变为 {with_}（{change} 个百分点 [{low}, {high}]）；{best}。",
        "{target}: the chance goes from {without} to {with_} ({change} percentage points [{low}, {high}]); {best}.",
    ),
    "attr_cost": (
        "费用：2021 年起累计新增 {total} {unit}，其中最大的是“{player}”（{change}）。",
        "Cost: {total} {unit} more since 2021, the largest part “{player}” ({change}).",
    ),
    "attr_world": (
        "注意：“{scenario}”与“{reference}”在措施之外还有不同（{names}）；各组合均用前者的外部条件，这部分差异未计入。",
        (
            "Caution: “{scenario}” and “{reference}” differ in more than levers ({names}). Every coalition has the "
            "former's; what this changes is in no share."
        ),
    ),
    "attr_rationed": (
        "{share} 的模拟在全部措施一起时预算不足、按比例压缩，因此各项措施互相挤占。",
        "In {share} of the members the budget could not pay for all together, so levers crowd each other out.",
    ),
    "attr_left_out": (
        "{n} 名成员未在全部组合下完成，未计入。",
        "{n} members did not finish under every coalition and are not counted.",
    ),
    "attr_axis": (
        "“{scenario}”相对“{reference}”，{year} 年，均值与 95% 区间；自上而下逐项相加",
        "{scenario} against {reference}, {year}; mean and 95 % interval, added up from top to bottom",
    ),
    "attr_start": ("不动这些措施", "without them"),
    "attr_end": ("全部实施", "with all"),
    "attr_panel": ("{name}（{unit}）", "{name} ({unit})"),
    "attr_nothing": ("没有一次模拟因此改变", "no member is changed"),
}
