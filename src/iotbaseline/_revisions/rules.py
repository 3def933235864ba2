"""The rules by which wordings were compared: each by its name, and what it leaves aside."""

from __future__ import annotations

RULES = {
    "E1": "a leading actor, case, punctuation and the marks of parameters are left aside and verbs in the third person "
    "are read in the base form",
}
"""What a wording is compared without; evidence quotes it after "the same wording once"."""

_SAME = "the same wording once "


def by_name(evidence: str) -> str:
    """The evidence with each rule by its name instead of in full."""
    for name, rule in RULES.items():
        differs = f"more than rule {name} leaves aside"
        evidence = evidence.replace(f"not {_SAME}{rule}", differs).replace(f"{_SAME}{rule}", f"rule {name}")
    return evidence


def told(reasons: list[str]) -> list[str]:
    """What the rules say that any of the reasons names, each once."""
    named = [name for name in RULES if any(f"rule {name}" in reason for reason in reasons)]
    return [f"Rule {name}: two wordings differ only in form if they are the same once {RULES[name]}." for name in named]
