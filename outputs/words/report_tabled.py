"""Words of the tables of what verbs have answered beyond a study."""

TEXTS: dict[str, tuple[str, str]] = {
    "tabled_player": ("措施", "Levers"),
    "tabled_of": ("{name}（{unit}）", "{name} ({unit})"),
    "tabled_chance": ("全部达标概率（百分点）", "Chance of all (percentage points)"),
    "tabled_attribution": (
        "“{scenario}”的措施各自的贡献，{year} 年：沙普利均值（95% 区间）与新增费用",
        "What the levers of “{scenario}” add in {year}: Shapley means (95 % intervals) and added cost",
    ),
    "group chance": ("随机性", "chance"),
    "tabled_group": ("来源", "From"),
    "tabled_variance": (
        "{year} 年方差的来源：含交互作用的份额（95% 区间）",
        "Where the variance of {year} comes from: shares with interactions (95 % intervals)",
    ),
    "tabled_rates": (
        "公布的年均增速与模型最初几年的增速（% 每年）：中位数（5%–95%）",
        "Published growth beside that of the model's first years (% a year): median (5–95 %)",
    ),
    "tabled_past": ("公布年份", "Years published"),
    "tabled_observed": ("公布增速", "Published"),
    "tabled_years": ("模型年份", "Years of the model"),
    "tabled_model": ("模型", "Model"),
    "tabled_about": ("说明", "Note"),
    "tabled_promised": ("达到的值（95% 区间）", "Value reached (95 % interval)"),
    "tabled_promises": ("以 {chance} 的概率达到的值", "Values reached with a chance of {chance}"),
    "tabled_factor": ("因素", "Factor"),
    "tabled_mu_star": ("平均绝对效应（{unit}）", "Mean absolute effect ({unit})"),
    "tabled_error": ("标准误", "Standard error"),
    "tabled_mu": ("平均效应", "Mean effect"),
    "tabled_screen": (
        "“{target}”{year} 年影响最大的因素（莫里斯筛选）",
        "What moves “{target}” most in {year} (screen of Morris)",
    ),
}
