"""The verb `discover`: reading a study, and putting boxes, trees and their chart on disk and in words."""

from __future__ import annotations

import hashlib
import json
from argparse import Namespace

from model.commands import languages
from model.wiring import Supplement, Wiring
from outputs.commands import told_in
from outputs.discovery import Asked, discover_table
from outputs.discovery_text import told
from outputs.discovery_tree import tree_table
from outputs.store import Study
from outputs.variance import refuse_design


def discover(args: Namespace, wiring: Wiring) -> int:
    """Answer each scenario and target that is asked for; each set of questions has a folder below ``discovery``."""
    study = Study.open_whole(args.studies_dir / args.study)
    refuse_design(study)
    targets = args.target or [target.target_id for target in study.definition.headline]
    asked = [Asked(scenario, target, args.case, args.worst) for scenario in args.scenario for target in targets]
    words = wiring.uncertainties()
    boxes, leaves = discover_table(study, asked, words), tree_table(study, asked, words)
    about = {"verb": "discover", "scenarios": args.scenario, "targets": targets, "case": args.case, "worst": args.worst}
    rests_on = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:8]
    supplement = Supplement(f"discovery/{rests_on}", about, {"discover": boxes, "tree": leaves}, ["discover"])
    folder = wiring.add(study, supplement, languages(args))
    wiring.show(told(study, boxes, leaves, told_in(args)))
    wiring.say(f"Discovery: {folder}")
    return 0
