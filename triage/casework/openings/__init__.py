"""Opening the card of a person in imminent danger, and looking at it afterwards (ADR 0057).

Holds: opening, overseeing. May import: what `triage.casework` may. Read first: `opening`.
"""
