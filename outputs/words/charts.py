"""Words of the charts of every study."""

TEXTS = {
    "observed_are": (
        "空心菱形为公布值（同口径、同范围）：{points}",
        "Hollow diamonds: published values, same definition and scope. {points}",
    ),
    "observed_one": ("{period}（{source}）", "{period} ({source})"),
    "observed_none": (
        "至 2021 年无同口径、同范围公布值，故未标：{names}",
        "Not published to 2021 in this definition and scope, hence not shown: {names}",
    ),
    "observed_old": (
        "本研究早于公布值数据表，未标公布值",
        "The study is older than the table of published values; none is shown",
    ),
}
