"""Words of reports as slides and as a brief."""

TEXTS: dict[str, tuple[str, str]] = {
    "slides_caution": (
        "概率是模型在给定数据与假定下的概率，不是对现实的保证。",
        "Chances are those of the model under its data and assumptions, and no promise about the world.",
    ),
    "slides_foot": ("模拟研究 {study}", "Simulation study {study}"),
    "slides_notes": (
        "本页数字的编号；用 trace 命令可查到每个数字背后的模拟结果：",
        "Ids of the numbers on this slide; the command trace leads each back to the runs behind it:",
    ),
}
