"""Words of the sections on later starts, scores on observations and shares of groups in a report."""

TEXTS: dict[str, tuple[str, str]] = {
    # later starts
    "tabled_start": ("原定启动", "Start"),
    "tabled_gain": ("增益（{unit}）", "Gain ({unit})"),
    "tabled_kept": ("晚 {n} 年", "{n} y late"),
    "tabled_gains": (
        "“{target}”{year} 年：推迟启动后保留的增益份额，其余措施按“{scenario}”（95% 区间）",
        (
            "“{target}” in {year}: share of its gain that a later start keeps, all else as in “{scenario}” (95 % "
            "intervals)"
        ),
    ),
    "tabled_gains_note": (
        "–：增益不能确定大于零，因而没有可保留的份额；增益栏为 –：没有一次模拟因它而不同。",
        "–: no gain that is surely above zero, so no share of it to keep; as the gain itself: no run differs by it.",
    ),
    "tabled_each": ("每一项", "Each of them"),
    "tabled_others": ("其余各项", "All others"),
    "tabled_never_note": (
        "未列的各项：始终不启动，各概率在模拟中不变。",
        "What is not listed leaves each chance as it is in the runs if it never begins.",
    ),
    "tabled_last_by_gain": (
        "保留 {keep} 增益的最晚启动年，其余措施按“{scenario}”（括号内为 95% 区间所及的年份）",
        "Last start that keeps {keep} of the gain, all else as in “{scenario}” (years that the 95 % intervals allow)",
    ),
    "tabled_last_by_chance": (
        "使 {year} 年达标概率不低于 {threshold} 的最晚启动年，其余措施按“{scenario}”（括号内为 95% 区间所及的年份）",
        (
            "Last start that keeps the chance of {year} at {threshold} or above, all else as in “{scenario}” (years "
            "that the 95 % intervals allow)"
        ),
    ),
    "tabled_as_planned": ("按原定启动的概率", "Chance as planned"),
    "tabled_never": (
        "始终不启动使 {year} 年达标概率变动的百分点，其余措施按“{scenario}”（95% 区间）",
        (
            "What never beginning changes the chance of {year} by, in points, all else as in “{scenario}” (95 % "
            "intervals)"
        ),
    ),
    "tabled_or_later": ("≥{year}", "≥{year}"),
    "tabled_before": ("<{year}", "<{year}"),
    "tabled_starts_note": (
        "≥：所试的最晚启动年，真正的期限可能更晚；<：早于原定启动年；–：增益不能确定大于零，或原定启动也保不住。",
        (
            "≥: the latest start that was tried, the true one may be later; <: before the planned start; –: the gain "
            "is not surely above zero, or even the planned start does not keep enough."
        ),
    ),
    "tabled_signposts": (
        "“{target}”的预警指标：年末读数可预示 {year} 年结局（95% 区间）",
        "Signposts of “{target}”: what tells at the end of a year how {year} ends (95 % intervals)",
    ),
    "tabled_signposts_note": (
        "门槛由偶数号成员求出，各比例与检验用奇数号成员。",
        "Thresholds are found on members of even number; rates are those of members of odd number, who judge them.",
    ),
    "tabled_signpost": ("指标与门槛", "Signpost"),
    "tabled_itself": ("本指标", "itself"),
    "tabled_signpost_of": ("{name} {sign} {cut}（{low} 至 {high}）", "{name} {sign} {cut} ({low} to {high})"),
    "tabled_on_track": ("过线", "On track"),
    "tabled_if_on": ("过线后实现", "Chance beyond it"),
    "tabled_if_off": ("未过线实现", "Chance short of it"),
    "tabled_bears": ("检验", "Held out"),
    "late_below": (
        (
            "“{target}”：按原定时间启动，达标{words}（{chance}，95% 区间 {low}–{high}），低于 {threshold}，任何启动年"
            "都保不住这一概率"
        ),
        (
            "“{target}”: with no delay it is {words} to be met ({chance}, 95 % interval {low}–{high}), below "
            "{threshold}, so no start year keeps it there"
        ),
    ),
    "late_below_maybe": (
        "；但区间跨过 {threshold}，这一判断尚不确定。",
        "; the interval reaches {threshold}, though, so this is not sure.",
    ),
    "late_kept": (
        (
            "“{target}”：所列措施中任何一项推迟或不启动，模拟中的达标概率都不低于 {threshold}（最低 {lowest}，95% 区间"
            "下限 {low}）"
        ),
        (
            "“{target}”: whichever of these begins later or never, the chance in the runs stays at {threshold} or "
            "above (lowest {lowest}, its 95 % interval from {low})"
        ),
    ),
    "late_kept_maybe": (
        "；但区间下限低于 {threshold}，尚不能肯定。",
        "; the interval begins below {threshold}, though, so this is not sure.",
    ),
    "late_dated": (
        "“{target}”：要使达标概率不低于 {threshold}，最先到期的是“{player}”，最迟{start}启动。",
        "“{target}”: to keep its chance at {threshold} or above, the first to fall due is “{player}”, by {start}.",
    ),
    "late_gains_most": (
        "在增益确定大于零的措施中，对“{target}”增益最大的是“{player}”：{gain}（95% 区间 {low} 至 {high}）；{wait}。",
        (
            "Of the gains for “{target}” that are surely above zero, that of “{player}” is the largest: {gain} (95 % "
            "interval {low} to {high}); {wait}."
        ),
    ),
    "late_wait": ("要保留其 {keep}，最迟{start}启动", "to keep {keep} of it, it must begin by {start}"),
    "late_gains_none": (
        "对“{target}”，没有一项措施的增益能确定大于零，因而说不出由增益决定的期限。",
        "For “{target}” no gain is surely above zero, so none sets a last start.",
    ),
    "late_start_year": (" {year} 年", "{year}"),
    "late_start_band": (
        " {year} 年（95% 区间所及：{low} 至 {high}）",
        "{year} (the 95 % intervals allow {low} to {high})",
    ),
    "late_known": (
        (
            "“{target}”的最晚启动年中最早的是 {start} 年，届时所能知道的是 {year} 年末的读数：{signpost}；"
            "以奇数号成员检验：{told}。"
        ),
        (
            "The earliest last start of “{target}” is {start}; what is known then stands at the end of {year}: "
            "{signpost}; judged on members of odd number: {told}."
        ),
    ),
    # scores
    "yes_no True": ("是", "yes"),
    "yes_no False": ("否", "no"),
    "forecaster last_value": ("上期值", "last value"),
    "forecaster drift": ("漂移", "drift"),
    "forecaster historical_mean": ("历史均值", "historical mean"),
    "forecaster ar1": ("AR(1)", "AR(1)"),
    "forecaster model": ("模型", "model"),
    "observed level": ("{name}，{period}", "{name}, {period}"),
    "observed growth": ("{name}同比增速，{period}", "{name}, growth on a year, {period}"),
    "observed change": ("{name}同比变动，{period}", "{name}, change on a year, {period}"),
    "scored_what": ("观测", "Observation"),
    "scored_value": ("观测值 ± 标准误", "Observed ± standard error"),
    "scored_error_of": ("{value} ± {error}", "{value} ± {error}"),
    "scored_bound": ("{sign} {value}", "{sign} {value}"),
    "scored_limit": ("界限", "Bound"),
    "scored_counted": ("是否计入", "Counted"),
    "scored_in_sample": ("否：2021 年，模型的依据", "no: 2021, evidence of the model"),
    "scored_part": ("否：部分年份，模型无季节", "no: part of a year, and the model has no seasons"),
    "scored_source": ("来源", "Source"),
    "scored_by": ("预测", "Forecast"),
    "scored_median": ("中位数（5%–95%）", "Median (5–95 %)"),
    "scored_error": ("误差", "Error"),
    "scored_within_50": ("在 50% 区间内", "In 50 % band"),
    "scored_within_90": ("在 90% 区间内", "In 90 % band"),
    "scored_observations": ("所用观测", "Observations"),
    "scored_scores": (
        "对观测值的预测：误差、CRPS 与区间，以各观测的单位计",
        "Forecasts of the values observed: error, CRPS and bands, each in the unit of its observation",
    ),
    "scored_bounds": ("对不等式观测的预测", "Forecasts of what is known as a bound"),
    "scored_chance": ("成立概率", "Chance of it"),
    "scored_summary": (
        "计入的观测：区间覆盖率、布里尔分数，以及模型与朴素预测之比",
        "Counted observations: coverage of the bands, Brier score, and the model beside naive forecasts",
    ),
    "scored_points": ("观测值数", "Values"),
    "scored_cover_50": ("50% 区间内", "In 50 % band"),
    "scored_cover_90": ("90% 区间内", "In 90 % band"),
    "scored_inequalities": ("不等式数", "Bounds"),
    "scored_brier": ("布里尔分数", "Brier score"),
    "scored_better": ("模型 CRPS 较小的指标", "Model better by CRPS"),
    "scored_of": ("{model_better} / {shared_indicators}", "{model_better} of {shared_indicators}"),
    "scored_verdict": ("符号检验", "Sign test"),
    "scored_too_few": ("指标太少，无法检验", "too few to test"),
    "scored_model_better": ("模型较好（p = {p}）", "model better (p = {p})"),
    "scored_model_worse": ("模型较差（p = {p}）", "model worse (p = {p})"),
    "scored_no_difference": ("分不出高下（p = {p}）", "no difference told (p = {p})"),
    "scored_naive_note": (
        (
            "朴素预测依据同一口径 2021 年及以前的公布值；数据不足、做不出的不列。只有一个点的预测没有区间，其 CRPS 即"
            "绝对误差。"
        ),
        (
            "Naive forecasts rest on what was published to 2021 of the same definition; those for which that is too "
            "little are left out. One that is a point has no band, and its CRPS is the absolute error."
        ),
    ),
    "scored_coverage": (
        "计入的 {points} 个观测值中，落在模型 90% 与 50% 区间内的份额：{scenarios}。",
        "Of the {points} values that count, these shares lie in the model's 90 and 50 % bands: {scenarios}.",
    ),
    "scored_coverage_of": (
        "“{scenario}”下为 {within_90} 与 {within_50}",
        "under “{scenario}” {within_90} and {within_50}",
    ),
    "scored_few": (
        "观测这样少，覆盖率说明不了多少。",
        "Coverage of so few values says little.",
    ),
    "scored_uncounted": (
        "没有一个观测值计入：不能据此评判模型。",
        "No value observed counts, so nothing is told of the model.",
    ),
    "scored_untested": (
        (
            "预测能力无法检验：与各朴素预测共有的指标太少，符号检验不可能得出结论；以下分数既不证明模型预测得好，也不证明"
            "预测得差。"
        ),
        (
            "Skill cannot be tested: too few indicators are shared with any naive forecast for a sign test, so these "
            "scores show neither that the model forecasts well nor that it forecasts badly."
        ),
    ),
    "scored_tested": (
        "“{scenario}”下与“{naive}”相比：CRPS 在 {shared_indicators} 个指标中的 {model_better} 个上较小，{verdict}。",
        (
            "Under “{scenario}” beside “{naive}”: the model's CRPS is smaller on {model_better} of {shared_indicators} "
            "indicators, {verdict}."
        ),
    ),
    # shares of groups
    "shares_group": ("组", "Group"),
    "shares_first": ("单独（95% 区间）", "Alone (95 %)"),
    "shares_total": ("含交互作用（95% 区间）", "With interactions (95 %)"),
    "shares_half_first": ("半数行：单独", "By half: alone"),
    "shares_half_total": ("半数行：含交互", "By half: with"),
    "shares_table": (
        "“{target}”{year} 年方差中各组所占份额（索博尔法，设计 {rows} 行）",
        "Share of each group in the variance of “{target}” in {year} (Sobol, {rows} rows of the design)",
    ),
    "shares_note": (
        "份额为抽样估计，可小于 0 或大于 1；“半数行”只用前一半的行，与左列相差越小，收敛越好。",
        (
            "Shares are estimates by sampling and can lie below 0 or above 1; “by half” uses the first half of the "
            "rows: the nearer to the columns at the left, the better they have converged."
        ),
    ),
    "shares_most": (
        (
            "“{target}”在 {year} 年的方差中，“{group}”占比最大：含交互作用 {total}（95% 区间 {low} 至 {high}），单独 "
            "{first}{sure}。"
        ),
        (
            "Of the variance of “{target}” in {year}, “{group}” holds most: {total} with interactions (95 % interval "
            "{low} to {high}), {first} alone{sure}."
        ),
    ),
    "shares_unsure": (
        "；其区间与“{other}”的（{low} 至 {high}）重叠，名次不能确定",
        "; its interval overlaps that of “{other}” ({low} to {high}), so which comes first is not sure",
    ),
    "shares_moved": (
        "收敛：只用一半的行，变动最大的是“{group}”在“{target}”中的份额，为 {half}，全部 {rows} 行为 {total}。",
        (
            "Convergence: with half of the rows, the share that moves most is that of “{group}” in “{target}”: {half}, "
            "with all {rows} rows {total}."
        ),
    ),
    # what is claimed where there are scores
    "finding_skill_scored": (
        "本模型不声称预测能力：与所给观测的对照及其能说明什么，见“检验”一节。",
        "No skill of forecasting is claimed: “Validation” sets the model beside observations and says what that shows.",
    ),
    "limit_skill_scored": (
        "不声称预测能力：对 {year} 年之后观测的打分见“检验”一节，观测的来源列在其中；此前公布的数据不能检验模型。",
        (
            "No skill of forecasting is claimed: scores on observations after {year} stand in “Validation”, with their "
            "sources; those published before cannot test the model."
        ),
    ),
}
