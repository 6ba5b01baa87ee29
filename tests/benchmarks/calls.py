"""The eleven calls of a quarter, each as the file of `model/quarter/` that owns it and its name there."""

CALLS = (
    ("policy", "levers_become_handles"),
    ("outside", "outside_world_moves"),
    ("arrivals", "talents_arrive_and_retire"),
    ("plans", "firms_plan"),
    ("capital", "funds_invest_and_banks_lend"),
    ("labour", "talents_search_and_are_hired"),
    ("production", "knowledge_becomes_value_added"),
    ("ladder", "firms_climb_and_fall"),
    ("demography", "firms_are_born_land_move_and_close"),
    ("accounts", "accounts_close"),
    ("indicators", "indicators_are_read"),
)
