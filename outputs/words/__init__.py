"""Fixed words of single verbs, in Chinese and English; `outputs.language.text` finds them with its own."""

from outputs.words import attribution, comparison, deadline, discovery, levers, milestones, sensitivity, units

TEXTS: dict[str, tuple[str, str]] = {
    **units.TEXTS,
    **discovery.TEXTS,
    **comparison.TEXTS,
    **milestones.TEXTS,
    **deadline.TEXTS,
    **levers.TEXTS,
    **attribution.TEXTS,
    **sensitivity.TEXTS,
}

__all__ = ["TEXTS"]
