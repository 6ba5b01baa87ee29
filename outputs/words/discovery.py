"""Words of `discover`."""

TEXTS = {
    "case_fails": ("未达标", "fails"),
    "case_meets": ("达标", "is met"),
    "case_worst": ("缺口居最差 {share}", "is in the worst {share} of gaps"),
    "discover_asked": (
        "“{scenario}”，{target}：{n} 次模拟中 {cases} 次{case}（{share}）。",
        "“{scenario}”, {target}: {case} in {cases} of {n} runs ({share}).",
    ),
    "discover_few": (
        (
            "  无可发现：{case}与否的一方不足 {least} 次，分不出规律。可用 --case worst 看缺口最大的模拟，"
            "或 --case meets 看达标的模拟，或增加 --members。"
        ),
        (
            "  Nothing to discover: runs where it {case}, or the others, are fewer than {least}. Ask for "
            "the margin with --case worst, for the runs that meet it with --case meets, or run more --members."
        ),
    ),
    "discover_none": (
        "  没有任何不确定因素能与偶然区分开（{candidates} 个通过筛选，误报率 10%）：{n} 次模拟不足以说明何处{case}。",
        (
            "  No uncertain value can be told from chance ({candidates} passed the screen, false discovery rate 10 %): "
            "{n} runs do not say where it {case}."
        ),
    ),
    "discover_box": (
        "  {case}多发于：{conditions}。",
        "  It {case} where {conditions}.",
    ),
    "and": ("，且", " and "),
    "discover_numbers": (
        "  其中 {runs} 次有 {cases} 次{case}（{density}，全部模拟为 {share}），占全部{case}的 {coverage}。",
        "  There it {case} in {cases} of {runs} runs ({density}, against {share} of all): {coverage} of all such runs.",
    ),
    "discover_held": (
        (
            "  样本外检验（{halves} 次随机对半，一半找、一半验）：密度 {density}（5%–95%：{low}–{high}），"
            "覆盖 {coverage}；{found} 的对半能找到条件。"
        ),
        (
            "  Out of sample ({halves} random halves, found on one, judged on the other): density {density} "
            "(5–95 %: {low}–{high}), coverage {coverage}; {found} of the halves find any condition."
        ),
    ),
    "discover_sure": (
        "  把握：样本外仍明显高于平均，条件可用。",
        "  How sure: out of sample it still stands clearly above the average of all runs.",
    ),
    "discover_unsure": (
        "  把握不足：样本外与全部模拟的平均分不开，只可作线索；请增加 --members。",
        "  Not sure: out of sample it cannot be told from the average of all runs: a hint only; run more --members.",
    ),
    "discover_limit": (
        "    {condition}：准 p 值 {p}，{found} 的对半也找到它",
        "    {condition}: quasi-p {p}, found in {found} of the halves too",
    ),
    "discover_tree": (
        "  决策树（深度不超过 3；交叉验证平衡准确率 {accuracy}，0.5 等于猜测）：",
        "  Tree (depth at most 3; cross-validated balanced accuracy {accuracy}, 0.5 is guessing):",
    ),
    "discover_leaf": (
        "    {rule}：{runs} 次中 {cases} 次（{chance}，95% 区间 {low}–{high}）",
        "    {rule}: {cases} of {runs} ({chance}, 95 % interval {low}–{high})",
    ),
    "discover_all_runs": ("全部模拟", "all runs"),
    "discover_chart_note": (
        "左：灰线为全部模拟的范围，蓝条为条件，右注准 p 值与对半中找到的比例；右：前两个条件，● 属此类，○ 不属",
        (
            "Left: grey, range of all runs; blue, condition, with its quasi-p and the share of halves that find it. "
            "Right: the first two; ● runs that are such, ○ that are not"
        ),
    ),
    "discover_chart_note_narrow": (
        "上：灰线为全部模拟的范围，蓝条为条件，右注准 p 值与对半中找到的比例；下：前两个条件，● 属此类，○ 不属",
        (
            "Above: grey, range of all runs; blue, condition, with its quasi-p and the share of halves that find it. "
            "Below: the first two; ● runs that are such, ○ that are not"
        ),
    ),
    "discover_panel": (
        "{scenario}：{target}，{cases}/{n} 次{case}",
        "{scenario}: {target}, {case} in {cases} of {n} runs",
    ),
    "discover_box_panel": (
        "条件内 {density}，样本外 {held}，覆盖 {coverage}",
        "inside {density}, out of sample {held}, coverage {coverage}",
    ),
    "discover_nothing": ("无可发现（见表）", "nothing to discover (see the table)"),
    "quasi_p": ("准 p {p}；{found}", "quasi-p {p}; {found}"),
}
