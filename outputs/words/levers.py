"""Words of the emulator of lever settings and of the search for lever paths."""

TEXTS = {
    "outcome_gdp": ("地区生产总值", "GDP"),
    "outcome_cost_all": ("2021 年以来政策支出（各方合计）", "Cost of levers since 2021, all payers"),
    "outcome_cost_district": ("2021 年以来政策支出（区级承担）", "Cost of levers since 2021, district"),
    "outcome_all_targets": ("全部目标", "all targets"),
    "emulator_note": (
        "每点为 {paths} 条措施路径之一，分五组轮流留出；横轴：模型实际运行；纵轴：仿真器预报（均为各次模拟的平均）",
        (
            "A point is one of {paths} lever paths, left out in turn in five folds. Along: run in the model; up: "
            "foretold by the emulator (means over members)"
        ),
    ),
    "emulator_run": ("模型运行", "run"),
    "emulator_foretold": ("仿真器预报", "foretold"),
    "emulator_error": (
        "均方根误差 {error}\n取各路径平均则为 {trivial}",
        "rms error {error};\nof the mean of paths {trivial}",
    ),
    "emulator_chance": ("{outcome}达标概率（%）", "Chance of {outcome} (%)"),
    "frontier_note": (
        "蓝线：仿真器（训练自研究 {study}）上的寻优结果；黑点：在模型中用新样本重新运行；误差线与色带均为 95% 区间",
        (
            "Blue: found on the emulator (trained on study {study}); black: run in the model on fresh members; bars "
            "and bands: 95 % intervals"
        ),
    ),
    "frontier_error": (
        "；仿真器概率误差（交叉验证）{error} 个百分点",
        "; emulator's error of a chance, cross-validated: {error} points",
    ),
    "frontier_and": ("；", "; "),
    "frontier_both": ("样本抽样与仿真器误差", "sampling of members, and emulator"),
    "frontier_emulator": ("仅仿真器误差", "emulator's error alone"),
    "frontier_line": ("前沿（仿真器）", "frontier (emulated)"),
    "frontier_run": ("寻优路径（模型运行）", "paths found, run in the model"),
    "frontier_reference": ("参照情景（模型运行）", "references, run in the model"),
    "frontier_wanted": ("想要的概率 {wanted}%", "chance wanted: {wanted} %"),
    "frontier_cost": ("比延续 2020 年政策多出的费用（{unit}；{payer}）", "Beyond the policy of 2020, {unit} ({payer})"),
    "frontier_chance": ("全部目标达标概率（%）", "Chance that all targets are met (%)"),
    "sought_farthest": ("只列变动最大的 {n} 项措施", "The {n} levers that are moved farthest"),
    "sought_note": (
        "格内上为 {first} 年末、下为 {last} 年末：从 2020 年水平到上限走了百分之几；负数为到下限走了百分之几",
        (
            "In a cell: where the lever stands at the end of {first}, above, and of {last}, below, in % of the way "
            "from its level of 2020 to its upper bound; below zero, to its lower bound"
        ),
    ),
}
