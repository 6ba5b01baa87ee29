"""Words of the lever page: flows, comparing, taking away, and what is wrong with a link or a name."""

TEXTS: dict[str, tuple[str, str]] = {
    "page_flows": ("区外流动（真实模拟）", "Flows to and from the district (true runs)"),
    "page_flows_note": (
        (
            "{first}–{last} 年累计，{members} 次模拟；均值 [5%–95%]。“较 2020 年政策”为同一批随机数下的差值 "
            "[均值的 95% 区间]。"
        ),
        (
            "Sums of {first} to {last}, {members} members; mean [5-95 %]. What is beyond the policy of 2020 "
            "is under the same luck [95 % interval of the mean]."
        ),
    ),
    "page_flows_wait": ("真实模拟完成后显示。", "Shown when true runs are there."),
    "page_flow_of": ("{name}（{unit}）", "{name} ({unit})"),
    "page_compare": ("对比", "Compare"),
    "page_keep": ("留作对比（B）", "Keep to compare (as B)"),
    "page_drop": ("取消对比", "Stop comparing"),
    "page_swap": ("A、B 互换", "Swap A and B"),
    "page_compare_note": (
        "A 为当前方案。差值 A−B 由同一批随机数下的真实模拟逐次相减（均值的 95% 区间，{members} 次）。",
        (
            "A is the setting now. A less B is of true runs, member by member under the same luck (95 % interval "
            "of the mean, {members} members)."
        ),
    ),
    "page_compare_wait": (
        "A 为当前方案。差值待两个方案都有真实模拟后给出。",
        "A is the setting now. The difference is given when both have true runs.",
    ),
    "page_save": ("存为情景文件", "Save as a scenario file"),
    "page_load": ("载入情景文件", "Load a scenario file"),
    "page_loaded": ("已载入“{name}”：移动了 {n} 项措施。", "“{name}” is loaded; levers moved: {n}."),
    "page_not_loaded": (
        "“{name}”没有载入，措施未变。请按下列各条（文件:行:列）改正后再选：",
        "“{name}” was not loaded, no lever has moved. Correct this (file:line:column) and choose it again:",
    ),
    "page_more_faults": ("另有 {n} 处。", "And {n} more."),
    "page_too_large": (
        "文件有 {size} 字节，超过 {most}；情景文件只有几千字节，请确认选对了文件。",
        "The file has {size} bytes, more than {most}; a scenario file has a few thousand. Is it the right one?",
    ),
    "page_not_sent": (
        "浏览器未能读出这个文件；请确认它仍在原处且可以打开。",
        "The browser could not read the file; see that it is still there and can be opened.",
    ),
    "page_fault_beside": (
        "{field}（写在文件或其 base 中）：页面只有措施，没有这一项。删去它，或用 `project` 模拟这个文件。",
        "{field} (in the file or its base): the page has levers alone. Take it out, or run the file with `project`.",
    ),
    "page_fault_left_out": (
        "未采用 {field}：它只决定先报哪个口径，不影响模拟。",
        "{field} is left out: it says which definition is reported first and changes nothing that is simulated.",
    ),
    "page_fault_not_here": (
        "levers.{lever}：不由本区决定，页面上没有。删去它，或用 `project` 模拟这个文件。",
        "levers.{lever}: not the district's choice and not on the page. Take it out, or run the file with `project`.",
    ),
    "page_fault_unlearnt": (
        "levers.{lever}：水平 {said} 不在 {low} 至 {high} 之间，代理模型未学过。改到此范围内，或用 `project` 模拟。",
        (
            "levers.{lever}: the emulator has not learnt the level {said}, only {low} to {high}. Keep within these, "
            "or run the file with `project`."
        ),
    ),
    "page_fault_early": (
        "levers.{lever}：{first} 年以前就有变动（start 或 by_year）。改为 {first} 年起，或用 `project` 模拟这个文件。",
        (
            "levers.{lever}: moves before {first} (start or by_year). Let it begin in {first}, or run the file with "
            "`project`."
        ),
    ),
    "page_fault_late": (
        "levers.{lever}：{last} 年以后还有变动（by_year 或 delay_quarters）。止于 {last} 年，或用 `project` 模拟。",
        (
            "levers.{lever}: moves after {last} (by_year or delay_quarters). Let it end in {last}, or run the file "
            "with `project`."
        ),
    ),
    "page_fault_within": (
        "levers.{lever}：在年中开始或停止变动（delay_quarters）。延后改为整年，或用 `project` 模拟这个文件。",
        (
            "levers.{lever}: starts or stops within a year (delay_quarters). Delay it by whole years, or run the file "
            "with `project`."
        ),
    ),
    "page_fault_stray": (
        (
            "levers.{lever}：各年水平 {said} 不是页面能走的路径。页面上措施从 {first} 年起直线走到某年为止，或先停在"
            "一个水平、自某年起直线走到 {last} 年。照此改写，或用 `project` 模拟这个文件。"
        ),
        (
            "levers.{lever}: the levels {said} are no path of the page. There a lever goes in a straight line from "
            "{first} to some year, or stands at one level and goes from some year to {last}. Write it so, or run the "
            "file with `project`."
        ),
    ),
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
    "page_table": ("下载表格（CSV）", "Download table (CSV)"),
    "page_chart": ("下载图（PNG）", "Download chart (PNG)"),
    "page_bad_link": (
        "链接里的方案有误，已改用 2020 年政策：",
        "The setting in the link is wrong; the policy of 2020 is shown instead:",
    ),
    "page_notes": (
        "由措施页面保存，训练研究 {study}。代理估计全部达标概率 {chance}（{interval}）。",
        "Saved by the lever page, trained on study {study}. Emulated chance of all targets {chance} ({interval}).",
    ),
    "page_bad_id": (
        "文件名只能有字母、数字、下划线和连字符，至多 60 个字符。",
        "A file name holds letters, digits, _ and - alone, at most 60.",
    ),
    "page_chart_words": ("{target}：代理估计 {chance}（{interval}）", "{target}: emulated {chance} ({interval})"),
    "page_place": ("地区", "Place"),
    "page_flow_in": ("流入本区", "Into the district"),
    "page_flow_out": ("流出本区", "Out of the district"),
    "page_flow_more": ("较 2020 年政策（{unit}）", "beyond the policy of 2020 ({unit})"),
    "page_flow_net": ("净流入较 2020 年政策：{more} {unit}。", "Net inflow beyond the policy of 2020: {more} {unit}."),
    "page_flow_all": ("各地之间的全部流动", "All flows between places"),
    "page_taken_id": (
        "情景库里已有“{name}”，请换一个文件名。",
        "The library has a scenario “{name}” already; give another name.",
    ),
    "page_no_label": ("中文名称和英文名称都要填写。", "Both names must be filled in."),
    "page_fault_long": ("链接过长（{n} 个字符）。", "The link is too long ({n} characters)."),
    "page_fault_twice": ("措施“{lever}”给了两次。", "Lever “{lever}” is given twice."),
    "page_fault_near": (
        "没有名为“{lever}”的措施，最接近的是“{near}”。",
        "There is no lever “{lever}”; the nearest name is “{near}”.",
    ),
    "page_fault_lever": ("没有名为“{lever}”的措施。", "There is no lever “{lever}”."),
    "page_fault_form": (
        "{lever}：“{said}”读不出水平和年份，应写成 {plan}@2022-2025 的样子。",
        "{lever}: “{said}” gives no level and years, such as {plan}@2022-2025.",
    ),
    "page_fault_years": ("{lever}：不能选 {said} 这几年。", "{lever}: the years {said} cannot be chosen."),
    "page_fault_level": (
        "{lever}：{said} 不在 {low} 至 {high} 之间。",
        "{lever}: {said} is not between {low} and {high}.",
    ),
    "page_fault_before": (
        "{lever}：从 {year} 年起就变动，不能再给此前的水平。",
        "{lever}: it moves from {year} on, so there is no level before.",
    ),
}
