"""Words of the lever page."""

TEXTS: dict[str, tuple[str, str]] = {
    "page_title": ("政策措施推演", "Policy levers"),
    "page_other": ("English", "中文"),
    "page_about": (
        (
            "移动左侧措施，代理模型即时作答（误差由交叉验证得出），随后由真实模拟在后台核实。"
            "训练研究 {study}：{paths} 条路径 × {members} 次，2020 年政策 {base} 次，比例 1:{scale}。"
        ),
        (
            "Move a lever: an emulator answers at once (its error is cross-validated), then true runs confirm in the "
            "background. Trained on study {study}: {paths} paths x {members} members, {base} under the policy of 2020, "
            "scale 1:{scale}."
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
        "代理估计 · {interval} · 代理误差 ±{error} 个百分点 · 用时 {ms} 毫秒",
        "Emulated · {interval} · emulator's error ±{error} points · answered in {ms} ms",
    ),
    "page_usual_chance": (
        "维持 2020 年政策时为 {chance}（{interval}）。",
        "Under the policy of 2020 it is {chance} ({interval}).",
    ),
    "page_confirmed_line": (
        "已由真实模拟核实：{chance}（{interval}，{members} 次）",
        "Confirmed by true runs: {chance} ({interval}, {members} members)",
    ),
    "page_running_line": (
        "真实模拟进行中：{done}/{members} 次，目前 {chance}（{interval}）",
        "True runs under way: {done} of {members}, so far {chance} ({interval})",
    ),
    "page_waiting": ("真实模拟即将开始……", "True runs are about to begin ..."),
    "page_first": ("真实模拟进行中：0/{members} 次", "True runs under way: 0 of {members}"),
    "page_broken": ("真实模拟中断：{why}", "True runs stopped: {why}"),
    "page_broken_killed": (
        "一个工作进程被系统终止，可能因内存不足；移动任一滑块即重新开始",
        "a worker process was killed, maybe for want of memory; they begin again when a slider is moved",
    ),
    "page_broken_closing": ("页面服务正在关闭", "the page is being closed"),
    "page_broken_fault": (
        "程序出错（{fault}），详情见启动页面的终端；移动任一滑块即重新开始",
        "an error ({fault}), see the terminal that serves the page; they begin again when a slider is moved",
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
            "What binds is “{target}”: met with a chance of {chance}, its median {gap} off the target "
            "(emulated, error {error})."
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
            "Costs {cost} more than the policy of 2020 up to {year} (emulator's error ±{error}), of it {district} from "
            "the district (±{district_error})."
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
            "In {share} of the runs the budget does not reach and levers are rationed (95 % interval {low} to {high}); "
            "mean share of the planned change that is paid, by year: {years}."
        ),
    ),
    "page_ration_waits": (
        "预算是否够用由真实模拟给出，代理模型不估计。",
        "Whether the budget reaches is told by the true runs; the emulator does not say it.",
    ),
    "page_chances": ("各目标达标概率", "Chance of each target"),
    "page_target": ("目标", "Target"),
    "page_value": ("均值（代理）", "Mean (emulated)"),
    "page_error": ("代理误差", "Emulator's error"),
    "page_chance": ("达标概率（代理）", "Chance (emulated)"),
    "page_chance_error": ("误差（百分点）", "Error (points)"),
    "page_low_high": ("95% 区间", "95 % interval"),
    "page_chance_run": ("达标概率（真实）", "Chance (true runs)"),
    "page_members": ("次数", "Members"),
    "page_all": ("全部达标", "All together"),
    "page_fans": ("三项目标的走势", "The three indicators over the years"),
    "page_fan_note": (
        (
            "灰：2020 年政策（真实模拟，5%–95% 与中位数）；橙色竖线：末年代理估计 5%–95%；蓝：本方案真实模拟"
            "（中位数、25%–75%、5%–95%）；虚线：目标。"
        ),
        (
            "Grey: policy of 2020 (true runs, 5-95 % and median). Orange bar: emulated 5-95 % in the last year. Blue: "
            "true runs of this setting (median, 25-75 %, 5-95 %). Dashed: target."
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
    "page_flows": ("城市间流动（真实模拟）", "Flows between cities (true runs)"),
    "page_flows_note": (
        "{first}–{last} 年累计，均值 [5%–95%]；行为流出地，列为流入地；{members} 次模拟。",
        "Sum of {first} to {last}, mean [5-95 %]; rows are origins, columns destinations; {members} members.",
    ),
    "page_flows_wait": ("真实模拟完成后显示。", "Shown when true runs are there."),
    "page_flow_of": ("{name}（{unit}）", "{name} ({unit})"),
    "page_start": ("从情景库开始", "Start from a scenario"),
    "page_reset": ("全部退回 2020 年", "All back to 2020"),
    "page_level": ("{name}：2025 年强度", "{name}: strength in 2025"),
    "page_timing": ("{name}：时间安排", "{name}: timing"),
    "page_when": ("时间", "Timing"),
    "page_early": ("早：2022 年一步到位", "early: all by the end of 2022"),
    "page_even": ("匀速", "a straight line"),
    "page_late": ("晚：2025 年才到位", "late: all in 2025"),
    "page_earlier": ("偏早", "rather early"),
    "page_later": ("偏晚", "rather late"),
    "page_unit_cost": ("单位费用 {cost}（{low}–{high}）", "unit cost {cost} ({low} to {high})"),
    "page_added": ("新增 {cost}（代理 ±{error}）", "adds {cost} (emulated, ±{error})"),
    "page_at_2020": ("2020 年水平", "level of 2020"),
    "page_moved": ("已移动 {n} 项", "{n} moved"),
    "page_compare": ("对比", "Compare"),
    "page_keep": ("把当前方案存为 B", "Keep this setting as B"),
    "page_drop": ("取消对比", "Stop comparing"),
    "page_swap": ("A、B 互换", "Swap A and B"),
    "page_compare_note": (
        "A 为当前方案。差值 A−B 由同一批随机数下的真实模拟逐次相减（均值的 95% 区间，{members} 次）。",
        (
            "A is the setting now. A less B is of true runs, member by member under the same luck (95 % interval of "
            "the mean, {members} members)."
        ),
    ),
    "page_compare_wait": (
        "A 为当前方案。差值待两个方案都有真实模拟后给出。",
        "A is the setting now. The difference is given when both have true runs.",
    ),
    "page_a": ("A", "A"),
    "page_b": ("B", "B"),
    "page_a_less_b": ("A−B（真实）", "A less B (true runs)"),
    "page_points": ("{value} 个百分点", "{value} points"),
    "page_added_cost": ("新增费用", "Added cost"),
    "page_save": ("存为情景文件", "Save as a scenario file"),
    "page_file_id": ("文件名（不含 .yaml）", "File name (without .yaml)"),
    "page_label_zh": ("中文名称", "Name in Chinese"),
    "page_label_en": ("英文名称", "Name in English"),
    "page_download": ("下载", "Download"),
    "page_cancel": ("关闭", "Close"),
    "page_share": ("分享链接", "Share by link"),
    "page_copy": ("复制", "Copy"),
    "page_copied": ("已复制", "Copied"),
    "page_share_note": (
        "链接里就是方案本身；对方须能打开本机的这个页面，或用同一研究自行启动。",
        "The link holds the setting itself; whoever opens it needs this page, or one on the same study.",
    ),
    "page_table": ("下载表格（CSV）", "Table (CSV)"),
    "page_chart": ("下载图（PNG）", "Chart (PNG)"),
    "page_bad_link": (
        "链接里的方案有误，已改用 2020 年政策：",
        "The setting in the link is wrong; the policy of 2020 is shown instead:",
    ),
    "page_source": (
        "资料来源：模拟研究 {study}（训练种子 {seed}；核实种子 {fresh}）",
        "Source: simulation study {study} (training seed {seed}; confirming seed {fresh})",
    ),
    "page_notes": (
        "由措施页面保存，训练研究 {study}。代理估计全部达标概率 {chance}（{interval}）。",
        "Saved by the lever page, trained on study {study}. Emulated chance of all targets {chance} ({interval}).",
    ),
    "page_bad_id": (
        "文件名只能有字母、数字、下划线和连字符，至多 60 个字符。",
        "A file name holds letters, digits, _ and - alone, at most 60.",
    ),
    "page_outlook": (
        "模拟只到 {year} 年，早于目标年份，所示为到该年的结果。",
        "The runs end in {year}, before the year of the targets; what is shown is where they stand then.",
    ),
    "page_chart_words": (
        "{target}：代理估计 {chance}（{interval}）",
        "{target}: emulated {chance} ({interval})",
    ),
}
