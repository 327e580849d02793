"""What the programme side was shown last of the start of work with each person of a case.

Holds: tables, positions, questions. May import: what `triage.store` may. Read first: `positions`.
"""
