"""Same sound (同音): names that cannot be told apart when spoken."""

from __future__ import annotations

from gazetteer.naming.case import Case
from gazetteer.naming.checks.registry import Findings, check
from gazetteer.naming.model import Severity
from gazetteer.naming.reading import sound_keys, toned_keys


@check("N05", "规定范围内不同音")
def same_sound(case: Case) -> Findings:
    """Equal reading with tones asks for a reason, without tones or in the local speech is told.

    All readings of a polyphone are compared; a likeness that needs an unusual reading is only told.
    """
    specific, scope = case.specific(), case.scope()
    pairs = tuple((one, other) for one, other in case.rule["dialect_merges"])
    keys = sound_keys(specific, pairs)
    found = []
    for place in case.others(case.around.same_sound(keys, case.proposal.category, scope)):
        other = case.parts_of(place.name)
        if other.specific == specific or not other.specific:
            continue  # N04 and N06
        severity, how = _likeness(case, specific, other.specific, other.generic == case.parts.generic)
        evidence = f"“{specific}”与{scope.label}内“{place.name}”（{place.code}）的专名{how}"
        found.append(case.finding(evidence, "请另取读音不同的专名", severity=severity, place=place))
    return found


def _likeness(case: Case, one: str, other: str, same_generic: bool) -> tuple[Severity, str]:
    """How alike two specific terms sound, and how grave that is."""
    milder = case.rule.severity("toneless")
    if toned_keys(one)[:1] == toned_keys(other)[:1]:
        return (case.rule.severity(), "同音同调") if same_generic else (milder, "同音同调，通名不同")
    if set(toned_keys(one)) & set(toned_keys(other)):
        return milder, "在多音字的另一读音下同音"
    if set(sound_keys(one)) & set(sound_keys(other)):
        return milder, "同音不同调"
    return milder, "在本地语音中近音"
