"""Words of the lever page."""

TEXTS: dict[str, tuple[str, str]] = {
    "page_title": ("政策措施推演", "Policy levers"),
    "page_other": ("English", "中文"),
    "page_about": (
        (
            "移动措施，代理模型即时作答（误差由交叉验证得出），随后由真实模拟在后台核实。训练研究 {study}：{paths} "
            "条路径 × {members} 次，2020 年政策 {base} 次，比例 1:{scale}。"
        ),
        (
            "Move a lever: an emulator answers at once (its error is cross-validated), then true runs confirm "
            "in the background. Trained on study {study}: {paths} paths × {members} members, {base} under the "
            "policy of 2020, scale 1:{scale}."
        ),
    ),
    "page_skip": ("跳到结果", "Skip to the answer"),
    "page_levers": ("措施", "Levers"),
    "page_answer": ("结果", "Answer"),
    "page_headline": (
        "{year} 年全部 {n} 项目标同时达到的概率：{chance}",
        "Chance that all {n} targets are met in {year}: {chance}",
    ),
    "page_interval": ("95% 区间 {low}–{high}", "95 % interval {low} to {high}"),
    "page_emulated": ("代理估计", "Emulated"),
    "page_confirmed": ("真实模拟", "True runs"),
    "page_usual": ("2020 年政策（{n} 次真实模拟）", "Policy of 2020 ({n} true runs)"),
    "page_emulated_line": (
        "代理估计：{interval}，代理误差 {error} 个百分点",
        "Emulated: {interval}, emulator's error {error} points",
    ),
    "page_usual_chance": (
        "维持 2020 年政策时为 {chance}（{interval}）。",
        "Under the policy of 2020 it is {chance} ({interval}).",
    ),
    "page_confirmed_line": (
        "真实模拟 {members} 次：{chance}（{interval}）",
        "{members} true runs: {chance} ({interval})",
    ),
    "page_running_line": (
        "真实模拟 {done}/{members} 次：目前 {chance}（{interval}）",
        "True runs {done} of {members}: so far {chance} ({interval})",
    ),
    "page_waiting": ("真实模拟即将开始……", "True runs are about to begin ..."),
    "page_first": ("真实模拟 0/{members} 次", "True runs 0 of {members}"),
    "page_broken": ("真实模拟中断：{why}", "True runs stopped: {why}"),
    "page_broken_killed": (
        "一个工作进程被系统终止，可能因内存不足；移动任一措施即重新开始",
        "a worker process was killed, maybe for want of memory; they begin again when a lever is moved",
    ),
    "page_broken_closing": ("页面服务正在关闭", "the page is being closed"),
    "page_broken_fault": (
        "程序出错（{fault}），详情见启动页面的终端；移动任一措施即重新开始",
        "an error ({fault}), see the terminal that serves the page; they begin again when a lever is moved",
    ),
    "page_failed": ("{n} 次未完成，未计入", "{n} failed and are not counted"),
    "page_agree": (
        "代理估计与真实模拟的 95% 区间相交，二者不矛盾。",
        "The 95 % intervals of the emulator and of the true runs overlap: they do not contradict each other.",
    ),
    "page_disagree": (
        "代理估计与真实模拟的 95% 区间不相交：以真实模拟为准。",
        "The 95 % intervals of the emulator and of the true runs are apart: trust the true runs.",
    ),
    "page_binds": ("约束", "What binds"),
    "page_binds_line": (
        "约束最紧的是“{target}”：达标概率 {chance}，中位数与目标之差 {gap}（代理估计，误差 {error}）。",
        (
            "What binds is “{target}”: met with a chance of {chance}, its median {gap} off the target (emulated, "
            "error {error})."
        ),
    ),
    "page_binds_none": (
        "各项目标的达标概率均不低于 95%，无一项构成约束。",
        "Each target is met with a chance of 95 % or more; none binds.",
    ),
    "page_missed": (
        "真实模拟中未全部达标的 {missed} 次里，{share} 未达到“{target}”。",
        "Of the {missed} true runs that miss a target, {share} miss “{target}”.",
    ),
    "page_missed_none": ("真实模拟中没有一次未达标。", "No true run misses a target."),
    "page_budget": ("费用与预算", "Cost and budget"),
    "page_cost_line": (
        "至 {year} 年比维持 2020 年政策多花 {cost}（代理误差 ±{error}），其中区财政 {district}（±{district_error}）。",
        (
            "Costs {cost} more than the policy of 2020 up to {year} (emulator's error ±{error}), of it {district} "
            "from the district (±{district_error})."
        ),
    ),
    "page_cost_run": (
        "真实模拟：{cost}（均值的 95% 区间 {low}–{high}）；按承担方：{payers}。",
        "True runs: {cost} (95 % interval of the mean {low} to {high}); by payer: {payers}.",
    ),
    "page_payer": ("{payer} {amount}", "{payer} {amount}"),
    "page_rationed": (
        "{share} 的模拟中预算不足、措施被按比例压缩（95% 区间 {low}–{high}）；各年平均保障率：{years}。",
        (
            "In {share} of the runs the budget does not reach and levers are rationed (95 % interval {low} to "
            "{high}); mean share of the planned change that is paid, by year: {years}."
        ),
    ),
    "page_ration_waits": (
        "预算是否够用由真实模拟给出，代理模型不估计。",
        "Whether the budget reaches is told by the true runs; the emulator does not say it.",
    ),
    "page_chances": ("各目标达标概率", "Chance of each target"),
    "page_target": ("目标", "Target"),
    "page_value": ("均值 ± 误差（代理）", "Mean ± error (emulated)"),
    "page_chance": ("达标概率（代理）[95% 区间]", "Chance (emulated) [95 % interval]"),
    "page_chance_error": ("代理误差（百分点）", "Emulator's error (points)"),
    "page_chance_run": ("达标概率（真实）[95% 区间]", "Chance (true runs) [95 % interval]"),
    "page_all": ("全部达标", "All together"),
    "page_fans": ("三项目标的走势", "The three indicators over the years"),
    "page_fan_note": (
        (
            "灰：2020 年政策（真实模拟，5%–95% 与中位数）；橙色竖线：末年代理估计 5%–95%；蓝：本方案真实模拟（中位数、"
            "25%–75%、5%–95%）；虚线：目标。"
        ),
        (
            "Grey: policy of 2020 (true runs, 5-95 % and median). Orange bar: emulated 5-95 % in the last year. "
            "Blue: true runs of this setting (median, 25-75 %, 5-95 %). Dashed: target."
        ),
    ),
    "page_goal": ("目标", "target"),
    "page_gains": ("已移动措施各自的贡献", "What each moved lever adds"),
    "page_gains_note": (
        "把该措施退回 2020 年水平、其余不变时的损失（代理估计）；灰色者小于代理误差，不能当真。",
        (
            "Lost when that lever alone goes back to its level of 2020 (emulated). What is grey is smaller than "
            "the emulator's error and means nothing."
        ),
    ),
    "page_gain_chance": ("全部达标概率（百分点）", "Chance of all (points)"),
    "page_gain_cost": ("费用（{unit}）", "Cost ({unit})"),
    "page_lever": ("措施", "Lever"),
    "page_no_moves": (
        "尚未移动任何措施：这是维持 2020 年政策的结果。",
        "No lever is moved yet: this is the policy of 2020.",
    ),
    "page_start": ("从情景库开始", "Start from a scenario"),
    "page_reset": ("全部退回 2020 年", "All back to 2020"),
    "page_level": ("{name}：到 {year} 年的水平", "{name}: level in {year}"),
    "page_when": ("{name}：哪几年到位", "{name}: years in which it moves"),
    "page_unit_cost": ("单位费用 {cost}（{low}–{high}）", "unit cost {cost} ({low} to {high})"),
    "page_added": ("新增 {cost}（代理 ±{error}）", "adds {cost} (emulated, ±{error})"),
    "page_moved": ("已移动 {n} 项", "{n} moved"),
    "page_a": ("A", "A"),
    "page_b": ("B", "B"),
    "page_a_less_b": ("A−B（真实）", "A less B (true runs)"),
    "page_points": ("{value} 个百分点", "{value} points"),
    "page_added_cost": ("新增费用（{unit}）", "Added cost ({unit})"),
    "page_source": (
        "资料来源：模拟研究 {study}（训练种子 {seed}；核实种子 {fresh}）",
        "Source: simulation study {study} (training seed {seed}; confirming seed {fresh})",
    ),
    "page_outlook": (
        "模拟只到 {year} 年，早于目标年份，所示为到该年的结果。",
        "The runs end in {year}, before the year of the targets; what is shown is where they stand then.",
    ),
    "page_results": ("结果", "Results"),
    "page_jump": ("跳转", "Jump to"),
    "page_room": ("2020 年 {usual}，可选 {low}–{high}", "2020: {usual}; from {low} to {high}"),
    "page_not_learnt": (
        "不能更低：代理模型未学过低于 2020 年的水平",
        "not lower: the emulator has not learnt levels below 2020",
    ),
    "page_at_once": ("{last} 年内到位", "all by the end of {last}"),
    "page_at_last": ("到 {last} 年才到位", "only in {last}"),
    "page_span": ("{first}–{last} 年逐年到位", "{first} to {last}, year by year"),
    "page_straight": ("{first}–{last} 年逐年到位（直线）", "{first} to {last}, a straight line"),
    "page_before": ("{name}：此前的水平", "{name}: level before"),
    "page_until": ("此前（{first} 年起）：{level}", "Before, from {first} on: {level}"),
    "page_before_is": ("此前 {level}", "before that {level}"),
    "page_took": ("代理作答用时 {ms} 毫秒。", "The emulator answered in {ms} ms."),
}
