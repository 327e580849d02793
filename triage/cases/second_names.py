"""Who may give the second name under an act of two names. Pure, by tables; what no table allows is refused.

Source: domain 12.3 and 0.6. One person proposes, another confirms; the two sides they speak for are listed together.
"""

from collections.abc import Mapping

from triage.cases.roles import Actor, Role, Side, speaks_for
from triage.cases.wall import PROPOSERS, Reason, Refused

_ADVOCATE = frozenset({(Role.SUPPORT_ADVOCATE, Side.SUPPORT)})
CONFIRMERS: Mapping[str, frozenset[tuple[Role, Side]]] = {
    "RISK-REASONED": PROPOSERS["RISK-REASONED"] | _ADVOCATE,
    "GATE-REASSESSED": PROPOSERS["GATE-REASSESSED"] | _ADVOCATE,
    "JOINT-SIGN": PROPOSERS["JOINT-SIGN"],
}
"""Who gives the second name. An advocate proposes nothing: what such an act may name is read from the whole record."""

TOGETHER: Mapping[str, frozenset[frozenset[str]]] = {
    "W-SIGN": frozenset(
        map(frozenset, ({"support"}, {"support", "panel"}, {"support", "safety"}, {"safety", "panel"}))
    ),
    "RISK-REASONED": frozenset({frozenset({"support", "safety"})}),
    "GATE-REASSESSED": frozenset({frozenset({"support"}), frozenset({"support", "safety"})}),
    "JOINT-SIGN": frozenset(map(frozenset, ({"panel"}, {"panel", "support"}, {"support"}))),
}
"""Which sides sign an act together: the view of the support service is always among them where one is asked for."""


def fit_together(act: str, first: str, second: str) -> bool:
    """Say whether names of these two sides make the act whole."""
    return frozenset({first, second}) in TOGETHER.get(act, frozenset())


def second_name_refusal(actor: Actor, *, is_harmed: bool, act: str, first: str) -> Refused | None:
    """Say why this actor may not give the second name, or None.

    Inputs: `is_harmed`: the results signed and in force say that the person whom the actor works with was harmed, in
    every pair that the act is about (true for whoever works with nobody); the act; the side of its first name. An
    advocate speaks here only for a person whom the signed result says was harmed: never for the
    one who did it, and not before anything is signed.
    """
    if (actor.role, actor.side) not in CONFIRMERS.get(act, frozenset()):
        return Refused(Reason.NOT_YOUR_ACT, "4.4")
    if not is_harmed:
        return Refused(Reason.NOT_YOUR_ACT, "1.2")
    return None if fit_together(act, first, speaks_for(actor)) else Refused(Reason.NOT_YOUR_ACT, "4.4")
