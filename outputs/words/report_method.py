"""Words of the pages on method, limits, parameters and manifest of a report."""

TEXTS: dict[str, tuple[str, str]] = {
    "method_model": (
        (
            "模型按季度模拟鄞州、上海、杭州之间的企业、人才与资本：企业决定研发与用人，人才在城市间求职与迁移，创投与银"
            "行配置资金，区政府在预算内实施各项措施。以 2020 年公布数据为起点，逐季推进。"
        ),
        (
            "The model simulates, quarter by quarter, the firms, talents and capital of Yinzhou, Shanghai and "
            "Hangzhou: firms decide on R&D and staff, talents look for work and move between the cities, venture funds "
            "and banks place money, and the district carries its levers out within its budget. It starts from the "
            "published base of 2020."
        ),
    ),
    "method_members": (
        (
            "每个情景运行 {members} 次；第 k 次在各情景下使用同一组基年数据、行为参数、外部环境与随机数，因此情景之间的"
            "差异可成对比较。成员取值来源：{values}。"
        ),
        (
            "Each scenario is run {members} times. The k-th run has the same base year, parameters, outside world and "
            "luck under every scenario, so that scenarios differ by policy alone. Values of the members come from: "
            "{values}."
        ),
    ),
    "method_stratified": (
        "各成员的不确定取值分层抽取：每个取值的各层都均匀地抽到。区间按相互独立的成员计算，一般偏宽，属于稳妥的一侧。",
        (
            "The uncertain values of the members are drawn by strata: those of each value are evenly hit. Intervals "
            "are those of independent members, which as a rule are wider than they need to be: on the safe side."
        ),
    ),
    "method_statistics": (
        (
            "概率的 95% 区间为威尔逊区间（Wilson 1927）；均值差的区间为学生 t 区间；费用与效果之比的区间按 Fieller（"
            "1954）计算；分位数在顺序统计量之间线性插值。"
        ),
        (
            "95 % intervals of chances are Wilson's (1927), of mean differences Student's, of ratios of cost to effect "
            "Fieller's (1954); quantiles are linear between order statistics."
        ),
    ),
    "method_hedging": (
        (
            "措辞与概率的对应关系见下表（依 IPCC 不确定性表述指南，Mastrandrea 等 2010）。只有整个 95% 区间都落在某一范"
            "围内时才使用该措辞，并取其中最窄者；区间跨越界限时用估计值所在的最宽范围；区间宽于一半时不作判断。"
        ),
        (
            "Words stand for chances as in the table below (after the guidance note of the IPCC, Mastrandrea et al. "
            "2010). A word is used only where the whole 95 % interval lies in its range, the narrowest such word; "
            "where an interval crosses a bound, the widest word that holds the estimate; where it is wider than a "
            "half, none."
        ),
    ),
    "method_hedging_table": ("措辞与概率对照", "Words and the chances that they stand for"),
    "method_term": ("措辞", "Words"),
    "method_chance": ("概率范围", "Chance"),
    "method_details": (
        "全部方程、假定与数据见程序中 model 与 calibration 两个文件夹的说明（ODD+D 格式，英文）。",
        (
            "All equations, assumptions and data are in the notes of the folders model and calibration of the program "
            "(ODD+D)."
        ),
    ),
    "limit_base": (
        (
            "2020 年鄞州研发投入未公布：成员所抽取的 2020 年强度为 {low} 至 {high}（5%–95%）；它与长三角共同趋势一起决"
            "定大部分概率。"
        ),
        (
            "R&D of the district in 2020 is not published: members draw an intensity of {low} to {high} (5–95 %). With "
            "the trend common to the delta it decides most of the chance."
        ),
    ),
    "limit_levers": (
        "多数措施的效果取自其他地区的研究或为假定，没有任何事实直接检验某项措施的效果。",
        (
            "Most effects of levers are taken from studies of other places, or assumed; no fact tests the effect of a "
            "lever."
        ),
    ),
    "limit_talent": (
        "人才如何计数比任何措施都重要：来自三城之外的流入依据间接证据抽取。",
        (
            "How talents are counted matters more than any lever: arrivals from outside the three cities are drawn on "
            "indirect evidence."
        ),
    ),
    "limit_late": (
        (
            "知识投入到产出有一至四年时滞，规划期后段才启动的措施在 {year} 年前主要体现在支出与企业进入，很少体现在增加"
            "值。"
        ),
        (
            "Knowledge takes one to four years to show in output: levers that begin late show in spending and entry by "
            "{year}, hardly in value added."
        ),
    ),
    "limit_skill": (
        "不声称预测能力：{year} 年之后的本区观测未被使用，也不能以此前公布的数据检验。",
        (
            "No skill of forecasting is claimed: observations of the district after {year} have not been seen, and "
            "those published before cannot test it."
        ),
    ),
    "limit_intervals": (
        "区间只包含已抽取的不确定性，不包含遗漏的机制。",
        "The intervals hold what was drawn, not what was forgotten.",
    ),
    "parameters_table": (
        "成员抽取的取值：本研究中的 5%、50%、95% 分位",
        "Values that members draw: 5, 50 and 95 % of them in this study",
    ),
    "parameters_name": ("名称", "Name"),
    "parameters_status": ("性质", "Status"),
    "parameters_source": ("来源或理由", "Source or reason"),
    "parameters_unlisted": (
        "下列取值在当前程序中已无说明，原样列出：{names}。",
        "The program as it stands does not describe these values any more: {names}.",
    ),
    "parameters_note": (
        "来源按原题名列出，对来源的批注照原文；理由译为中文。借用：取自其他地区的研究。",
        "Status: measured, borrowed from a study of another place, or assumed. Sources bear their original titles.",
    ),
    "status_measured": ("实测", "measured"),
    "status_borrowed": ("借用", "borrowed"),
    "status_assumed": ("假定", "assumed"),
    "manifest_table": ("研究清单", "Manifest"),
    "manifest_item": ("项目", "Item"),
    "manifest_value": ("内容", "Value"),
    "manifest_trace": (
        (
            "每个数字都带有编号（n 加八位十六进制数）：在 Word 中是书签，在幻灯片中列于备注，在网页中是鼠标停留时的提"
            "示，并列在与本报告同名的 .numbers.json 文件里。运行 {command} 打印某个编号背后的模拟结果；不带编号则列出全"
            "部编号。"
        ),
        (
            "Every number has an id (n and eight hexadecimal digits): a bookmark in Word, in the notes of slides, a "
            "hint under the mouse in HTML, and a row of the file .numbers.json beside this report. {command} prints "
            "the runs behind an id; without one it lists all."
        ),
    ),
    "manifest_numbers": ("主要结论中的数字及其编号", "Numbers of the key findings, and their ids"),
    "manifest_id": ("编号", "Id"),
    "manifest_written": ("写作", "Written"),
    "manifest_from": ("来自", "From"),
    "manifest_scenarios": ("情景", "Scenarios"),
    "manifest_command": ("命令", "Command"),
    "report_command": ("python3 run.py {words}", "python3 run.py {words}"),
}
