"""Words of reports: headings, captions, columns and sentences that hold no result."""

TEXTS: dict[str, tuple[str, str]] = {
    "report_comma": ("、", ", "),
    "report_semicolon": ("；", "; "),
    "report_title": (
        "{place}创新与人才目标情景模拟报告",
        "Innovation and talent targets of {place}: a report on scenarios",
    ),
    "report_subtitle": (
        "{years}年各项目标在何种政策下以多大概率达成",
        "With which chance each target for {years} is met, under which policy",
    ),
    "report_study": ("研究编号", "Study"),
    "report_folder": ("研究文件夹", "Folder of the study"),
    "report_runs": ("模拟次数", "Runs"),
    "report_runs_value": (
        "{runs} 次（{scenarios} 个情景，每情景 {members} 次；未完成 {failed} 次）",
        "{runs} ({scenarios} scenarios of {members} members; {failed} failed)",
    ),
    "report_scale": ("模拟比例与随机种子", "Scale and seed"),
    "report_scale_value": ("1:{scale}，种子 {seed}", "1:{scale}, seed {seed}"),
    "report_finished": ("模拟完成时间（UTC）", "Runs finished (UTC)"),
    "report_versions": ("程序版本", "Version of the program"),
    "report_data": ("数据表校验值", "Hash of the data tables"),
    "report_values": ("成员取值来源", "Values of members from"),
    "report_priors": ("先验分布", "priors"),
    "report_posterior": ("后验分布 {name}", "posterior {name}"),
    "report_caution": (
        "本报告中的概率是模型在给定数据与假定下的概率，不是对现实的保证；每个数字都可用 trace 命令查到背后的模拟结果。",
        (
            "Chances in this report are those of the model under its data and assumptions, and no promise about the "
            "world. Each number leads back to the runs behind it by the command trace."
        ),
    ),
    "report_source": (
        "资料来源：模拟研究 {study}，每情景 {members} 次，种子 {seed}，比例 1:{scale}",
        "Source: simulation study {study}; {members} members per scenario, seed {seed}, scale 1:{scale}",
    ),
    "report_source_other": (
        "资料来源：模拟研究 {study}（{folder}），{members} 次，种子 {seed}，比例 1:{scale}",
        "Source: simulation study {study} ({folder}); {members} members, seed {seed}, scale 1:{scale}",
    ),
    "report_figure": ("图", "Figure "),
    "report_table": ("表", "Table "),
    "report_contents": ("目录", "Contents"),
    # headings
    "report_findings": ("主要结论", "Key findings"),
    "report_targets": ("目标达成情况", "Targets"),
    "report_scenario": ("情景：{scenario}", "Scenario: {scenario}"),
    "report_flows": ("人才、企业与资本流动", "Flows of talents, firms and capital"),
    "report_supplements": ("进一步分析", "Further analyses"),
    "report_charts": ("费用、变动构成及其他图", "Cost, what moves are made of, and other charts"),
    "report_limits": ("局限", "Limits"),
    "report_method": ("方法", "Method"),
    "report_parameters": ("附录：参数与不确定取值", "Appendix: parameters and uncertain values"),
    "report_manifest": ("附录：研究清单与数字溯源", "Appendix: manifest and how to trace a number"),
    # targets
    "report_main_table": (
        "主要目标，按各情景首选口径",
        "Headline targets, under the definition each scenario reports first",
    ),
    "report_definition_table": ("主要目标在各种口径下的结果", "Headline targets under every definition"),
    "report_other_table": ("规划的其他目标", "Other targets of the plan"),
    "report_unmodelled": ("未模拟的目标及原因", "Targets that are not simulated, and why"),
    "report_target_of": ("{target} {goal}", "{target} {goal}"),
    "report_goal_at_least": ("≥ {value}", "≥ {value}"),
    "report_goal_above": ("> {value}", "> {value}"),
    "report_joint_row": ("{n} 项目标全部达成", "All {n} targets together"),
    "report_median": ("中位数", "Median"),
    "report_low": ("5% 分位", "5 %"),
    "report_high": ("95% 分位", "95 %"),
    "report_chance_interval": ("达标概率（95% 区间）", "Chance met (95 % interval)"),
    "report_interval": ("95% 区间", "95 % interval"),
    "report_range": ("{low}–{high}", "{low}–{high}"),
    "report_to": ("{low} 至 {high}", "{low} to {high}"),
    "report_gap": ("中位数与目标之差", "Median less target"),
    "report_words": ("措辞", "In words"),
    "report_value_chance": ("{value}（{chance}）", "{value} ({chance})"),
    "report_never_half": ("未达", "never"),
    "report_level_met": ("{value}（达标）", "{value} (met)"),
    "report_level_missed": ("{value}（未达标）", "{value} (not met)"),
    "report_targets_note": (
        (
            "中位数、5% 与 95% 分位取自全部成员在目标年年末的值；概率的 95% 区间为威尔逊区间；“首次达标”为半数成员已曾"
            "达标的第一年。"
        ),
        (
            "Median, 5 % and 95 % are those of all members at the end of the target's year; intervals of chances are "
            "Wilson's; “first met” is the first year by which half of the members have met the target."
        ),
    ),
    "report_definition_note": (
        "格内为目标年中位数，括号内为达标概率。同一目标换一种口径，结论可能相反，引用时请注明口径。",
        (
            "Cells: median in the target's year, in brackets the chance that it is met. Another definition may turn "
            "the answer round: quote numbers with their definition."
        ),
    ),
    "report_other_note": (
        "模拟得出的目标：中位数（达标概率）；由措施直接设定的目标：措施强度（是否达标）。",
        (
            "Simulated targets: median (chance that it is met); targets that a lever sets: level of the lever (met or "
            "not)."
        ),
    ),
    "report_reason": ("原因", "Reason"),
    # scenarios
    "report_levers_table": ("“{scenario}”下发生变化的措施", "Levers that move under “{scenario}”"),
    "report_levers_none": ("该情景不改变任何措施。", "This scenario moves no lever."),
    "report_lever": ("措施", "Lever"),
    "report_family": ("类别", "Family"),
    "report_level_2020": ("2020 年水平", "Level in 2020"),
    "report_level_goal": ("{year} 年水平", "Level in {year}"),
    "report_unit": ("单位", "Unit"),
    "report_cost_of": ("{year} 年费用（{unit}）", "Cost in {year} ({unit})"),
    "report_cost_table": (
        "“{scenario}”下各类措施 {year} 年费用（{unit}），均值与 5%–95% 区间",
        "Cost of the levers by family in {year} under “{scenario}” ({unit}): mean and 5–95 %",
    ),
    "report_payer_all": ("各方合计", "All payers"),
    "report_payer_district": ("其中区财政", "Of it the district"),
    "report_total": ("合计", "Total"),
    "report_effects_cost": (
        "与首个情景相比，2021 年起累计新增费用 {cost}，其中区财政 {district}。",
        "Beside the first scenario it costs {cost} more from 2021 on, {district} of it from the district.",
    ),
    "report_effects_table": (
        "“{scenario}”与“{reference}”相比 {year} 年的变化，同一批随机数",
        "What “{scenario}” changes in {year} against “{reference}”, under the same luck",
    ),
    "report_effects_note": (
        "变化为成员间成对差的均值，其后两列与之同单位；每增一个单位的费用按该指标的首选口径计算。",
        (
            "Changes are means of paired differences, the two columns after them in the same unit; the price of one "
            "more unit is that of the definition reported first."
        ),
    ),
    "report_effect_of": ("{indicator}（{definition}）", "{indicator} ({definition})"),
    "report_effect_mean": ("变化（均值）", "Change, mean"),
    "report_effect_interval": ("均值的 95% 区间", "95 % interval of the mean"),
    "report_effect_price": ("每增一个单位的费用", "Cost of one unit more"),
    "glance_table": ("各情景一览", "The scenarios side by side"),
    "glance_joint": ("{n} 项全部达成（95% 区间）", "All {n} together (95 % interval)"),
    "glance_hardest": ("“{target}”中位数（达标概率）", "“{target}”: median (chance met)"),
    "glance_cost": ("新增费用（{unit}）", "Added cost ({unit})"),
    "glance_district": ("其中区财政（{unit}）", "Of it the district ({unit})"),
    "glance_rationed": ("预算不足的模拟", "Runs short of budget"),
    "glance_note": (
        "新增费用：2021 年起累计，与“{first}”相比，均值。",
        "Added cost: mean, from 2021 on, beyond that of “{first}”.",
    ),
    "headline_fan": (
        "“{target}”（目标 {goal}）最难：最有利的“{scenario}”下中位数 {median}，达标{words}（{chance}）",
        (
            "“{target}” (target {goal}) is hardest: under “{scenario}”, the most favourable, its median is {median}; "
            "that it is met is {words} ({chance})"
        ),
    ),
    "headline_fan_none": (
        "“{scenario}”下，{year} 年没有一项主要目标构成约束",
        "Under “{scenario}” no headline target of {year} binds",
    ),
    "headline_chance": (
        "{n} 项目标全部达成，在最有利的“{scenario}”下{words}（{chance}，95% 区间 {low}–{high}）",
        (
            "That all {n} targets are met is {words} under “{scenario}”, the most favourable ({chance}, 95 % interval "
            "{low}–{high})"
        ),
    ),
    "headline_flows": (
        "“{scenario}”下 {first}–{last} 年人才净流入平均 {net}（5%–95%：{low} 至 {high}）",
        "Under “{scenario}” the balance of talents in {first}–{last} is {net} on average (5–95 %: {low} to {high})",
    ),
    "headline_cost": (
        "“{scenario}”的措施 {year} 年平均费用 {total}（5%–95%：{low} 至 {high}），其中区财政 {district}",
        (
            "The levers of “{scenario}” cost {total} in {year} on average (5–95 %: {low} to {high}), {district} of it "
            "from the district"
        ),
    ),
    "headline_gap": (
        "“{scenario}”下“{target}”（目标 {goal}）的中位数与目标相差 {gap}；结果 5%–95%：{low} 至 {high}",
        "Under “{scenario}” the median of “{target}” (target {goal}) is {gap} from it; 5–95 %: {low} to {high}",
    ),
    "headline_cities": (
        "“{scenario}”下 {first}–{last} 年人才净流入平均：与{city}之间 {net}，与{other}之间 {other_net}",
        "Under “{scenario}” the balance of talents in {first}–{last} is {net} with {city}, {other_net} with {other}",
    ),
    "headline_ladder": (
        "“{scenario}”下“{rung}”中位数由 {first} 年 {base} 家变为 {last} 年 {value} 家（5%–95%：{low}–{high}）",
        (
            "Under “{scenario}” the median of “{rung}” goes from {base} in {first} to {value} in {last} "
            "(5–95 %: {low}–{high})"
        ),
    ),
    "headline_decomposition": (
        (
            "“{scenario}”下“{target}”{first}–{last} 年平均变动 {whole}，其中“{part}”贡献最大：{most}（5%–95%：{low} "
            "至 {high}）"
        ),
        (
            "Under “{scenario}” “{target}” moves by {whole} in {first}–{last} on average; most of it is “{part}”: "
            "{most} (5–95 %: {low} to {high})"
        ),
    ),
    "report_scenario_targets": ("“{scenario}”下的主要目标", "Headline targets under “{scenario}”"),
    "report_scenario_all": (
        "{n} 项目标全部达成的概率为 {chance}（95% 区间 {low}–{high}），即{words}。",
        "All {n} targets together are met with a chance of {chance} (95 % interval {low}–{high}): {words}.",
    ),
    "report_scenario_world": ("措施之外的设定：{names}。", "Beside the levers this scenario sets: {names}."),
    "report_rationed": (
        "在 {share} 的模拟中，预算不足以支付全部措施，措施按比例压缩（{n} 次，共 {members} 次）。",
        "In {share} of the runs the budget could not pay for all levers, and they were rationed ({n} of {members}).",
    ),
    # flows
    "report_flow_table": (
        "{kind}（{unit}）：{first}–{last} 年累计流入、流出与净流入，均值；净流入另列 5%–95% 区间",
        "{kind} ({unit}): inflow, outflow and balance of {first}–{last}, means; of the balance 5–95 % too",
    ),
    "report_moves_table": (
        "{indicator}：{first}–{last} 年变动的构成（{unit}），均值（5%–95% 区间）",
        "{indicator}: what its move of {first}–{last} is made of ({unit}), mean (5–95 %)",
    ),
    "report_place": ("与何地往来", "Exchange with"),
    "report_inflow": ("流入", "In"),
    "report_outflow": ("流出", "Out"),
    "report_net": ("净流入", "Balance"),
    "report_net_band": ("净流入 5%–95%", "Balance, 5–95 %"),
    "report_everywhere": ("各地合计", "All places"),
    "report_flow_sentence": (
        "“{scenario}”下，{kind}的净流入平均为 {net}（5%–95%：{low} 至 {high}）。",
        "Under “{scenario}” the balance of {kind} is {net} on average (5–95 %: {low} to {high}).",
    ),
    "report_talents": ("人才", "talents"),
    "report_firms": ("企业", "firms"),
    "report_capital": ("资本", "capital"),
    # supplements
    "report_missing_validation": (
        "本研究尚未与观测或历史增速比较；运行 {command} 后重新生成报告即可加入。",
        (
            "This study has not been set beside observations or past growth; {command} adds that, then make the report "
            "again."
        ),
    ),
    "report_missing_milestones": (
        "本研究尚无年度里程碑与可承诺值；运行 {command} 后重新生成报告即可加入。",
        "This study has no milestones and promises yet; {command} adds them, then make the report again.",
    ),
    "report_missing_attribution": (
        "尚未计算各项措施的贡献；运行 {command} 后重新生成报告即可加入。",
        "What each lever contributes is not known yet; {command} finds it, then make the report again.",
    ),
    "report_missing_deadline": (
        "尚未计算措施推迟的后果；运行 {command} 后重新生成报告即可加入。",
        "What later starts cost is not known yet; {command} finds it, then make the report again.",
    ),
    "report_missing_sensitivity": (
        "尚未做敏感性分析；运行 {command} 后重新生成报告即可加入。",
        "There is no sensitivity analysis yet; {command} makes one, then make the report again.",
    ),
    "report_missing_variance": (
        "尚未分解不确定性的来源；运行 {command} 后重新生成报告即可加入。",
        "Where the uncertainty comes from is not known yet; {command} finds it, then make the report again.",
    ),
    "report_other_study": (
        "本节取自同一数据、版本与种子下的另一研究 {study}（{members} 次，比例 1:{scale}），其数值与本研究可略有出入。",
        (
            "This section comes from another study of the same data, version and seed, {study} ({members} members, "
            "scale 1:{scale}); its values may differ a little from those of this one."
        ),
    ),
    "report_part_validation": ("检验", "Validation"),
    "report_part_milestones": ("里程碑与可承诺值", "Milestones and what can be promised"),
    "report_part_attribution": ("各项措施的贡献", "What each lever contributes"),
    "report_part_deadline": ("最迟何时启动", "How late the levers may begin"),
    "report_part_sensitivity": ("敏感性", "Sensitivity"),
    "report_part_variance": ("不确定性从何而来", "Where the uncertainty comes from"),
}
