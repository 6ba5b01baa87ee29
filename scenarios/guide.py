"""How to fill in a scenario workbook, line by line in Chinese and English."""

from __future__ import annotations

from scenarios.sheets import LEVER_SHEET, SCENARIO_SHEET

TITLE = ("情景填写表", "Scenario workbook")
GUIDE: tuple[tuple[str, str], ...] = (
    (
        "只填黄色单元格；空白表示沿用所选情景，没有则为2020年政策。",
        "Fill in yellow cells alone; an empty one is inherited from the base, or without one is the policy of 2020.",
    ),
    (
        f"一、在“{SCENARIO_SHEET}”填写名称、沿用的情景、外部环境和口径。",
        f"1. In “{SCENARIO_SHEET}” give the name, the base, the outside world and the definitions.",
    ),
    (
        (
            f"二、在“{LEVER_SHEET}”填写措施，每项只用一种方式：选一个水平（baseline 基期、plan 规划、strong 加强），"
            "或填2025年末的数值，或逐年填写年末数值。"
        ),
        (
            f"2. In “{LEVER_SHEET}” set levers, each in one way: a level by name (baseline, plan, strong), or a number "
            "for the end of 2025, or the numbers at the end of each year."
        ),
    ),
    (
        "按2025年水平填写时，自2021年末的基期直线到达；填“起始年”2024，则从2023年末开始上升。2025年以后保持不变。",
        (
            "A level of 2025 is reached in a straight line from the baseline at the end of 2021; with start 2024 the "
            "line begins at the end of 2023. After 2025 it stays."
        ),
    ),
    (
        "逐年填写时，从第一个填写的年份到2025年（或以后）每年都要填；之前保持基期。2026年至2035年各列已折叠。",
        (
            "By year: fill in every year from the first to 2025 or beyond; before it the baseline holds. The columns "
            "of 2026 to 2035 are folded."
        ),
    ),
    (
        "数值须在该措施的上下限之内，单位见同一行；不要用百分比格式，5% 请填 5。",
        "Numbers lie within the bounds of their row, in its unit; no percent format: for 5 % write 5.",
    ),
    (
        "三、保存为 .xlsx 后运行：python3 run.py import 文件名.xlsx，得到同名的 .yaml 情景文件。",
        "3. Save as .xlsx and run: python3 run.py import FILE.xlsx, which writes the scenario file FILE.yaml.",
    ),
    (
        "填错之处会一次全部列出（文件、工作表、单元格、问题、改法），此时不写任何文件。",
        "Everything wrong is listed at once (file, sheet, cell, what, what to do), and no file is written then.",
    ),
    (
        "措施的水平、上下限和来源取自模型文件；工作表已保护（无密码），只为避免误改。",
        "Levels, bounds and sources are those of the model; sheets are protected against slips, without password.",
    ),
)
