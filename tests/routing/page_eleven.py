"""Domain page 11 written out once more by hand, in plain Python, to find a slip of the pen in the rules as data.

It shares nothing with `triage/routing`, and keeps to the words and numbers of the page.
"""

from collections.abc import Mapping

MARKERS = ("INJ", "PHYS", "NFS", "STALK", "THKILL", "SEXV", "WEAP", "BREACH", "BDREAD")
HOLDS = {"O-CASE-HOLD", "O-ISS-HOLD", "O-LIT-HOLD", "O-COMM-HOLD", "O-CN-FIRST", "O-CN-PLAN"}
DUAL = {"O-DUAL-HBA", "O-DUAL-YP", "O-DUAL-OTH"}
CHANGE = {"O-BC-IF", "O-BC-SPEC", "O-BC-CN", "O-BC-LANG", "O-BC-GRP", "O-BC-121"}
FOCUSED = {*CHANGE, *DUAL, "O-PREP", "O-IMAC", "O-YP"}
BLOW = {"INJ", "INIT", "TPEV"}
SUPPORTING = ("INJ", "INIT", "POSTSEP", "PROXY", "TPEV", "DEP", "ECON", "LITAB")
OTHER = {"A": "B", "B": "A"}


class Page:
    """One fact set, read as the page says; a value below 0 is unknown (-1) or withdrawn (-1 - N)."""

    def __init__(self, facts: Mapping[str, int], latched: frozenset[str]) -> None:
        self.facts, self.latched = facts, latched

    def ind(self, name: str) -> bool:
        return self.facts[name] >= 2

    def unk(self, name: str) -> bool:
        return self.facts[name] < 0

    def poss(self, name: str) -> bool:
        return self.unk(name) or self.facts[name] >= 1

    def last(self, name: str) -> int:
        return self.facts[name] if self.facts[name] >= 0 else -1 - self.facts[name]

    def on(self, name: str) -> bool:
        return self.last(name) >= 2

    def doubt(self, name: str) -> bool:
        return self.unk(name) or self.facts[name] == 1

    def either(self, *names: str) -> list[str]:
        return [f"{name}_{way}" for name in names for way in ("AB", "BA")]

    # 11.1
    def core2(self, x: str, y: str) -> bool:
        way = x + y
        return (self.ind(f"CTRL_{way}") or self.ind(f"SEVPAT_{way}")) and (
            self.ind(f"FEAR_{way}") or self.ind(f"SPACE_{way}")
        )

    def core(self, x: str, y: str) -> bool:
        contested = self.poss("CROSS") or (self.core2("A", "B") and self.core2("B", "A"))
        high = any(self.facts[f"{name}_{x}{y}"] >= 3 for name in ("CTRL", "SEVPAT", "FEAR", "SPACE"))
        return self.core2(x, y) and (high or not contested)

    def supporting(self, x: str, y: str) -> dict[str, str]:
        return {name: f"{name}_{x}{y}" for name in SUPPORTING} | {"HIST": f"HIST_{x}", "BENEFIT": f"BENEFIT_{x}"}

    def w(self, x: str, y: str) -> bool:
        support = sum(self.ind(name) for name in self.supporting(x, y).values())
        explained = (
            not self.ind(f"FORCE_{y}") or self.ind(f"RES_{y}") or (self.ind(f"ISOL_{y}") and not self.ind(f"FCTRL_{y}"))
        )
        against = [
            name
            for stem, name in self.supporting(y, x).items()
            if self.last(name) >= 3 and not (stem in BLOW and self.ind(f"RES_{y}"))
        ]
        contra = self.core(y, x) or self.ind(f"FCTRL_{y}") or len(against) >= 2
        return self.core(x, y) and support >= 2 and explained and not contra

    def result(self) -> str:
        if not self.ind("SUFF"):
            return "W_INSUFF"
        persons = [f"{name}_{p}" for name in ("FORCE", "FCTRL", "CAPNO", "AGE_LT16") for p in "AB"]
        if any(self.unk(name) for name in self.either("CTRL", "SEVPAT", "FEAR", "SPACE") + persons):
            return "W_INSUFF"
        for x, y in OTHER.items():
            if self.w(x, y) and not self.ind(f"AGE_LT16_{x}"):
                return f"W_{x}"
        for x, y in OTHER.items():
            force = self.ind(f"FORCE_{x}") or self.core2(x, y)
            if self.ind(f"AGE_LT16_{x}") and force and not self.core2(y, x):
                return "W_CHILD"
        for x, y in OTHER.items():
            clear = not any(self.poss(f"{name}_{y}{x}") for name in ("CTRL", "SEVPAT", "FEAR", "SPACE"))
            if self.ind(f"CAPNO_{x}") and self.ind(f"FORCE_{x}") and not self.core2(x, y) and clear:
                return "W_CARE"
        return "W_REVIEW"

    # 11.2
    def danger(self) -> bool:
        return self.on("DANGER_NOW") or "O-EMERG" in self.latched

    def critical(self, x: str, way: str) -> bool:
        def on(name: str) -> bool:
            return self.on(f"{name}_{way}")

        worse = any(on(name) for name in ("SEVPAT", "INJ", "SEXV", "NFS", "PHYS", "WEAP"))
        pattern = on("CTRL") or on("SEVPAT") or on("THKILL")
        return (
            on("NFS")
            or on("BDREAD")
            or (on("THKILL") and (self.on("SEP") or on("STALK") or on("WEAP")))
            or (on("CTRL") and self.on("SEP") and worse)
            or (on("STALK") and on("BREACH"))
            or (self.on(f"SUIC_{x}") and pattern and (self.on("SEP") or on("THKILL")))
        )

    def high(self) -> bool:
        critical = self.critical("A", "AB") or self.critical("B", "BA")
        named = any(map(self.on, ("RISK_JUDG", "RISK_VOL", "RISK_ESC", "HBA", "FM", "FGM")))
        return self.danger() or named or critical or "O-MARAC" in self.latched

    def open(self) -> bool:
        markers = [*self.either(*MARKERS), "HBA", "FM", "FGM", "SEP", "SUIC_A", "SUIC_B"]
        if self.ind("RISK_REASONED"):
            markers = [name for name in markers if self.facts[name] != -1]
        return any(map(self.doubt, ("DANGER_NOW", "RISK_JUDG", "RISK_VOL", "RISK_ESC", *markers)))

    # 11.3
    def gates(self) -> set[str]:
        acts = ("CTRL", "SEVPAT", "INJ", "SEXV", "NFS", "THKILL", "WEAP", "STALK", "PHYS")
        harm = any(map(self.on, self.either(*acts)))
        minor = any(self.on(f"{age}_{p}") for age in ("AGE_LT16", "AGE_1617") for p in "AB")
        incapable = self.on("CAPNO_A") or self.on("CAPNO_B")
        found = {
            "O-EMERG": self.danger(),
            "O-MARAC": self.high(),
            "O-COMM-HOLD": self.on("INTERP_BAD"),
            "O-MULTIMAP": self.on("MULTI"),
            "O-OUT": self.on("OUTSCOPE"),
            "O-CHILD": self.on("CHILD_RISK") or (harm and minor),
            "O-ADULT": self.on("ADULT_RISK") or (harm and incapable),
        }
        gates = {name for name, holds in found.items() if holds} | (self.latched - {"O-JOINT-GATE"})
        if self.on("JWREQ"):
            permitted = (
                self.ind("JW_OK")
                and not self.high()
                and not self.open()
                and self.result() in {"W_A", "W_B"}
                and self.facts["HBA"] == self.facts["FM"] == self.facts["MULTI"] == 0
                and not {"O-JOINT-NO", "O-MULTIMAP"} & self.latched
            )
            gates.add("O-JOINT-GATE" if permitted else "O-JOINT-NO")
        return gates

    # 11.4
    def route(self, p: str) -> tuple[int, set[str]]:
        q, w = OTHER[p], self.result()
        resisted = "O-VS-RES" if self.ind(f"FORCE_{p}") else "O-VS"
        if self.ind(f"AGE_LT16_{p}"):
            return 1, {self._child(p, q, w, resisted)}
        if self.ind(f"CAPNO_{p}") and w in {"W_CARE", f"W_{p}"}:
            return 2, {"O-CARE"}
        if self.ind(f"AGE_LT16_{q}") and w != f"W_{p}":
            return 3, {{"W_INSUFF": "O-MORE", "W_REVIEW": "O-REVIEW"}.get(w, "O-VS")}
        if self.ind(f"CAPNO_{q}") and w in {"W_CARE", f"W_{q}"}:
            return 4, {"O-VS" if w == "W_CARE" else resisted}
        if w == "W_INSUFF":
            return 5, {"O-MORE"}
        if w == "W_REVIEW":
            return 6, {self._review()}
        if w != f"W_{p}":
            return 7, {resisted}
        resistance = f"RES_{p}"
        if self.poss(f"FORCE_{p}") and (not self.ind(f"RESX_{p}") or self.unk(resistance) or self.ind(resistance)):
            return 8, {"O-MORE"}
        return self._primary(p)

    def _child(self, p: str, q: str, w: str, resisted: str) -> str:
        if w == f"W_{q}":
            return resisted
        acts = self.ind(f"FORCE_{p}") or self.ind(f"CTRL_{p}{q}")
        if w == "W_CHILD" and not self.poss(f"RES_{p}") and not self.core2(q, p) and acts:
            return "O-CAPVA"
        return "O-VS"

    def _review(self) -> str:
        control = any(map(self.ind, self.either("CTRL", "SEVPAT")))
        incapable = self.ind("CAPNO_A") or self.ind("CAPNO_B")
        early = self.ind("REVIEW_NONE") and not (control or self.high() or self.open() or incapable)
        return "O-EARLY" if early else "O-REVIEW"

    def holds(self, p: str) -> set[str]:
        found = {
            "O-CASE-HOLD": self.poss("CASECLOSE"),
            "O-ISS-HOLD": not self.ind("ISS_OK") or self.poss("OTHERS_OPEN"),
            "O-LIT-HOLD": self.poss(f"LITREC_{p}") and not self.ind(f"LITINDEP_{p}"),
            "O-COMM-HOLD": self.poss("INTERP_BAD") or "O-COMM-HOLD" in self.latched,
            "O-CN-FIRST": self.poss(f"CNACUTE_{p}"),
            "O-CN-PLAN": not self.poss(f"CNACUTE_{p}") and self.poss(f"CN_{p}") and not self.ind(f"CNPLAN_{p}"),
        }
        return {name for name, holds in found.items() if holds}

    def _primary(self, p: str) -> tuple[int, set[str]]:
        holds, ready = self.holds(p), self.facts[f"READY_{p}"]
        if self.on(f"AGE_1617_{p}"):
            return 10, holds | {"O-DUAL-YP" if self.on(f"VELSE_{p}") else "O-YP"}
        if self.on(f"VELSE_{p}"):
            return 11, holds | {"O-DUAL-HBA" if self.on("HBA") and self.on(f"COERC_{p}") else "O-DUAL-OTH"}
        if self.high():
            return 12, holds | {"O-IMAC"}
        if holds:
            return 13, holds
        if self.open():
            return 14, {"O-MORE"}
        needed = [f"{name}_{p}" for name in ("READY", "REFUSED", "CN", "GRPFIT", "LANGNEED")]
        unknown = any(map(self.unk, [*needed, "RELIF"]))
        if unknown or self.doubt(f"AGE_1617_{p}") or self.doubt(f"VELSE_{p}"):
            return 15, {"O-MORE"}
        if ready == 0 or self.ind(f"REFUSED_{p}"):
            return 16, {"O-DECLINE"}
        if ready == 1:
            return 16, {"O-PREP"}
        group = self.ind(f"GRPFIT_{p}") and self.facts[f"POPSPEC_{p}"] == 0
        return 17, {next(iter(self.fitting(p)), "O-BC-GRP" if group else "O-BC-121")}

    def fitting(self, p: str) -> list[str]:
        found = {"O-BC-IF": "RELIF", "O-BC-SPEC": f"POPSPEC_{p}", "O-BC-CN": f"CN_{p}", "O-BC-LANG": f"LANGNEED_{p}"}
        return [outcome for outcome, name in found.items() if self.ind(name)]

    def adaptations(self, p: str) -> set[str]:
        _, route = self.route(p)
        found = set(self.fitting(p)) - route if route & FOCUSED else set()
        managed = self.result() == f"W_{p}" and self.high() and "O-CARE" not in route
        return found | ({"O-IMAC"} if managed and ("O-IMAC" not in route or self.doubt(f"AGE_1617_{p}")) else set())

    # 11.5
    def effective(self, p: str) -> bool:
        _, route = self.route(p)
        return (
            bool(route & FOCUSED)
            and not route & HOLDS
            and not self.gates() & {"O-EMERG", "O-OUT"}
            and not self.open()
            and not any(map(self.doubt, (f"AGE_1617_{p}", f"VELSE_{p}", "OUTSCOPE")))
            and not self.poss(f"REFUSED_{p}")
            and (not self.high() or self.ind("RISKPLAN"))
            and (not route & DUAL or (self.ind(f"COMPAN_{p}") and self.ind(f"DUALADAPT_{p}")))
        )

    # 11.6
    def alerts(self) -> set[str]:
        gates, w = self.gates(), self.result()
        primary = w in {"W_A", "W_B"}
        fires = {
            "AL-DANGER": "O-EMERG" in gates,
            "AL-RTK": primary,
            "AL-COUNTER": self.on("CROSS"),
            "AL-NFS": self.on("NFS_AB") or self.on("NFS_BA"),
            "AL-CHILD": "O-CHILD" in gates,
            "AL-ADULT": "O-ADULT" in gates,
            "AL-HBA": self.on("HBA") or self.on("FM") or self.on("FGM"),
            "AL-ISS": primary and (not self.ind("ISS_OK") or self.poss("OTHERS_OPEN")),
            "AL-CLOSE": self.on("CASECLOSE"),
            "AL-INT": self.on("INTERP_BAD"),
            "AL-TAINT": self.on("TAINTED"),
            "AL-JOINT": "O-JOINT-NO" in gates,
        }
        return {name for name, holds in fires.items() if holds} | self._alerts_of("A", w) | self._alerts_of("B", w)

    def _alerts_of(self, x: str, w: str) -> set[str]:
        y = OTHER[x]
        blocked = w == f"W_{y}" and self.poss(f"FORCE_{x}") and not self.ind(f"RESX_{x}")
        cleared = w == f"W_{y}" or (w == "W_CHILD" and self.ind(f"AGE_LT16_{x}"))
        adapted = self.ind(f"COMPAN_{x}") and self.ind(f"DUALADAPT_{x}")
        fires = {
            "AL-RES": blocked or self.route(x)[0] == 8,
            "AL-ROLE": self.on(f"REFLABEL_{x}") and cleared,
            "AL-SUIC": self.on(f"SUIC_{x}") or self.on(f"SUICPLAN_{x}"),
            "AL-LIT": self.on(f"LITREC_{x}") and not self.ind(f"LITINDEP_{x}"),
            "AL-CONTACT": self.on(f"CONTACT_UNSAFE_{x}"),
            "AL-DUAL": w == f"W_{x}" and self.on(f"VELSE_{x}") and not adapted,
            "AL-PLAN": self.on(f"CN_{x}") and not self.ind(f"CNPLAN_{x}"),
            "AL-REMOTE": self.on(f"REMREQ_{x}") and not self.ind(f"REMOTEOK_{x}"),
        }
        return {name for name, holds in fires.items() if holds}
