"""Words of reports as slides and as a brief."""

TEXTS: dict[str, tuple[str, str]] = {
    "slides_caution": (
        "概率是模型在给定数据与假定下的概率，不是对现实的保证。",
        "Chances are those of the model under its data and assumptions, and no promise about the world.",
    ),
    "brief_title": ("专报：{place}创新与人才目标情景模拟", "Policy brief: innovation and talent targets of {place}"),
    "brief_answer": ("结论", "The answer"),
    "brief_sure": ("把握有多大", "How sure this is"),
    "brief_trace": (
        "每个数字都可查到背后的模拟结果：{command}。完整报告另有各情景、流动、方法与参数。",
        (
            "Each number leads back to the runs behind it: {command}. The full report has every scenario, flows, "
            "method and parameters."
        ),
    ),
    "slides_foot": ("模拟研究 {study}", "Simulation study {study}"),
    "slides_notes": (
        "本页数字的编号；用 trace 命令可查到每个数字背后的模拟结果：",
        "Ids of the numbers on this slide; the command trace leads each back to the runs behind it:",
    ),
}
