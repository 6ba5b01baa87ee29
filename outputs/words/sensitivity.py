"""Words of `sensitivity`."""

TEXTS = {
    "group base": ("基年数据", "base year"),
    "group parameters": ("行为参数", "parameters"),
    "group outside": ("外部环境", "outside world"),
    "group luck": ("随机性", "luck"),
    "group rest": ("其余各项", "all others"),
    "group levers": ("全部措施", "all levers"),
    "group research": ("研发参数", "R&D parameters"),
    "group firms": ("企业参数", "firm parameters"),
    "group talent": ("人才参数", "talent parameters"),
    "group transport": ("交通参数", "transport parameters"),
    "group capital": ("资本参数", "capital parameters"),
    "group carriers": ("载体参数", "carrier parameters"),
    "group instruments": ("政策工具参数", "instrument parameters"),
    "group interactions": ("交互作用", "interactions"),
    "group_levers": ("措施：{family}", "levers: {family}"),
    "sobol_title": (
        "{indicator}，{year} 年：各组占方差的比重（{rows} 行；一半行数的结果在右）",
        "{indicator}, {year}: share of each group in the variance ({rows} rows; by half of them at the right)",
    ),
    "sobol_group": ("组", "Group"),
    "sobol_first": ("单独 [95%]", "alone [95 %]"),
    "sobol_total": ("含交互作用 [95%]", "with interactions [95 %]"),
    "sobol_half": ("一半行数：单独，含交互", "by half: alone, with interactions"),
    "sobol_converged": (
        "收敛：所示指标各年，行数减半使含交互作用的比重最多变动 {most} 个百分点，中位 {middle} 个百分点。",
        (
            "Convergence: of the indicators shown, in all years, half the rows change a share with interactions by "
            "{most} points at most, {middle} at the median."
        ),
    ),
    "unmoved_and": ("、", "; "),
    "unmoved": (
        "{names}：此设计中没有任何因素使其变动。",
        "{names}: nothing in this design moves it.",
    ),
    "morris_title": (
        (
            "{indicator}（{unit}），{year} 年：各因素由 5% 分位移到 95% 分位时的变化；"
            "随机性为另抽一次（{trajectories} 条轨迹）"
        ),
        (
            "{indicator} ({unit}), {year}: change as a factor goes from its 5 % to its 95 % quantile, of luck as it "
            "is drawn anew ({trajectories} trajectories)"
        ),
    ),
    "morris_factor": ("因素", "Factor"),
    "morris_mu": ("均值", "mean"),
    "morris_star": ("绝对值均值 ± 95%", "mean of absolute ± 95 %"),
    "morris_half": ("轨迹减半", "by half"),
    "morris_sigma": ("标准差", "deviation"),
    "morris_converged": (
        "收敛：轨迹减半后，{indicator}最强的 {n} 个因素中有 {same} 个不变。",
        (
            "Convergence: of the {n} strongest factors for {indicator}, {same} are among the strongest by half of the "
            "trajectories too."
        ),
    ),
    "grid_title": (
        "{indicator}（{unit}），{year} 年：每项措施单独移到最低、最高水平时的变化 [95% 区间]，同一批随机数",
        "{indicator} ({unit}), {year}: change with each lever alone at its lowest and highest level [95 %], same luck",
    ),
    "grid_lever": ("措施", "Lever"),
    "grid_low": ("最低", "lowest"),
    "grid_high": ("最高", "highest"),
    "luck_held": (
        "各次模拟共用同一批随机数；结果以它为条件。把 luck 加入 --groups 可量出随机性的份额。",
        "All runs share one luck, and the shares hold under it; add luck to --groups to see what luck does.",
    ),
    "held": (
        "不在所列各组中的因素固定在中心值，措施按情景“{scenario}”；移动的措施介于“{low}”与“{high}”之间。",
        (
            "What is in no group is held at its centre, levers as in “{scenario}”; levers that move lie between "
            "“{low}” and “{high}”."
        ),
    ),
    "heat_sobol": (
        "格内：含交互作用的方差比重 [95% 区间]；颜色越深比重越大",
        "Cells: share of the variance with interactions [95 % interval]; the darker the larger",
    ),
    "heat_morris": (
        "格内：由 5% 移到 95% 分位（随机性：另抽一次）时变化的绝对值均值 ± 95%（指标单位）；颜色相对于该指标的最大值",
        (
            "Cells: mean absolute change from the 5 % to the 95 % quantile (luck: drawn anew) ± 95 %, in the unit of "
            "the indicator; colour: relative to its largest"
        ),
    ),
    "heat_strongest": ("；隔年列出，每个指标 {n} 行最大者", "; every other year, the {n} largest of each indicator"),
    "tornado_morris": (
        "条：由 5% 移到 95% 分位时的平均变化，横线为 95% 区间；○：绝对值均值。{n} 个最强因素",
        (
            "Bars: mean change from the 5 % to the 95 % quantile, lines: 95 % interval; ○: mean absolute change. "
            "The {n} strongest factors"
        ),
    ),
    "tornado_grid": (
        "条：措施单独移到最低（浅）与最高（深）水平时的变化，横线为均值的 95% 区间。{n} 项最强措施",
        (
            "Bars: change with the lever alone at its lowest (light) and highest (dark) level, lines: 95 % interval of "
            "the mean. The {n} strongest levers"
        ),
    ),
    "levels_none": ("所试各项措施均无影响", "no lever that was tried changes it"),
    "levels_axis": (
        "横轴：措施力度，0 为最低水平，1 为最高水平；竖线为均值的 95% 区间；最强的 {n} 项措施",
        (
            "Horizontal: level of the lever, 0 the lowest run, 1 the highest; lines: 95 % interval of the mean; "
            "the {n} strongest levers"
        ),
    ),
}
